using System.Text;
using System.Text.Json;

namespace PushHost.Wire;

/// <summary>Turns the serializer's complaints into errors that name the field in the caller's words.</summary>
internal static class JsonFaults
{
    public static RequestException Explain(JsonException exception, TypeShape shape, string subject)
    {
        if (exception.InnerException is JsonException || exception.Path is null)
            return Malformed(exception, subject);
        var (path, at) = Follow(exception.Path, shape);
        if (exception is WireFormatException)
            return RequestException.Validation(path, "InvalidType", $"'{path}' {exception.Message}.");
        if (exception is DuplicateMemberException duplicate)
            return Duplicate($"{path}.{duplicate.Member}");
        return exception.Message.StartsWith("Duplicate", StringComparison.Ordinal)
            ? Duplicate(path)
            : RequestException.Validation(path, "InvalidType", $"'{path}' must be {at.Expected}.");
    }

    /// <summary>The text isn't JSON; says where.</summary>
    public static RequestException Malformed(JsonException exception, string subject) => RequestException.InvalidJson(
        $"{subject} isn't JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}. {Cause(exception)}");

    private static RequestException Duplicate(string path) => RequestException.Validation(path, "Duplicate", $"'{path}' must not be given twice.");

    // The serializer appends its own path and position to the reader's sentence, and the reader to some what only its programmer can do.
    private static string Cause(JsonException exception)
    {
        var message = (exception.InnerException ?? exception).Message;
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (end < 0 ? message : message[..end]).Replace(" Change the reader options.", "", StringComparison.Ordinal);
    }

    /// <summary>Goes from $.Message['x y'][0] to message.x y[0] and the type that is wanted there.</summary>
    private static (string Path, TypeShape Shape) Follow(string jsonPath, TypeShape shape)
    {
        var path = new StringBuilder();
        var rest = jsonPath.AsSpan(1);
        while (!rest.IsEmpty)
        {
            var quoted = rest.StartsWith("['");
            var end = quoted ? rest.IndexOf("']") : rest[1..].IndexOfAny('.', '[') + 1;
            if (end <= 0)
                end = rest.Length;
            if (!quoted && rest[0] == '[')
            {
                path.Append(rest[..end]);
                shape = shape.Element;
            }
            else
            {
                var name = rest[(quoted ? 2 : 1)..end];
                var member = shape.Find(name);
                if (path.Length > 0)
                    path.Append('.');
                path.Append(member is null ? name : member.Name);
                shape = member?.Shape ?? shape.Element;
            }
            rest = rest[Math.Min(rest.Length, quoted ? end + 2 : end)..];
        }
        return (path.ToString(), shape);
    }
}
