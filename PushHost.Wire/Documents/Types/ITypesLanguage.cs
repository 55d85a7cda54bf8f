namespace PushHost.Wire;

/// <summary>A language in which the types can be had.</summary>
internal interface ITypesLanguage
{
    /// <summary>Its name in <c>/types/{language}</c>.</summary>
    string Name { get; }

    /// <summary>What a caller may choose, in the order in which the head of the file lists it.</summary>
    IReadOnlyList<TypesOption> Options { get; }

    /// <summary>The whole file.</summary>
    string Write(ApiModel model, TypesOptions options, string head);
}
