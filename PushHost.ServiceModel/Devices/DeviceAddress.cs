namespace PushHost.ServiceModel;

/// <summary>Names one device, by PushHost's id or by provider and token.</summary>
public abstract class DeviceAddress
{
    /// <summary>The app; the key's app unless given.</summary>
    public string? AppId { get; set; }

    /// <summary>PushHost's id.</summary>
    public long? Id { get; set; }

    /// <summary>The provider's name.</summary>
    public string? Provider { get; set; }

    /// <summary>The gateway's token.</summary>
    public string? RegistrationId { get; set; }
}

/// <summary>Answers one device.</summary>
/// <example title="By its id">{"id": 1}</example>
/// <example title="By its token">{"provider": "apns", "registrationId": "3f2a9c0d77e1"}</example>
[Route("/devices/{Id}", "GET")]
[Route("/device/{Provider}/{RegistrationId*}", "GET")]
public class GetDevice : DeviceAddress, IGet, IReturn<Device>
{
}

/// <summary>Answers one device by its token, which stays out of the URL.</summary>
/// <example>{"provider": "apns", "registrationId": "3f2a9c0d77e1"}</example>
[Route("/devices/find", "POST")]
[Repeatable]
public class FindDevice : IPost, IReturn<Device>
{
    /// <summary>The app; the key's app unless given.</summary>
    public string? AppId { get; set; }

    /// <summary>The provider's name.</summary>
    [ApiMember(IsRequired = true)]
    public string? Provider { get; set; }

    /// <summary>The gateway's token.</summary>
    [ApiMember(IsRequired = true)]
    public string? RegistrationId { get; set; }
}

/// <summary>Deletes one device. Delete by token leaves a mark that refuses late registrations.</summary>
/// <example title="By its id">{"id": 3}</example>
/// <example title="By its token">{"provider": "apns", "registrationId": "3f2a9c0d77e4"}</example>
[Route("/devices/{Id}", "DELETE")]
[Route("/device/{Provider}/{RegistrationId*}", "DELETE")]
public class DeleteDevice : DeviceAddress, IDelete, IReturnVoid
{
}
