using PushHost.ServiceInterface.Storage;
using PushHost.ServiceInterface.Storage.Rows;
using PushHost.Wire;

namespace PushHost.ServiceInterface.Devices;

/// <summary>Names one device: by id, or by provider and canonical token.</summary>
internal sealed record DeviceKey(long App, long? Id, string? Provider, string? RegistrationId)
{
    /// <summary>The device's row.</summary>
    /// <exception cref="RequestException">404 when there is none.</exception>
    public DeviceRow Find(SqlSession session)
    {
        var row = Id is { } id ? DeviceStore.Find(session, id) : DeviceStore.Find(session, App, Provider!, RegistrationId!);
        return row is not null && row.App == App ? row : throw NotFound();
    }

    /// <summary>404. Tokens are not repeated: they lead to a person's phone.</summary>
    public RequestException NotFound() =>
        RequestException.NotFound(Id is { } id ? $"There is no device {id}." : $"There is no {Provider} device with this registrationId.");
}
