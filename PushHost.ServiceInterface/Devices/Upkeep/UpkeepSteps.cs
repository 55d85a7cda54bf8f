using PushHost.ServiceInterface.Host;
using PushHost.Wire;

namespace PushHost.ServiceInterface.Devices.Upkeep;

/// <summary>How far one request of a large piece of upkeep goes.</summary>
internal static class UpkeepSteps
{
    public static void Check(int? take, Validation validation)
    {
        if (take < 1)
            validation.Fault("take", "Range", $"is {take}, and must be 1 or more; without it all devices are meant");
    }

    public static long Take(int? take) => take ?? long.MaxValue;
}
