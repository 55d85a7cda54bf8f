namespace PushHost.Wire;

/// <summary>What went wrong, in the shape that every typed ServiceStack client reads.</summary>
public class ResponseStatus
{
    /// <summary>A word that programs decide by, such as <c>ValidationException</c>. Never empty.</summary>
    public string ErrorCode { get; set; } = "";

    /// <summary>A sentence for people: what was wrong and what would be right.</summary>
    public string? Message { get; set; }

    /// <summary>One entry per field that is wrong; absent when no field is to blame.</summary>
    public List<ResponseError>? Errors { get; set; }

    /// <summary>Further facts by name, such as the trace id of an internal error.</summary>
    public Dictionary<string, string>? Meta { get; set; }
}

/// <summary>What is wrong with one field of a request.</summary>
public class ResponseError
{
    /// <summary>A word that programs decide by, such as <c>NotEmpty</c>.</summary>
    public string ErrorCode { get; set; } = "";

    /// <summary>The field's camelCase path, such as <c>message.badge</c>. Never null.</summary>
    public string FieldName { get; set; } = "";

    /// <summary>A sentence for people.</summary>
    public string? Message { get; set; }

    /// <summary>Further facts by name, such as a limit and what was given.</summary>
    public Dictionary<string, string>? Meta { get; set; }
}

/// <summary>The body of every answer with a status of 400 or more.</summary>
public class ErrorResponse
{
    /// <summary>What went wrong.</summary>
    public ResponseStatus ResponseStatus { get; set; } = new();
}
