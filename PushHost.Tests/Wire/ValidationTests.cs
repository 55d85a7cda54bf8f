using NUnit.Framework;
using PushHost.Wire;

namespace PushHost.Tests.Wire;

public sealed class ValidationTests
{
    [Test]
    public void Every_failure_is_collected_and_the_first_gives_the_message()
    {
        var exception = Assert.Throws<RequestException>(() => new Validation()
            .NotEmpty("provider", " ").NotEmpty("ids", Array.Empty<long>()).NotNull("to", null)
            .Length("name", "abcd", 1, 3).Count("tags", [1, 2], 0, 1).Range("take", 0, 1, 1000)
            .Must(false, "ttl", "Negative", "'ttl' must not be negative.").Add("x", "Code", "Text.")
            .ThrowIfAny())!;

        Assert.That(exception.Status, Is.EqualTo(400));
        Assert.That(exception.ErrorCode, Is.EqualTo("ValidationException"));
        Assert.That(exception.Message, Is.EqualTo("'provider' must not be empty."));
        Assert.That(exception.Errors.Select(error => $"{error.ErrorCode} {error.FieldName}"),
            Is.EqualTo(new[] { "NotEmpty provider", "NotEmpty ids", "NotNull to", "Length name", "Count tags", "Range take", "Negative ttl", "Code x" }));
    }

    [Test]
    public void What_is_absent_or_within_its_limits_passes()
    {
        Assert.That(() => new Validation()
            .NotEmpty("provider", "apns").NotEmpty("ids", new[] { 1L }).NotNull("to", "")
            .Length("name", null, 1, 3).Length("name", "a", 1, 3).Length("name", "abc", 1, 3)
            .Count<int>("tags", null, 1, 1).Count("tags", [1], 1, 1)
            .Range<int>("take", null, 1, 1000).Range("take", 1, 1, 1000).Range("take", 1000, 1, 1000)
            .Must(true, "ttl", "Negative", "").ThrowIfAny(), Throws.Nothing);
    }
}
