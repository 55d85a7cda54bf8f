using static PushHost.Simulator.Fcm.FieldType;

namespace PushHost.Simulator.Fcm;

/// <summary>The fields of <c>messages:send</c> (Firebase REST reference, "projects.messages").</summary>
internal static class FcmSchema
{
    private static readonly FieldType LightSettings = FieldType.Object(
        ("color", FieldType.Object(("red", Float), ("green", Float), ("blue", Float), ("alpha", Float))),
        ("light_on_duration", Duration),
        ("light_off_duration", Duration));

    private static readonly FieldType AndroidNotification = FieldType.Object(
        ("title", FieldType.String),
        ("body", FieldType.String),
        ("icon", FieldType.String),
        ("color", FieldType.String),
        ("sound", FieldType.String),
        ("tag", FieldType.String),
        ("click_action", FieldType.String),
        ("body_loc_key", FieldType.String),
        ("body_loc_args", List(FieldType.String)),
        ("title_loc_key", FieldType.String),
        ("title_loc_args", List(FieldType.String)),
        ("channel_id", FieldType.String),
        ("ticker", FieldType.String),
        ("sticky", Bool),
        ("event_time", Timestamp),
        ("local_only", Bool),
        ("notification_priority", FieldType.Enum(
            "AndroidNotification.NotificationPriority",
            "PRIORITY_UNSPECIFIED", "PRIORITY_MIN", "PRIORITY_LOW", "PRIORITY_DEFAULT", "PRIORITY_HIGH", "PRIORITY_MAX")),
        ("default_sound", Bool),
        ("default_vibrate_timings", Bool),
        ("default_light_settings", Bool),
        ("vibrate_timings", List(Duration)),
        ("visibility", FieldType.Enum("AndroidNotification.Visibility", "VISIBILITY_UNSPECIFIED", "PRIVATE", "PUBLIC", "SECRET")),
        ("notification_count", FieldType.Int32),
        ("light_settings", LightSettings),
        ("image", FieldType.String),
        ("bypass_proxy_notification", Bool),
        ("proxy", FieldType.Enum("AndroidNotification.Proxy", "PROXY_UNSPECIFIED", "ALLOW", "DENY", "IF_PRIORITY_LOWERED")));

    private static readonly FieldType Label = FieldType.Object(("analytics_label", FieldType.String));

    private static readonly FieldType Android = FieldType.Object(
        ("collapse_key", FieldType.String),
        ("priority", FieldType.Enum("AndroidConfig.AndroidMessagePriority", "NORMAL", "HIGH")),
        ("ttl", Duration),
        ("restricted_package_name", FieldType.String),
        ("data", StringMap),
        ("notification", AndroidNotification),
        ("fcm_options", Label),
        ("direct_boot_ok", Bool),
        ("bandwidth_constrained_ok", Bool),
        ("restricted_satellite_ok", Bool));

    private static readonly FieldType Apns = FieldType.Object(
        ("headers", StringMap),
        ("payload", Struct),
        ("fcm_options", FieldType.Object(("analytics_label", FieldType.String), ("image", FieldType.String))),
        ("live_activity_token", FieldType.String));

    private static readonly FieldType Webpush = FieldType.Object(
        ("headers", StringMap),
        ("data", StringMap),
        ("notification", Struct),
        ("fcm_options", FieldType.Object(("link", FieldType.String), ("analytics_label", FieldType.String))));

    /// <summary>The whole request.</summary>
    public static readonly FieldType Request = FieldType.Object(
        ("validate_only", Bool),
        ("message", FieldType.Object(
            ("name", FieldType.String),
            ("data", StringMap),
            ("notification", FieldType.Object(("title", FieldType.String), ("body", FieldType.String), ("image", FieldType.String))),
            ("android", Android),
            ("webpush", Webpush),
            ("apns", Apns),
            ("fcm_options", Label),
            ("token", FieldType.String),
            ("topic", FieldType.String),
            ("condition", FieldType.String),
            ("fid", FieldType.String))));
}
