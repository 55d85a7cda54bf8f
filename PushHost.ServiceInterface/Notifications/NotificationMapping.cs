using PushHost.ServiceInterface.Storage;
using PushHost.ServiceInterface.Storage.Rows;
using PushHost.ServiceModel;

namespace PushHost.ServiceInterface.Notifications;

/// <summary>What callers see of a notification row.</summary>
internal static class NotificationMapping
{
    public static Notification ToDto(this NotificationRow row, string appName) => new()
    {
        Id = row.Id,
        AppId = appName,
        State = row.State,
        Lane = row.Lane,
        Counts = new NotificationCounts
        {
            Planned = row.State is NotificationState.Sending or NotificationState.Completed or NotificationState.Cancelled or NotificationState.Failed,
            Total = row.Total,
            Pending = row.Total - row.Accepted - row.Failed - row.Expired - row.Suppressed - row.Unknown,
            Accepted = row.Accepted,
            Failed = row.Failed,
            Expired = row.Expired,
            Suppressed = row.Suppressed,
            Unknown = row.Unknown,
        },
        CreatedAt = row.CreatedAt.ToTime(),
        SendAt = row.SendAt.ToTime(),
        StartedAt = row.StartedAt.ToTime(),
        CompletedAt = row.CompletedAt.ToTime(),
        Error = row.Error,
        Deactivated = row.Deactivated == 0 ? null : row.Deactivated,
        HeldVerdicts = row.Held == 0 ? null : row.Held,
    };
}
