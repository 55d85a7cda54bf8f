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

    /// <summary>The filled-in examples of a DTO, as JSON text, in the order in which they stand.</summary>
    public IEnumerable<DocExample> Examples(Type type) =>
        _byId.TryGetValue(Id(type), out var element)
            ? element.Elements("example").Select(example => new DocExample((string?)example.Attribute("title"), example.Value.Trim()))
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

    private void Read(XDocument file)
    {
        foreach (var member in file.Descendants("member"))
            _byId[(string)member.Attribute("name")!] = member;
    }
}

/// <summary>A filled-in example from a doc comment.</summary>
/// <param name="Title">What it shows; null where there is but one.</param>
/// <param name="Json">The DTO as JSON.</param>
internal sealed record DocExample(string? Title, string Json);
