using System.Runtime.InteropServices;

namespace PushHost.Simulator;

/// <summary>Turns interrupt and termination signals into cancellation, so that the program ends in order.</summary>
internal sealed class TerminationSignals : IDisposable
{
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;

    public TerminationSignals(CancellationTokenSource ending)
    {
        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            ending.Cancel();
        }
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
    }

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
    }
}
