namespace PushHost.ServiceModel;

/// <summary>Takes devices line by line from a body of <c>application/x-ndjson</c> or <c>text/csv</c> of any length.</summary>
/// <remarks>Lines carry the members of RegisterDevice (CSV: a header line with their names, tags separated by spaces, attributes as JSON).
/// Known tokens are updated. A bad line is reported and passed over. Importing does not count as registering.</remarks>
/// <example type="application/x-ndjson">
/// {"provider":"apns","registrationId":"3f2a9c0d77f1","userId":"eve","tags":["en"]}
/// {"provider":"gcm","registrationId":"d8Gi3:APA91bExample","userId":"finn"}
/// </example>
/// <example type="text/csv">
/// provider,registrationId,userId,tags
/// apns,3f2a9c0d77f1,eve,en sports
/// gcm,d8Gi3:APA91bExample,finn,
/// </example>
[Route("/devices/import", "POST")]
public class ImportDevices : IPost, IReturn<ImportReport>, IRequiresRequestStream
{
    /// <summary>The app; the key's app unless given.</summary>
    public string? AppId { get; set; }

    /// <summary>The lines.</summary>
    public Stream? RequestStream { get; set; }
}

/// <summary>What became of an import.</summary>
/// <example>
/// {"read": 2, "created": 1, "updated": 0, "failed": 1, "errors": [{"line": 2, "errorCode": "NotEmpty",
///  "message": "registrationId is missing: the token that the gateway gave the phone"}]}
/// </example>
public class ImportReport
{
    /// <summary>Lines that held a device, good or bad.</summary>
    public long Read { get; set; }

    /// <summary>Devices that were new.</summary>
    public long Created { get; set; }

    /// <summary>Devices that were known.</summary>
    public long Updated { get; set; }

    /// <summary>Lines passed over.</summary>
    public long Failed { get; set; }

    /// <summary>What was wrong with them: the first 1,000.</summary>
    public List<ImportError> Errors { get; set; } = [];
}

/// <summary>What was wrong with a line.</summary>
public class ImportError
{
    /// <summary>The line's number, from 1; a CSV header is line 1.</summary>
    public long Line { get; set; }

    /// <summary>A word that programs decide by, such as <c>NotEmpty</c>.</summary>
    public string? ErrorCode { get; set; }

    /// <summary>The member, what was wrong with it and what would be right.</summary>
    public string? Message { get; set; }
}

/// <summary>Streams devices in the form that ImportDevices takes, in order of their id.</summary>
/// <remarks>Lines carry the id, so that a stream that broke off is taken up again with <c>after</c>; skip, take and orderBy are refused.
/// <c>isActive</c> is only written where it is false, so that importing an export never wakes a device that died meanwhile.</remarks>
/// <example>{"format": "ndjson", "tags": "sports"}</example>
/// <example type="application/x-ndjson" of="answer">{"id":1,"provider":"apns","registrationId":"3f2a9c0d77e1","kind":"alert","userId":"ann","tags":["en","sports"],"createdAt":"2026-11-24T09:30:00.125Z"}</example>
/// <example type="text/csv" of="answer">
/// id,provider,registrationId,kind,userId,tags,createdAt
/// 1,apns,3f2a9c0d77e1,alert,ann,en sports,2026-11-24T09:30:00.125Z
/// </example>
[Route("/devices/export", "GET")]
[RefusedMembers(nameof(Skip), nameof(Take), nameof(OrderBy), nameof(OrderByDesc), nameof(Include))]
public class ExportDevices : DeviceFilter, IGet, IReturn<byte[]>
{
    /// <summary><c>ndjson</c> (unless given) or <c>csv</c>.</summary>
    public string? Format { get; set; }
}
