namespace PushHost.ServiceModel;

/// <summary>Changes what is given and leaves the rest. Does not count as registering.</summary>
/// <example title="By its id">{"id": 1, "name": "Ann's old phone", "tags": ["en", "sports", "beta"]}</example>
/// <example title="By its token">{"provider": "apns", "registrationId": "3f2a9c0d77e1", "reset": ["name"]}</example>
[Route("/devices/{Id}", "PATCH")]
[Route("/device/{Provider}/{RegistrationId*}", "PATCH")]
public class UpdateDevice : DeviceMembers, IPatch, IReturn<Device>
{
    /// <summary>PushHost's id; else provider and registrationId name the device.</summary>
    public long? Id { get; set; }

    /// <summary>The device's new token.</summary>
    public string? NewRegistrationId { get; set; }

    /// <summary>Members to clear, such as <c>userId</c> or <c>tags</c>.</summary>
    public List<string>? Reset { get; set; }
}

/// <summary>Sets every member that a caller can set; what is absent is cleared. Does not count as registering.</summary>
/// <example title="By its id">{"id": 2, "userId": "ben", "tags": ["de"]}</example>
/// <example title="By its token">{"provider": "gcm", "registrationId": "c7Fh2:APA91bExample", "userId": "ben", "locale": "de-AT"}</example>
[Route("/devices/{Id}", "PUT")]
[Route("/device/{Provider}/{RegistrationId*}", "PUT")]
public class ReplaceDevice : DeviceMembers, IPut, IReturn<Device>
{
    /// <summary>PushHost's id; else provider and registrationId name the device.</summary>
    public long? Id { get; set; }

    /// <summary>The device's new token.</summary>
    public string? NewRegistrationId { get; set; }
}
