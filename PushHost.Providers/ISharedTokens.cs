namespace PushHost.Providers;

/// <summary>A token that was made for a gateway.</summary>
/// <param name="Value">What the gateway is shown.</param>
/// <param name="MadeAt">When it was made, by the clock of the host that made it.</param>
public sealed record SharedToken(string Value, DateTimeOffset MadeAt);

/// <summary>Tokens that all hosts of one installation use together, for gateways that mind how often one is renewed. Lent by hosts of which several may
/// be at work at once. Thread safe; blocks for as long as a look into a database takes, so it is asked when a token is due and not for every request.</summary>
/// <remarks>Keep nothing here that is worth more than a token that runs out: whoever may read the host's database may read it.</remarks>
public interface ISharedTokens
{
    /// <summary>The token that is in use; null when there is none, or it cannot be found out.</summary>
    /// <param name="name">Of whatever signs the tokens, the same in every host; another key has another name.</param>
    SharedToken? Find(string name);

    /// <summary>Puts a new token in the place of the one that was found, unless another host was first.</summary>
    /// <param name="name">As for <see cref="Find"/>.</param>
    /// <param name="found">What <see cref="Find"/> answered.</param>
    /// <param name="made">The new token.</param>
    /// <returns>The token to use: the new one, or the one of the host that was first.</returns>
    SharedToken Replace(string name, SharedToken? found, SharedToken made);
}
