namespace PushHost.ServiceInterface.Delivery.Flow;

/// <summary>How a request ended, as far as it tells of the gateway's load.</summary>
internal enum Ending
{
    /// <summary>It tells nothing.</summary>
    Silent,

    /// <summary>The gateway answered in its own time.</summary>
    Well,

    /// <summary>The gateway asked for less, or could not keep up.</summary>
    Overload,
}
