#if SERVICESTACK
namespace PushHost.ServiceModel;

/// <summary>ServiceStack's own query, with the keyset paging that PushHost's lists have.</summary>
public abstract class QueryBase : ServiceStack.QueryBase
{
    /// <summary>Keyset paging for long lists: only entries that follow the one with this id.</summary>
    public long? After { get; set; }
}
#endif
