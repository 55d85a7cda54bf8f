#pragma warning disable CA1707, CA1720, CA1819, CA1056, CA1034, CA1815, CA1027, CA1008, CA2217 // DTOs of every shape that clients send.
using System.Runtime.Serialization;
using PushHost.Wire;

namespace PushHost.Tests.Wire;

public enum Prio
{
    Low,
    VeryHigh,
}

[Flags]
public enum Caps
{
    None = 0,
    A = 1,
    B = 2,
    C = 4,
}

public enum Place
{
    First,
    [EnumMember(Value = "second-one")]
    Second,
}

public enum Speed
{
    Unspecified,
    Slow,
    Fast,
}

public class Nested
{
    public string? Title { get; set; }
    public int? Badge { get; set; }
    public List<string>? Tags { get; set; }
    public Dictionary<string, object?>? Data { get; set; }
}

/// <summary>One member of every type that ServiceStack's clients were recorded sending.</summary>
public class Everything
{
    public int Id { get; set; }
    public string? Name { get; set; }
    public DateTime? Created { get; set; }
    public DateTimeOffset? Offset { get; set; }
    public TimeSpan? Ttl { get; set; }
    public Guid? Uid { get; set; }
    public Prio? Prio { get; set; }
    public Caps? Caps { get; set; }
    public Place? Member { get; set; }
    public Speed? Speed { get; set; }
    public byte[]? Data { get; set; }
    public bool? Flag { get; set; }
    public bool Flag2 { get; set; }
    public decimal? Money { get; set; }
    public double? Ratio { get; set; }
    public long? Big { get; set; }
    public DateOnly? Day { get; set; }
    public TimeOnly? At { get; set; }
    public List<string>? Tags { get; set; }
    public int[]? Numbers { get; set; }
    public List<List<int>>? Grid { get; set; }
    public Dictionary<string, string>? Map { get; set; }
    public Dictionary<string, object?>? Free { get; set; }
    public Nested? Nested { get; set; }
    public List<Nested>? Items { get; set; }

    [DataMember(Name = "other_name")]
    public string? Renamed { get; set; }
}

[Route("/everything", "POST"), Route("/everything/{Id}", "POST")]
public class PostEverything : Everything, IPost, IReturn<Everything>;

[Route("/everything", "GET"), Route("/everything/{Id}", "GET")]
public class GetEverything : Everything, IGet, IReturn<Everything>;

[Route("/strict/{Id}", "POST")]
public class PostStrict : Everything, IPost, IReturn<Everything>;

[Route("/files/{Path*}", "GET,PUT")]
public class PutFile : IPut, IReturn<Text>
{
    public string? Path { get; set; }
    public string? Name { get; set; }
}

public class Text
{
    public string? Value { get; set; }
}

[Route("/hi/{Name}", "GET")]
public class Hi : IGet, IReturn<Text>
{
    public string? Name { get; set; }
}

[Route("/things/{Id}", "DELETE")]
public class DeleteThing : IDelete, IReturnVoid
{
    public long? Id { get; set; }
}

[Route("/things/{Id}", "PATCH")]
public class PatchThing : IPatch, IReturn<Text>
{
    public long? Id { get; set; }
    public string? Name { get; set; }
}

[Route("/anything")]
public class Anything : IReturn<Text>
{
    public string? Name { get; set; }
}

/// <summary>Fails as its member says.</summary>
[Route("/fail", "POST")]
public class Fail : IPost, IReturn<Text>
{
    public string? How { get; set; }
}

[Route("/upload", "POST")]
public class Upload : IPost, IReturn<Text>, IRequiresRequestStream
{
    public string? Name { get; set; }
    public Stream? RequestStream { get; set; }
}

[Route("/small", "POST")]
public class Small : IPost, IReturn<Text>
{
    public string? Name { get; set; }
}

[Route("/export", "GET")]
public class Export : IGet
{
    public bool? Broken { get; set; }
}

[Route("/raw", "GET")]
public class RawText : IGet, IReturn<string>;

[Route("/bytes", "GET")]
public class RawBytes : IGet, IReturn<byte[]>;

[Route("/created", "POST")]
public class Create : IPost, IReturn<Text>;

[Route("/guarded", "POST")]
public class Guarded : IPost, IReturn<Text>
{
    public int? Number { get; set; }
}

[Route("/in/{Place}", "GET")]
public class ListIn : IGet, IReturn<Text>
{
    public string? Place { get; set; }
}

[Route("/in/{Place}/{Name*}", "GET")]
public class OneIn : IGet, IReturn<Text>
{
    public string? Place { get; set; }
    public string? Name { get; set; }
}

/// <summary>Answers never; ends when its client goes away.</summary>
[Route("/wait", "POST")]
public class Wait : IPost, IReturn<Text>;

/// <summary>One step of many; a negative one fails.</summary>
[Route("/steps", "POST")]
public class Step : IPost, IReturn<Text>
{
    public int Number { get; set; }
    public string? Note { get; set; }
}
