namespace PushHost.ServiceInterface.Providers.Plugins;

/// <summary>Why a plugin cannot be used, in words for whoever installed it.</summary>
internal sealed class PluginException(string message) : Exception(message);
