using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace PushHost.Demo;

/// <summary>The plan's devices that are imported, as the lines of a request that is made while it is sent.</summary>
internal sealed class DeviceLines : HttpContent
{
    private const int StepLines = 1000;

    private readonly DemoPlan _plan;
    private readonly Action<long> _step;

    /// <param name="plan">The devices.</param>
    /// <param name="step">Told how many lines were sent.</param>
    public DeviceLines(DemoPlan plan, Action<long> step)
    {
        _plan = plan;
        _step = step;
        Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        using var lines = new MemoryStream();
        for (var index = _plan.Single; index < _plan.Devices; index++)
        {
            var device = _plan.At(index);
            JsonSerializer.Serialize(lines, new { device.Provider, device.RegistrationId, UserId = $"user-{index}" }, JsonSerializerOptions.Web);
            lines.WriteByte((byte)'\n');
            var sent = index - _plan.Single + 1;
            if (sent % StepLines != 0 && sent != _plan.Imported)
                continue;
            await stream.WriteAsync(lines.GetBuffer().AsMemory(0, (int)lines.Length), cancellationToken);
            lines.SetLength(0);
            _step(sent);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
