using CsCheck;
using NUnit.Framework;

namespace PushHost.Tests.Delivery;

/// <summary>Claims, verdicts, lapses, restarts, and phones that register, move, change their tokens, are switched off and deleted meanwhile: in whatever
/// order, everybody gets one outcome, nobody is sent to who must not be, and nothing is sent twice but for an answer that was lost.</summary>
public class LedgerModelTests
{
    private enum Step
    {
        Claim,
        ClaimAnother,
        Send,
        Record,
        RecordMore,
        Release,
        Lapse,
        Restart,
        ChangeDevice,
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Whatever_happens_in_whatever_order_the_ledger_keeps_its_promises(bool listed)
    {
        using var database = new LedgerDatabase();
        Gen.Select(Gen.Enum<Step>(), Gen.Int[0, 100_000]).Array[1, 80].Sample(steps => Plays(database, listed, steps), iter: 200, threads: 1);
    }

    private static void Plays(LedgerDatabase database, bool listed, (Step Kind, int Seed)[] steps)
    {
        var model = new LedgerModel(database, listed);
        for (var i = 0; i < steps.Length; i++)
        {
            if ((Play(model, steps[i].Kind, new Random(steps[i].Seed)) ?? model.Check()) is { } problem)
                throw new InvalidOperationException($"after step {i}, {steps[i].Kind}: {problem}");
        }
        if (model.Finish() is { } end)
            throw new InvalidOperationException($"in the end: {end}");
    }

    private static string? Play(LedgerModel model, Step step, Random random) => step switch
    {
        Step.Claim or Step.ClaimAnother => model.Claim(),
        Step.Send => model.Send(random),
        Step.Record or Step.RecordMore => model.Record(random, release: false),
        Step.Release => model.Record(random, release: true),
        Step.Lapse => model.Lapse(),
        Step.Restart => model.Restart(),
        _ => model.ChangeDevice(random),
    };
}
