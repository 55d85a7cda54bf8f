namespace PushHost.Wire;

/// <summary>Reads <c>N</c> (what ServiceStack.Text sends), <c>D</c> and <c>B</c>; writes <c>D</c>, which everybody reads.</summary>
internal sealed class GuidConverter : TextConverter<Guid>
{
    public const string Form = "a GUID such as 01234567-89ab-cdef-0123-456789abcdef";

    protected override string Expected => Form;

    public static bool TryRead(ReadOnlySpan<char> text, out Guid value) =>
        Guid.TryParseExact(text, text.Length switch { 32 => "N", 38 => "B", _ => "D" }, out value);

    protected override bool TryParse(ReadOnlySpan<char> text, out Guid value) => TryRead(text, out value);

    protected override int Format(Guid value, Span<byte> utf8)
    {
        value.TryFormat(utf8, out var written, "D");
        return written;
    }
}
