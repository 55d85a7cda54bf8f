using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;

namespace PushHost.Wire;

internal enum ShapeKind
{
    /// <summary>One piece of text.</summary>
    Scalar,

    /// <summary>Members by name.</summary>
    Object,

    /// <summary>Entries of one type.</summary>
    List,

    /// <summary>Values of one type by key; keys are data.</summary>
    Dictionary,

    /// <summary>Any JSON; nothing in it is typed.</summary>
    Free,
}

/// <summary>What the wire knows of a type that travels: which kind it is and how its parts are found and filled. Made once for a
/// type.</summary>
internal sealed class TypeShape
{
    private static readonly ConcurrentDictionary<Type, TypeShape> Known = new();
    private readonly Dictionary<string, MemberShape>.AlternateLookup<ReadOnlySpan<char>> _byName;

    private bool? _mayHoldNullEntries;

    private TypeShape(Type type)
    {
        Type = Nullable.GetUnderlyingType(type) ?? type;
        TakesNull = !type.IsValueType || Type != type;
        Scalar = Scalar.For(Type);
        (Kind, ElementType, KeyType) = Classify(Type, Scalar);
        Members = Kind == ShapeKind.Object ? MembersOf(Type) : [];
        _byName = Members.ToDictionary(member => member.Name, StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The type, without Nullable.</summary>
    public Type Type { get; }

    /// <summary>Whether an absent value has a form of its own.</summary>
    public bool TakesNull { get; }

    public ShapeKind Kind { get; }

    /// <summary>Whether no text is a value too, as it is for text and bytes, and not the absence of one.</summary>
    public bool HasEmptyText => Type == typeof(string) || Type == typeof(byte[]);

    /// <summary>How a scalar is read from text.</summary>
    public Scalar? Scalar { get; }

    public MemberShape[] Members { get; }

    /// <summary>What a list's entries or a dictionary's values are.</summary>
    public TypeShape Element => field ??= Of(ElementType ?? typeof(object));

    /// <summary>What a dictionary's keys are.</summary>
    public TypeShape Key => field ??= Of(KeyType ?? typeof(string));

    /// <summary>What would have been right, for the message of an error.</summary>
    public string Expected => Kind switch
    {
        ShapeKind.Scalar => Scalar!.Expected,
        ShapeKind.List => "a list",
        ShapeKind.Free => "JSON",
        _ => "an object",
    };

    /// <summary>Whether a value of this type must be searched for null entries.</summary>
    public bool MayHoldNullEntries => _mayHoldNullEntries ??= NullEntries.ArePossible(this, []);

    private Type? ElementType { get; }

    private Type? KeyType { get; }

    public static TypeShape Of(Type type) => Known.GetOrAdd(type, static type => new(type));

    /// <summary>The member of this name in any case; null if there is none.</summary>
    public MemberShape? Find(ReadOnlySpan<char> name) => _byName.TryGetValue(name, out var member) ? member : null;

    public object Create() => Activator.CreateInstance(Type)!;

    /// <summary>Makes the list that this type wants out of its entries.</summary>
    public object MakeList(ArrayList entries)
    {
        var array = entries.ToArray(ElementType!);
        if (Type.IsAssignableFrom(array.GetType()))
            return array;
        var list = typeof(List<>).MakeGenericType(ElementType!);
        return Activator.CreateInstance(Type.IsAssignableFrom(list) ? list : Type, array)!;
    }

    public IDictionary MakeDictionary() =>
        (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(KeyType!, ElementType!))!;

    private static (ShapeKind, Type? Element, Type? Key) Classify(Type type, Scalar? scalar)
    {
        if (scalar is not null)
            return (ShapeKind.Scalar, null, null);
        if (type == typeof(object) || type == typeof(JsonElement))
            return (ShapeKind.Free, null, null);
        if (type.IsArray)
            return (ShapeKind.List, type.GetElementType(), null);
        var interfaces = type.GetInterfaces().Append(type).Where(candidate => candidate.IsGenericType).ToArray();
        Type? Generic(Type definition) => interfaces.FirstOrDefault(candidate => candidate.GetGenericTypeDefinition() == definition);
        if ((Generic(typeof(IDictionary<,>)) ?? Generic(typeof(IReadOnlyDictionary<,>))) is { } dictionary)
            return (ShapeKind.Dictionary, dictionary.GetGenericArguments()[1], dictionary.GetGenericArguments()[0]);
        return Generic(typeof(IEnumerable<>)) is { } list
            ? (ShapeKind.List, list.GetGenericArguments()[0], null)
            : (ShapeKind.Object, null, null);
    }

    private static MemberShape[] MembersOf(Type type) =>
    [
        .. from member in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
           where member.SetMethod is { IsPublic: true } && member.GetMethod is { IsPublic: true } && member.GetIndexParameters().Length == 0
           let name = DataContracts.NameOf(member)
           where name is not null
           select new MemberShape(name, member),
    ];
}
