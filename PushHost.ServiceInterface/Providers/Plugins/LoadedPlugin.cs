using PushHost.Providers;

namespace PushHost.ServiceInterface.Providers.Plugins;

/// <summary>Whether a plugin can be used.</summary>
public enum PluginState
{
    /// <summary>Its factory answers.</summary>
    Loaded,

    /// <summary>It can't be used; <see cref="LoadedPlugin.Error"/> says why.</summary>
    Failed,
}

/// <summary>One plugin folder, or one factory that the embedding app brought, and what became of it.</summary>
public sealed record LoadedPlugin
{
    /// <summary>The provider's name; the folder's name in lower case if the plugin failed before it could say.</summary>
    public required string Name { get; init; }

    /// <summary>Other names callers may use.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The plugin assembly's version; null if it could not be read.</summary>
    public string? Version { get; init; }

    /// <summary>The folder it came from; null for a factory that the embedding app brought.</summary>
    public string? Folder { get; init; }

    /// <summary>Makes providers; null when the plugin failed.</summary>
    public IPushProviderFactory? Factory { get; init; }

    /// <summary>Why it failed and what would help; null when it is loaded.</summary>
    public string? Error { get; init; }

    /// <summary>Whether it can be used.</summary>
    public PluginState State => Factory is null ? PluginState.Failed : PluginState.Loaded;

    /// <summary>Whether this plugin answers, or would have answered, to the name. Names are compared without case.</summary>
    public bool IsNamed(string name) =>
        string.Equals(Name, name, StringComparison.OrdinalIgnoreCase) || Aliases.Contains(name, StringComparer.OrdinalIgnoreCase);
}
