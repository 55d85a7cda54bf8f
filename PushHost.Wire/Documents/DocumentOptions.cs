namespace PushHost.Wire;

/// <summary>What the documents say of the host as a whole; all else comes from the operations.</summary>
public sealed class DocumentOptions
{
    /// <summary>The host's name.</summary>
    public string Title { get; set; } = "API";

    /// <summary>The host's version.</summary>
    public string Version { get; set; } = "1.0.0";

    /// <summary>What holds for all operations, in Markdown.</summary>
    public string Description { get; set; } = "";

    /// <summary>The SPDX name of the host's licence.</summary>
    public string License { get; set; } = "MIT";

    /// <summary>What a capability is for, by its name: the folder of its services. The documents show them in this order.</summary>
    public OrderedDictionary<string, string> Tags { get; } = new(StringComparer.Ordinal);

    /// <summary>What the host's own error codes mean.</summary>
    public IList<ErrorMeaning> Errors { get; } = [];

    internal IReadOnlyList<ErrorMeaning> AllErrors => [.. ErrorMeaning.OfWire, .. Errors];
}
