using CsCheck;
using NUnit.Framework;
using PushHost.ServiceInterface.Devices;
using PushHost.ServiceModel;

namespace PushHost.Tests.Devices;

public sealed class TagExpressionTests : DeviceFixture
{
    private static readonly string[] Tags = ["a", "b", "c:1", "d.e"];

    private static readonly Gen<string> Expression = Gen.Recursive<string>((depth, inner) => depth > 3
        ? Any(Tags)
        : Gen.Frequency(
            (3, Any(Tags)),
            (2, inner.Select(text => $"!{text}")),
            (2, inner.Select(text => $"( {text} )")),
            (3, Gen.Select(inner, inner, Any("&&", "||", " && ", " || "), (left, right, operation) => left + operation + right))));

    [Test]
    public async Task Sql_selects_the_devices_that_an_expression_matches()
    {
        for (var set = 0; set < 1 << Tags.Length; set++)
            await Db.RegisterAsync($"t{set}", request => request.Tags = [.. Tags.Where((_, i) => (set >> i & 1) == 1)]);
        var devices = Db.Select(new QueryDevices()).ToDictionary(row => row.Id, row => (row.Tags?.Split(' ') ?? []).ToHashSet());

        Expression.Where(text => Terms(text) <= TagExpression.MaxTerms).Sample(
            text =>
            {
                var expression = TagExpression.Parse(text, out _)!;
                var expected = devices.Where(device => expression.Matches(device.Value)).Select(device => device.Key).Order();
                return Db.Select(new QueryDevices { Tags = text }).Select(row => row.Id).SequenceEqual(expected);
            },
            iter: 300,
            threads: 1);
    }

    [TestCase("a || b && c", "a", true)]
    [TestCase("a || b && c", "b", false)]
    [TestCase("(a || b) && c", "a", false)]
    [TestCase("!a && b", "b", true)]
    [TestCase("!(a && b)", "a", true)]
    [TestCase("!!a", "a", true)]
    [TestCase("A", "a", false)]
    [TestCase("x_1.y:z@w#v-u", "x_1.y:z@w#v-u", true)]
    public void Not_binds_closest_and_and_binds_closer_than_or(string text, string tag, bool matches)
    {
        Assert.That(TagExpression.Parse(text, out _)!.Matches(new HashSet<string> { tag }), Is.EqualTo(matches));
    }

    [TestCase(" ", "expected a tag, ! or ( (at character 2)")]
    [TestCase("a &&", "expected a tag, ! or ( (at character 5)")]
    [TestCase("a & b", "expected && or || (at character 3)")]
    [TestCase("a b", "expected && or || (at character 3)")]
    [TestCase("(a", "expected ) (at character 3)")]
    [TestCase("a)", "expected && or || (at character 2)")]
    [TestCase("ä", "expected a tag, ! or ( (at character 1)")]
    public void A_broken_expression_says_what_is_wrong_and_where(string text, string expected)
    {
        Assert.That(TagExpression.Parse(text, out var fault), Is.Null);
        Assert.That(fault, Is.EqualTo(expected));
    }

    [Test]
    public void An_expression_has_20_terms_at_most()
    {
        var twenty = string.Join(" && ", Enumerable.Repeat("a", 20));

        Assert.That(TagExpression.Parse(twenty, out _), Is.Not.Null);
        Assert.That(TagExpression.Parse(twenty + " && a", out var fault), Is.Null);
        Assert.That(fault, Does.Contain("more than 20 terms"));
    }

    [Test]
    public void Depth_is_bounded()
    {
        Assert.That(TagExpression.Parse(new string('(', 100_000), out var fault), Is.Null);
        Assert.That(fault, Does.Contain("nested deeper"));
    }

    [Test]
    public void A_tag_has_120_characters_at_most()
    {
        Assert.That(TagExpression.IsTag(new string('a', 120)), Is.True);
        Assert.That(TagExpression.IsTag(new string('a', 121)), Is.False);
        Assert.That(TagExpression.Parse(new string('a', 121), out _), Is.Null);
    }

    [Test]
    public void Any_text_is_parsed_or_refused()
    {
        Gen.Char["ab!&|() \t"].Array[0, 40].Select(chars => new string(chars)).Sample(text => TagExpression.Parse(text, out var fault) is null == fault is not null);
    }

    private static Gen<string> Any(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static int Terms(string text) => text.Split("&&").Sum(part => part.Split("||").Length);
}
