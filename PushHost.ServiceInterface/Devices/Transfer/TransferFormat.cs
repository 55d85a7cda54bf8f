using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using PushHost.Wire;

namespace PushHost.ServiceInterface.Devices.Transfer;

/// <summary>How an import or export is written.</summary>
internal enum TransferFormat
{
    /// <summary>One JSON object a line.</summary>
    NdJson,

    /// <summary>Comma-separated values with a header line.</summary>
    Csv,
}

/// <summary>Tells the formats apart.</summary>
internal static class TransferFormats
{
    public const string NdJsonType = "application/x-ndjson";
    public const string CsvType = "text/csv";

    /// <summary>The format of an import's body.</summary>
    /// <exception cref="RequestException">415: it is none of them, or not UTF-8.</exception>
    public static TransferFormat OfBody(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || Of(type.MediaType.Value) is not { } format)
            throw RequestException.UnsupportedMediaType($"The body's Content-Type is {request.ContentType ?? "missing"}; send {NdJsonType} or {CsvType}.");
        if (type.Charset is { Length: > 0 } charset && type.Encoding is not System.Text.UTF8Encoding && !charset.Equals("us-ascii", StringComparison.OrdinalIgnoreCase))
            throw RequestException.UnsupportedMediaType($"The body's charset is {charset}; send UTF-8.");
        return format;
    }

    /// <summary>The format that an export was asked for; NDJSON unless given.</summary>
    public static TransferFormat OfName(string? name, Validation validation)
    {
        if (string.IsNullOrEmpty(name) || name.Equals("ndjson", StringComparison.OrdinalIgnoreCase))
            return TransferFormat.NdJson;
        if (!name.Equals("csv", StringComparison.OrdinalIgnoreCase))
            validation.Add("format", "UnknownValue", $"format is '{DeviceRules.Short(name)}', and must be ndjson or csv");
        return TransferFormat.Csv;
    }

    private static TransferFormat? Of(string? mediaType) => mediaType?.ToLowerInvariant() switch
    {
        NdJsonType or "application/ndjson" or "application/jsonl" => TransferFormat.NdJson,
        CsvType => TransferFormat.Csv,
        _ => null,
    };
}
