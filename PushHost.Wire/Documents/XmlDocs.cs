using System.Reflection;
using System.Xml.Linq;

namespace PushHost.Wire;

/// <summary>The doc comments of the DTOs, from the XML files that the compiler wrote and the build put beside the assemblies. Without
/// its file an assembly's types have no comments.</summary>
internal sealed class XmlDocs
{
    private readonly Dictionary<string, XElement> _byId = new(StringComparer.Ordinal);

    /// <summary>Reads the files of these assemblies.</summary>
    public static XmlDocs Of(IEnumerable<Assembly> assemblies)
    {
        var docs = new XmlDocs();
        foreach (var assembly in assemblies.Distinct())
        {
            // Beside the program, since the assemblies of a single-file host have no place of their own.
            var path = Path.Combine(AppContext.BaseDirectory, assembly.GetName().Name + ".xml");
            if (File.Exists(path))
                docs.Read(XDocument.Load(path));
        }
        return docs;
    }

    /// <summary>What the type is.</summary>
    public DocText? Summary(Type type) => Text(Id(type), "summary");

    /// <summary>What else there is to know of it.</summary>
    public DocText? Remarks(Type type) => Text(Id(type), "remarks");

    /// <summary>What the member is.</summary>
    public DocText? Summary(MemberInfo member) => Text(Id(member), "summary");

    /// <summary>The filled-in examples of a DTO, in the order in which they stand.</summary>
    public IEnumerable<DocExample> Examples(Type type) =>
        _byId.TryGetValue(Id(type), out var element)
            ? element.Elements("example").Select(Example)
            : [];

    private static string Id(Type type)
    {
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        return $"T:{definition.FullName!.Replace('+', '.')}";
    }

    private static string Id(MemberInfo member) =>
        $"{(member is PropertyInfo ? 'P' : 'F')}:{Id(member.DeclaringType!)[2..]}.{member.Name}";

    private DocText? Text(string id, string part) =>
        _byId.TryGetValue(id, out var element) && element.Element(part) is { } text ? new(text) : null;

    private static DocExample Example(XElement example) => new(
        (string?)example.Attribute("title"),
        string.Join('\n', example.Value.Trim().Split('\n').Select(line => line.Trim())),
        (string?)example.Attribute("type"),
        (string?)example.Attribute("of") == "answer");

    private void Read(XDocument file)
    {
        foreach (var member in file.Descendants("member"))
            _byId[(string)member.Attribute("name")!] = member;
    }
}

/// <summary>A filled-in example from a doc comment: <c>example title="By its token"</c>, and for bodies that aren't JSON
/// <c>example type="text/csv"</c>, with <c>of="answer"</c> where the operation answers with it.</summary>
/// <param name="Title">What it shows; null where there is but one.</param>
/// <param name="Text">The DTO as JSON, or a body.</param>
/// <param name="ContentType">The body's type; null for JSON.</param>
/// <param name="IsAnswer">Whether it is what the operation answers with.</param>
internal sealed record DocExample(string? Title, string Text, string? ContentType, bool IsAnswer);
