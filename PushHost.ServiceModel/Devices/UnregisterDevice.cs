namespace PushHost.ServiceModel;

/// <summary>Logout: detaches the user from the device, sends it nothing more, and leaves a mark that refuses registrations that come late.</summary>
/// <remarks>Either provider and registrationId, or userId for all of a user's devices. Unknown tokens are answered with 204 too.</remarks>
/// <example title="One device">{"provider": "apns", "registrationId": "3f2a9c0d77e5", "sequence": 1796123456789}</example>
/// <example title="All of a user's devices">{"userId": "dora"}</example>
[Route("/devices/unregister", "POST")]
[Repeatable]
public class UnregisterDevice : IPost, IReturnVoid
{
    /// <summary>The app; the key's app unless given.</summary>
    public string? AppId { get; set; }

    /// <summary>The provider's name.</summary>
    public string? Provider { get; set; }

    /// <summary>The gateway's token.</summary>
    public string? RegistrationId { get; set; }

    /// <summary>All of this user's devices.</summary>
    public string? UserId { get; set; }

    /// <summary>The client's clock or counter when the user logged out.</summary>
    public long? Sequence { get; set; }
}
