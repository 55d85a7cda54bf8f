namespace PushHost.Providers.Gcm;

/// <summary>What a protocol says of its message's members.</summary>
/// <param name="Objects">Members that must be objects if they are given.</param>
/// <param name="Targets">Members that say whom it goes to, which is not the message's to say.</param>
/// <param name="IsReserved">Whether the protocol keeps a key of <c>data</c> for itself.</param>
/// <param name="Reserved">The keys it keeps, in words.</param>
internal sealed record MessageRules(string[] Objects, string[] Targets, Func<string, bool> IsReserved, string Reserved);
