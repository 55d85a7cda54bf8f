namespace PushHost.ServiceModel;

/// <summary>Registers an installation of an app, or refreshes what is known of it. Answers the device: 201 when it is new, else 200.</summary>
/// <remarks>Absent members keep their value. A token that belonged to another user moves to this one, without the other's name, tags and attributes.
/// It reactivates a device that a gateway's verdict or a logout switched off, and one that a caller switched off only with <c>isActive: true</c>.
/// A new token with a known <c>deviceId</c> takes the old one's place.
/// With the scope <c>register</c> the answer holds only <c>id</c> and <c>provider</c> and is always 200.</remarks>
/// <example>
/// {"provider": "apns", "registrationId": "3f2a9c0d77e1", "userId": "ann", "name": "Ann's phone", "tags": ["en", "sports"],
///  "locale": "en-GB", "timeZone": "Europe/London", "appVersion": "2.4.1", "attributes": {"plan": "gold"}}
/// </example>
[Route("/devices", "POST")]
[Route("/device/{Provider}", "POST")]
[RequiredMembers(nameof(Provider), nameof(RegistrationId))]
[Repeatable]
public class RegisterDevice : DeviceMembers, IPost, IReturn<Device>
{
    /// <summary>The client's clock or counter when the user acted. A registration not above a logout's is 409 and changes nothing.</summary>
    public long? Sequence { get; set; }
}
