using System.Reflection;

namespace PushHost.Wire;

/// <summary>A type that travels, as documents tell of it.</summary>
internal sealed record ApiType
{
    /// <summary>The class or enum; a generic one as its definition.</summary>
    public required Type Clr { get; init; }

    /// <summary>The class's name, without arguments.</summary>
    public required string Name { get; init; }

    public required DocText? Summary { get; init; }

    public required DocText? Remarks { get; init; }

    /// <summary>The class it extends, where that travels too.</summary>
    public required ApiType? Base { get; init; }

    /// <summary>The members it declares itself, in the order of the source; empty for an enum.</summary>
    public required IReadOnlyList<ApiMember> Members { get; init; }

    /// <summary>An enum's values; empty for a class.</summary>
    public required IReadOnlyList<ApiEnumValue> Values { get; init; }

    /// <summary>The filled-in examples of its doc comment.</summary>
    public required IReadOnlyList<DocExample> Examples { get; init; }

    /// <summary>For a request whose answer isn't JSON: what it answers with.</summary>
    public required IReadOnlyList<DocExample> AnswerExamples { get; init; }

    /// <summary>The operation it asks for; null for a type that is no request.</summary>
    public required Operation? Operation { get; init; }

    /// <summary>Whether operations answer with it.</summary>
    public bool IsAnswer { get; init; }

    /// <summary>Whether a request without this member, its own or one of the class it extends, is refused.</summary>
    public bool Requires(ApiMember member) =>
        member.IsRequired || Clr.GetCustomAttribute<RequiredMembersAttribute>(inherit: false)?.Names.Contains(member.Property.Name) == true;

    public bool IsEnum => Clr.IsEnum;

    /// <summary>Whether typed clients bring it along: it is one of the wire's envelopes and not of the host.</summary>
    public bool IsEnvelope => Clr.Assembly == typeof(RouteAttribute).Assembly;

    /// <summary>The members of the classes it extends, but for those that it refuses, then its own.</summary>
    public IEnumerable<ApiMember> AllMembers => Base is null ? Members : Base.AllMembers.Where(member => !Refuses(member)).Concat(Members);

    private bool Refuses(ApiMember member) =>
        Clr.GetCustomAttribute<RefusedMembersAttribute>(inherit: false)?.Names.Contains(member.Property.Name) == true;
}

/// <summary>A member of a type that travels.</summary>
/// <param name="Property">The property.</param>
/// <param name="Name">Its name on the wire.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Summary">What it means.</param>
internal sealed record ApiMember(PropertyInfo Property, string Name, TypeRef Type, DocText? Summary)
{
    /// <summary>Whether a request without it is refused.</summary>
    public bool IsRequired { get; } = Property.GetCustomAttribute<ApiMemberAttribute>()?.IsRequired == true;
}

/// <summary>One value of an enum.</summary>
/// <param name="Name">Its name in C#.</param>
/// <param name="Word">Its name on the wire.</param>
/// <param name="Number">Its number.</param>
/// <param name="Summary">What it means.</param>
internal sealed record ApiEnumValue(string Name, string Word, long Number, DocText? Summary);
