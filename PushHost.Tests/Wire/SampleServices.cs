using System.Text;
using Microsoft.Extensions.DependencyInjection;
using PushHost.Wire;

namespace PushHost.Tests.Wire;

public sealed class SampleServices(OperationContext context) : IService
{
    public Everything Post(PostEverything request) => request;

    public Task<Everything> Get(GetEverything request, CancellationToken cancellationToken) => Task.FromResult<Everything>(request);

    [RefuseUnknownMembers]
    public Everything Post(PostStrict request) => request;

    public ValueTask<Text> Put(PutFile request) => new(new Text { Value = request.Path });

    public Text Get(Hi request) => new() { Value = request.Name };

    public Task Delete(DeleteThing request) => Task.CompletedTask;

    public Text Patch(PatchThing request) => new() { Value = $"{request.Id} {request.Name}" };

    public Text Any(Anything request) => new() { Value = $"{context.Http.Request.Method} {request.Name}" };

    public async Task<Text> Post(Fail request, CancellationToken cancellationToken)
    {
        await Task.Yield();
        context.SetHeader("X-Half-Done", "yes");
        throw request.How switch
        {
            "notFound" => RequestException.NotFound("No such thing."),
            "conflict" => RequestException.Conflict("Taken.", "IdempotencyMismatch"),
            "unavailable" => RequestException.Unavailable("Full.", TimeSpan.FromMilliseconds(1500)),
            "tooMany" => RequestException.TooManyRequests("Slower.", TimeSpan.FromSeconds(7)),
            "unauthorized" => RequestException.Unauthorized(),
            "forbidden" => RequestException.Forbidden(),
            "fields" => RequestException.Validation([new("NotEmpty", "a", "'a' must not be empty."), new("Length", "b", "'b' is long.")]),
            _ => new InvalidOperationException("the secret reason"),
        };
    }

    [RequestLimit(-1)]
    public async Task<Text> Post(Upload request, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(request.RequestStream!, Encoding.UTF8);
        var text = await reader.ReadToEndAsync(cancellationToken);
        return new() { Value = $"{request.Name} {text.Length}" };
    }

    [RequestLimit(100)]
    public Text Post(Small request) => new() { Value = request.Name };

    public StreamedAnswer Get(Export request) => new("application/x-ndjson", async (stream, cancellationToken) =>
    {
        if (request.Broken == false)
            throw RequestException.Conflict("Nothing to export.");
        await stream.WriteAsync("{\"a\":1}\n"u8.ToArray(), cancellationToken);
        if (request.Broken == true)
            throw new InvalidOperationException("broken in the middle");
        await stream.WriteAsync("{\"a\":2}\n"u8.ToArray(), cancellationToken);
    })
    { FileName = "things.ndjson" };

    public string Get(RawText request) => "plain";

    public byte[] Get(RawBytes request) => [1, 2, 255];

    public Text Post(Create request)
    {
        context.StatusCode = 201;
        context.SetHeader("X-Route", context.Route ?? "");
        return new() { Value = "new" };
    }

    [RequiresScope("send", "admin")]
    public Text Post(Guarded request) => new() { Value = "in" };

    public Text Get(ListIn request) => new() { Value = $"all in {request.Place}" };

    public Text Get(OneIn request) => new() { Value = $"{request.Name} in {request.Place}" };

    public Text Post(Step request)
    {
        context.StatusCode = 202;
        context.SetHeader("X-Step", $"{request.Number}");
        context.Http.RequestServices.GetRequiredService<StepLog>().Done(request.Number, this);
        return request.Number < 0 ? throw RequestException.Conflict($"Step {request.Number} fails.") : new() { Value = $"step {request.Number} {request.Note}".TrimEnd() };
    }

    public async Task<Text> Post(Wait request, CancellationToken cancellationToken)
    {
        context.Http.RequestServices.GetRequiredService<WaitSignal>().Begun.SetResult();
        await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        return new();
    }
}

public sealed class WaitSignal
{
    public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>What steps were done, and by how many services.</summary>
public sealed class StepLog
{
    private readonly List<int> _numbers = [];
    private readonly HashSet<SampleServices> _services = [];

    public IReadOnlyList<int> Numbers => _numbers;

    public int Services => _services.Count;

    public void Done(int number, SampleServices service)
    {
        _numbers.Add(number);
        _services.Add(service);
    }
}
