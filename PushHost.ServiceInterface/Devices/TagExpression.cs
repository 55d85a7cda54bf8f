namespace PushHost.ServiceInterface.Devices;

/// <summary>A condition over a device's tags: <c>sports &amp;&amp; (en || fr) &amp;&amp; !muted</c>, at most 20 terms.</summary>
/// <remarks><c>!</c> binds closest, then <c>&amp;&amp;</c>, then <c>||</c>.</remarks>
internal abstract record TagExpression
{
    public const int MaxTerms = 20;
    public const int MaxTagLength = 120;
    private const int MaxDepth = 32;

    /// <summary>Whether a text can be a tag.</summary>
    public static bool IsTag(string? text) => text is { Length: >= 1 and <= MaxTagLength } && text.All(IsTagCharacter);

    /// <summary>Reads an expression.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="fault">What is wrong with it and where; null when all is well.</param>
    /// <returns>The expression; null when it is at fault.</returns>
    public static TagExpression? Parse(string text, out string? fault)
    {
        var parser = new Parser(text);
        try
        {
            fault = null;
            return parser.Whole();
        }
        catch (FormatException error)
        {
            fault = error.Message;
            return null;
        }
    }

    /// <summary>Whether a device with these tags is meant.</summary>
    public abstract bool Matches(IReadOnlySet<string> tags);

    private static bool IsTagCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or ':' or '@' or '#' or '-';

    /// <summary>The device has the tag.</summary>
    public sealed record Has(string Tag) : TagExpression
    {
        public override bool Matches(IReadOnlySet<string> tags) => tags.Contains(Tag);
    }

    /// <summary>The inner condition does not hold.</summary>
    public sealed record Not(TagExpression Inner) : TagExpression
    {
        public override bool Matches(IReadOnlySet<string> tags) => !Inner.Matches(tags);
    }

    /// <summary>Both conditions hold.</summary>
    public sealed record Both(TagExpression Left, TagExpression Right) : TagExpression
    {
        public override bool Matches(IReadOnlySet<string> tags) => Left.Matches(tags) && Right.Matches(tags);
    }

    /// <summary>At least one of the conditions holds.</summary>
    public sealed record Either(TagExpression Left, TagExpression Right) : TagExpression
    {
        public override bool Matches(IReadOnlySet<string> tags) => Left.Matches(tags) || Right.Matches(tags);
    }

    private sealed class Parser(string text)
    {
        private int _at;
        private int _terms;
        private int _depth;

        public TagExpression Whole()
        {
            var expression = Or();
            SkipSpace();
            return _at == text.Length ? expression : throw Fault("expected && or ||");
        }

        private TagExpression Or()
        {
            var left = And();
            while (Take("||"))
                left = new Either(left, And());
            return left;
        }

        private TagExpression And()
        {
            var left = Term();
            while (Take("&&"))
                left = new Both(left, Term());
            return left;
        }

        private TagExpression Term()
        {
            if (++_depth > MaxDepth)
                throw Fault($"is nested deeper than {MaxDepth} levels");
            try
            {
                if (Take("!"))
                    return new Not(Term());
                if (Take("("))
                {
                    var inner = Or();
                    return Take(")") ? inner : throw Fault("expected )");
                }
                return new Has(Tag());
            }
            finally
            {
                _depth--;
            }
        }

        private string Tag()
        {
            SkipSpace();
            var start = _at;
            while (_at < text.Length && IsTagCharacter(text[_at]))
                _at++;
            if (_at == start)
                throw Fault("expected a tag, ! or (");
            if (_at - start > MaxTagLength)
                throw Fault($"holds a tag of {_at - start} characters, and takes {MaxTagLength}");
            if (++_terms > MaxTerms)
                throw Fault($"has more than {MaxTerms} terms");
            return text[start.._at];
        }

        private bool Take(string symbol)
        {
            SkipSpace();
            if (!text.AsSpan(_at).StartsWith(symbol, StringComparison.Ordinal))
                return false;
            _at += symbol.Length;
            return true;
        }

        private void SkipSpace()
        {
            while (_at < text.Length && text[_at] is ' ' or '\t' or '\r' or '\n')
                _at++;
        }

        private FormatException Fault(string what) => new($"{what} (at character {_at + 1})");
    }
}
