namespace PushHost.Wire;

/// <summary>The limits of a request's member, for generated documents and the clients made from them. The operation checks them itself; a test
/// holds the two together.</summary>
/// <remarks>Of a list, lengths count its entries, and everything else is said of each entry.</remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LimitsAttribute : Attribute
{
    /// <summary>The fewest characters, or entries of a list; 0 is no limit.</summary>
    public int MinLength { get; set; }

    /// <summary>The most characters, or entries of a list; 0 is no limit.</summary>
    public int MaxLength { get; set; }

    /// <summary>The least number; NaN is no limit.</summary>
    public double Min { get; set; } = double.NaN;

    /// <summary>The greatest number; NaN is no limit.</summary>
    public double Max { get; set; } = double.NaN;

    /// <summary>A regular expression that the whole text fits, in the dialect of JSON Schema; null is any text.</summary>
    public string? Pattern { get; set; }
}
