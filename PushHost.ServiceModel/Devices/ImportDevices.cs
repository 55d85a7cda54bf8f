namespace PushHost.ServiceModel;

/// <summary>Takes devices line by line from a body of <c>application/x-ndjson</c> or <c>text/csv</c> of any length.</summary>
/// <remarks>Lines carry the members of RegisterDevice (CSV: a header line with their names, tags separated by spaces, attributes as JSON).
/// Known tokens are updated. A bad line is reported and passed over. Importing does not count as registering.</remarks>
[Route("/devices/import", "POST")]
public class ImportDevices : IPost, IReturn<ImportReport>, IRequiresRequestStream
{
    /// <summary>The app; the key's app unless given.</summary>
    public string? AppId { get; set; }

    /// <summary>The lines.</summary>
    public Stream? RequestStream { get; set; }
}

/// <summary>What became of an import.</summary>
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
[Route("/devices/export", "GET")]
public class ExportDevices : DeviceFilter, IGet, IReturn<byte[]>
{
    /// <summary><c>ndjson</c> (unless given) or <c>csv</c>.</summary>
    public string? Format { get; set; }
}
