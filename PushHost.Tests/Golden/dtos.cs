/* Options:
Version: 10.15
Tip: To override a DTO option, remove "//" prefix before updating

//GlobalNamespace:
//MakePartial: True
//MakeVirtual: True
//MakeInternal: False
//AddNullableAnnotations: True
//AddReturnMarker: True
//AddDescriptionAsComments: True
//AddDataContractAttributes: False
//AddResponseStatus: False
//AddImplicitVersion:
//InitializeCollections: False
//IncludeTypes:
//ExcludeTypes:
//AddNamespaces:
*/

#nullable enable

using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Runtime.Serialization;
using ServiceStack;
using ServiceStack.DataAnnotations;
using PushHost.ServiceModel;

namespace PushHost.ServiceModel
{
    /// <summary>
    /// Raw members for APNs.
    /// </summary>
    public partial class ApnsOverrides
    {
        /// <summary>
        /// The push type, such as <c>voip</c> or <c>liveactivity</c>.
        /// </summary>
        public virtual string? PushType { get; set; }
        /// <summary>
        /// Headers by name, such as <c>apns-priority</c>.
        /// </summary>
        public virtual Dictionary<string, string>? Headers { get; set; }
        /// <summary>
        /// Members of <c>aps</c>.
        /// </summary>
        public virtual Dictionary<string, object?>? Aps { get; set; }
        /// <summary>
        /// Members beside <c>aps</c>.
        /// </summary>
        public virtual Dictionary<string, object?>? Payload { get; set; }
    }

    /// <summary>
    /// Does to devices what the verdicts that a send holds say of them. A phone that has registered since stays as it is.
    /// </summary>
    [Route("/notifications/{Id}/verdicts/apply", "POST")]
    [Api(Description="Does to devices what the verdicts that a send holds say of them. A phone that has registered since stays as it is.")]
    public partial class ApplyVerdicts
        : IReturn<VerdictReport>, IPost
    {
        /// <summary>
        /// The app; the key's app unless given.
        /// </summary>
        [ApiMember(Description="The app; the key's app unless given.")]
        public virtual string? AppId { get; set; }
        /// <summary>
        /// The notification's id.
        /// </summary>
        [ApiMember(Description="The notification's id.")]
        public virtual long? Id { get; set; }
        /// <summary>
        /// Only those with this reason: the gateway's own word.
        /// </summary>
        [ApiMember(Description="Only those with this reason: the gateway's own word.")]
        public virtual string? Reason { get; set; }
    }

    /// <summary>
    /// Whom to tell. The lists are added together; <c>tags</c>, <c>providers</c> and <c>lastSeenWithin</c> narrow. <c>all</c>,
    /// <c>tags</c> or at least one list is required. What matches nobody is not counted.
    /// </summary>
    public partial class Audience
    {
        /// <summary>
        /// Devices by PushHost's id.
        /// </summary>
        public virtual List<long>? Ids { get; set; }
        /// <summary>
        /// Devices by provider and token.
        /// </summary>
        public virtual List<ProviderRegistration>? RegistrationIds { get; set; }
        /// <summary>
        /// All devices of these users.
        /// </summary>
        public virtual List<string>? UserIds { get; set; }
        /// <summary>
        /// All tokens of these installations.
        /// </summary>
        public virtual List<string>? DeviceIds { get; set; }
        /// <summary>
        /// A tag expression such as <c>sports &amp;&amp; (en || fr) &amp;&amp; !muted</c>, at most 20 terms.
        /// </summary>
        public virtual string? Tags { get; set; }
        /// <summary>
        /// Only through these providers.
        /// </summary>
        public virtual List<string>? Providers { get; set; }
        /// <summary>
        /// Only devices seen within this time.
        /// </summary>
        public virtual TimeSpan? LastSeenWithin { get; set; }
        /// <summary>
        /// Every device of the app; not together with the lists.
        /// </summary>
        public virtual bool? All { get; set; }
    }

    /// <summary>
    /// Stops a notification: what is not sent yet becomes <c>suppressed</c> with the reason <c>cancelled</c>; what is in flight
    /// ends as its gateway says.
    /// </summary>
    /// <remarks>
    /// Answers the notification, which is <c>cancelled</c> once every recipient has its outcome. One that has ended already
    /// stays as it is, and cancelling twice is the same as once.
    /// </remarks>
    [Route("/notifications/{Id}/cancel", "POST")]
    [Api(Description="Stops a notification: what is not sent yet becomes `suppressed` with the reason `cancelled`; what is in flight ends as its gateway says.")]
    public partial class CancelNotification
        : IReturn<Notification>, IPost
    {
        /// <summary>
        /// The app; the key's app unless given.
        /// </summary>
        [ApiMember(Description="The app; the key's app unless given.")]
        public virtual string? AppId { get; set; }
        /// <summary>
        /// PushHost's id.
        /// </summary>
        [ApiMember(Description="PushHost's id.", IsRequired=true)]
        public virtual long Id { get; set; }
    }

    /// <summary>
    /// Deletes one device. Delete by token leaves a mark that refuses late registrations.
    /// </summary>
    [Route("/devices/{Id}", "DELETE")]
    [Route("/device/{Provider}/{RegistrationId*}", "DELETE")]
    [Api(Description="Deletes one device. Delete by token leaves a mark that refuses late registrations.")]
    public partial class DeleteDevice
        : DeviceAddress, IReturnVoid, IDelete
    {
    }

    /// <summary>
    /// One notification for one recipient.
    /// </summary>
    public partial class Delivery
    {
        /// <summary>
        /// The notification.
        /// </summary>
        public virtual long NotificationId { get; set; }
        /// <summary>
        /// The device's id.
        /// </summary>
        public virtual long Device { get; set; }
        /// <summary>
        /// The provider's name.
        /// </summary>
        public virtual string? Provider { get; set; }
        /// <summary>
        /// The topic, condition or channel, where the recipient is not a device.
        /// </summary>
        public virtual string? Target { get; set; }
        /// <summary>
        /// What became of it.
        /// </summary>
        public virtual DeliveryOutcome Outcome { get; set; }
        /// <summary>
        /// The gateway's own word.
        /// </summary>
        public virtual string? Reason { get; set; }
        /// <summary>
        /// The id under which the gateway knows it.
        /// </summary>
        public virtual string? GatewayMessageId { get; set; }
        /// <summary>
        /// How often it was tried.
        /// </summary>
        public virtual int Attempts { get; set; }
        /// <summary>
        /// When it was decided.
        /// </summary>
        public virtual DateTimeOffset? CompletedAt { get; set; }
    }

    /// <summary>
    /// What became of a delivery. Every recipient ends in exactly one of the others than <c>pending</c>.
    /// </summary>
    [DataContract]
    public enum DeliveryOutcome
    {
        /// <summary>
        /// Never sent.
        /// </summary>
        [EnumMember(Value="unspecified")]
        Unspecified = 0,
        /// <summary>
        /// Not decided yet.
        /// </summary>
        [EnumMember(Value="pending")]
        Pending = 1,
        /// <summary>
        /// Taken by the gateway.
        /// </summary>
        [EnumMember(Value="accepted")]
        Accepted = 2,
        /// <summary>
        /// Refused for good.
        /// </summary>
        [EnumMember(Value="failed")]
        Failed = 3,
        /// <summary>
        /// Its time ran out.
        /// </summary>
        [EnumMember(Value="expired")]
        Expired = 4,
        /// <summary>
        /// Not sent on purpose.
        /// </summary>
        [EnumMember(Value="suppressed")]
        Suppressed = 5,
        /// <summary>
        /// The gateway may or may not have taken it.
        /// </summary>
        [EnumMember(Value="unknown")]
        Unknown = 6,
    }

    /// <summary>
    /// One registration of one installation of an app: what can be pushed to. Unique by app, provider and registration token.
    /// </summary>
    /// <remarks>
    /// A phone's own key, with the scope <c>register</c>, is told <c>id</c> and <c>provider</c> alone.
    /// </remarks>
    public partial class Device
    {
        /// <summary>
        /// PushHost's own id.
        /// </summary>
        public virtual long Id { get; set; }
        /// <summary>
        /// The app it belongs to.
        /// </summary>
        public virtual string? AppId { get; set; }
        /// <summary>
        /// The provider's name, such as <c>apns</c>.
        /// </summary>
        public virtual string? Provider { get; set; }
        /// <summary>
        /// Which of the installation's tokens this is: <c>alert</c> unless the client said otherwise.
        /// </summary>
        public virtual string? Kind { get; set; }
        /// <summary>
        /// The gateway's token in the provider's canonical form.
        /// </summary>
        public virtual string? RegistrationId { get; set; }
        /// <summary>
        /// The client's own id of the installation.
        /// </summary>
        public virtual string? DeviceId { get; set; }
        /// <summary>
        /// A name for people.
        /// </summary>
        public virtual string? Name { get; set; }
        /// <summary>
        /// Whose device it is.
        /// </summary>
        public virtual string? UserId { get; set; }
        /// <summary>
        /// Whether messages are sent to it: <c>state</c> is <c>active</c>.
        /// </summary>
        public virtual bool? IsActive { get; set; }
        /// <summary>
        /// Whether messages are sent to it, and if not, in which way it rests.
        /// </summary>
        public virtual DeviceState? State { get; set; }
        /// <summary>
        /// Why it is not active: the gateway's own word, <c>caller</c>, <c>logout</c>, <c>replaced</c> or <c>notSeen</c>.
        /// </summary>
        public virtual string? DeactivationReason { get; set; }
        /// <summary>
        /// Since when it is not active.
        /// </summary>
        public virtual DateTimeOffset? DeactivatedAt { get; set; }
        /// <summary>
        /// The id of the device that took its place.
        /// </summary>
        public virtual long? ReplacedBy { get; set; }
        /// <summary>
        /// What the device is tagged with, in alphabetical order.
        /// </summary>
        public virtual List<string>? Tags { get; set; }
        /// <summary>
        /// The BCP 47 tag of the phone's language.
        /// </summary>
        public virtual string? Locale { get; set; }
        /// <summary>
        /// The IANA name of the phone's time zone.
        /// </summary>
        public virtual string? TimeZone { get; set; }
        /// <summary>
        /// The gateway's environment that the token belongs to, such as <c>sandbox</c>; absent for the credential's own.
        /// </summary>
        public virtual string? Environment { get; set; }
        /// <summary>
        /// The installed app's bundle id or package name.
        /// </summary>
        public virtual string? BundleId { get; set; }
        /// <summary>
        /// The installed app's version.
        /// </summary>
        public virtual string? AppVersion { get; set; }
        /// <summary>
        /// The caller's own members.
        /// </summary>
        public virtual Dictionary<string, object?>? Attributes { get; set; }
        /// <summary>
        /// When PushHost first heard of it.
        /// </summary>
        public virtual DateTimeOffset? CreatedAt { get; set; }
        /// <summary>
        /// When the phone last registered. Only registering moves it; absent for an imported device that never registered here.
        /// </summary>
        public virtual DateTimeOffset? RegisteredAt { get; set; }
        /// <summary>
        /// When the app was last seen in use.
        /// </summary>
        public virtual DateTimeOffset? LastSeenAt { get; set; }
        /// <summary>
        /// When the gateway last took a message for it; moves at most once a day.
        /// </summary>
        public virtual DateTimeOffset? LastAcceptedAt { get; set; }
    }

    /// <summary>
    /// Names one device, by PushHost's id or by provider and token.
    /// </summary>
    public abstract partial class DeviceAddress
    {
        /// <summary>
        /// The app; the key's app unless given.
        /// </summary>
        public virtual string? AppId { get; set; }
        /// <summary>
        /// PushHost's id.
        /// </summary>
        public virtual long? Id { get; set; }
        /// <summary>
        /// The provider's name.
        /// </summary>
        public virtual string? Provider { get; set; }
        /// <summary>
        /// The gateway's token.
        /// </summary>
        public virtual string? RegistrationId { get; set; }
    }

    /// <summary>
    /// Which devices are meant; all conditions hold together.
    /// </summary>
    public abstract partial class DeviceFilter
        : QueryBase
    {
        /// <summary>
        /// Keyset paging for long lists: only entries that follow the one with this id.
        /// </summary>
        public virtual long? After { get; set; }
        /// <summary>
        /// The app; the key's app unless given.
        /// </summary>
        public virtual string? AppId { get; set; }
        /// <summary>
        /// Only these ids.
        /// </summary>
        public virtual List<long>? Ids { get; set; }
        /// <summary>
        /// Only this provider's.
        /// </summary>
        public virtual string? Provider { get; set; }
        /// <summary>
        /// Only this kind.
        /// </summary>
        public virtual string? Kind { get; set; }
        /// <summary>
        /// Only this user's.
        /// </summary>
        public virtual string? UserId { get; set; }
        /// <summary>
        /// Only this installation's.
        /// </summary>
        public virtual string? DeviceId { get; set; }
        /// <summary>
        /// Only this token.
        /// </summary>
        public virtual string? RegistrationId { get; set; }
        /// <summary>
        /// Only in this state.
        /// </summary>
        public virtual DeviceState? State { get; set; }
        /// <summary>
        /// Only active ones, or only those that are not.
        /// </summary>
        public virtual bool? IsActive { get; set; }
        /// <summary>
        /// A tag expression with <c>&amp;&amp;</c>, <c>||</c>, <c>!</c> and parentheses, at most 20 terms.
        /// </summary>
        public virtual string? Tags { get; set; }
        /// <summary>
        /// Part of the name or user, or the start of the token.
        /// </summary>
        public virtual string? Search { get; set; }
        /// <summary>
        /// Registered before this moment.
        /// </summary>
        public virtual DateTimeOffset? RegisteredBefore { get; set; }
        /// <summary>
        /// Registered at or after this moment.
        /// </summary>
        public virtual DateTimeOffset? RegisteredAfter { get; set; }
        /// <summary>
        /// Last seen before this moment.
        /// </summary>
        public virtual DateTimeOffset? SeenBefore { get; set; }
        /// <summary>
        /// Last seen at or after this moment.
        /// </summary>
        public virtual DateTimeOffset? SeenAfter { get; set; }
    }

    /// <summary>
    /// What a caller can say about a device.
    /// </summary>
    public abstract partial class DeviceMembers
    {
        /// <summary>
        /// The app; the key's app unless given.
        /// </summary>
        public virtual string? AppId { get; set; }
        /// <summary>
        /// The provider's name, such as <c>apns</c>.
        /// </summary>
        public virtual string? Provider { get; set; }
        /// <summary>
        /// The gateway's token as the phone received it. APNs: hexadecimal; FCM: 1 to 4,096 printable characters.
        /// </summary>
        public virtual string? RegistrationId { get; set; }
        /// <summary>
        /// Which of the installation's tokens this is, at most 40 characters; a new device is <c>alert</c>.
        /// </summary>
        public virtual string? Kind { get; set; }
        /// <summary>
        /// The client's own id of the installation, at most 255 characters.
        /// </summary>
        public virtual string? DeviceId { get; set; }
        /// <summary>
        /// A name for people, at most 255 characters.
        /// </summary>
        public virtual string? Name { get; set; }
        /// <summary>
        /// Whose device it is, at most 255 characters.
        /// </summary>
        public virtual string? UserId { get; set; }
        /// <summary>
        /// False keeps the device and sends it nothing. Null leaves it as it is; a new device is active.
        /// </summary>
        public virtual bool? IsActive { get; set; }
        /// <summary>
        /// At most 100 tags of <c>[A-Za-z0-9_.:@#-]{1,120}</c>.
        /// </summary>
        public virtual List<string>? Tags { get; set; }
        /// <summary>
        /// The BCP 47 tag of the phone's language, such as <c>pt-BR</c>.
        /// </summary>
        public virtual string? Locale { get; set; }
        /// <summary>
        /// The IANA name of the phone's time zone, such as <c>Europe/Lisbon</c>; phones that have none say an offset, such as
        /// <c>GMT+02:00</c>.
        /// </summary>
        public virtual string? TimeZone { get; set; }
        /// <summary>
        /// The gateway's environment that the token belongs to, such as <c>sandbox</c>; null for the credential's own.
        /// </summary>
        public virtual string? Environment { get; set; }
        /// <summary>
        /// The installed app's bundle id or package name, at most 255 characters.
        /// </summary>
        public virtual string? BundleId { get; set; }
        /// <summary>
        /// The installed app's version, at most 64 characters.
        /// </summary>
        public virtual string? AppVersion { get; set; }
        /// <summary>
        /// The caller's own members, at most 4 KB of JSON.
        /// </summary>
        public virtual Dictionary<string, object?>? Attributes { get; set; }
        /// <summary>
        /// What the gateway needs beside the token, at most 4 KB of JSON; never shown again.
        /// </summary>
        public virtual Dictionary<string, object?>? ProviderData { get; set; }
        /// <summary>
        /// When the app was last seen in use.
        /// </summary>
        public virtual DateTimeOffset? LastSeenAt { get; set; }
    }

    /// <summary>
    /// Whether messages are sent to a device.
    /// </summary>
    [DataContract]
    public enum DeviceState
    {
        /// <summary>
        /// Never sent.
        /// </summary>
        [EnumMember(Value="unspecified")]
        Unspecified = 0,
        /// <summary>
        /// Messages are sent to it.
        /// </summary>
        [EnumMember(Value="active")]
        Active = 1,
        /// <summary>
        /// A gateway doubts its token; nothing is sent until it registers again or is restored.
        /// </summary>
        [EnumMember(Value="quarantined")]
        Quarantined = 2,
        /// <summary>
        /// Nothing is sent to it.
        /// </summary>
        [EnumMember(Value="inactive")]
        Inactive = 3,
    }

    /// <summary>
    /// Forgets the verdicts that a send holds; the devices stay as they are.
    /// </summary>
    [Route("/notifications/{Id}/verdicts/discard", "POST")]
    [Api(Description="Forgets the verdicts that a send holds; the devices stay as they are.")]
    public partial class DiscardVerdicts
        : IReturn<VerdictReport>, IPost
    {
        /// <summary>
        /// The app; the key's app unless given.
        /// </summary>
        [ApiMember(Description="The app; the key's app unless given.")]
        public virtual string? AppId { get; set; }
        /// <summary>
        /// The notification's id.
        /// </summary>
        [ApiMember(Description="The notification's id.")]
        public virtual long? Id { get; set; }
        /// <summary>
        /// Only those with this reason: the gateway's own word.
        /// </summary>
        [ApiMember(Description="Only those with this reason: the gateway's own word.")]
        public virtual string? Reason { get; set; }
    }

    /// <summary>
    /// Streams devices in the form that ImportDevices takes, in order of their id.
    /// </summary>
    /// <remarks>
    /// Lines carry the id, so that a stream that broke off is taken up again with <c>after</c>; skip, take and orderBy are
    /// refused. <c>isActive</c> is only written where it is false, so that importing an export never wakes a device that died
    /// meanwhile.
    /// </remarks>
    [Route("/devices/export", "GET")]
    [Api(Description="Streams devices in the form that ImportDevices takes, in order of their id.")]
    public partial class ExportDevices
        : DeviceFilter, IReturn<byte[]>, IGet
    {
        /// <summary>
        /// <c>ndjson</c> (unless given) or <c>csv</c>.
        /// </summary>
        [ApiMember(Description="`ndjson` (unless given) or `csv`.")]
        public virtual string? Format { get; set; }
    }

    /// <summary>
    /// Answers one device by its token, which stays out of the URL.
    /// </summary>
    [Route("/devices/find", "POST")]
    [Api(Description="Answers one device by its token, which stays out of the URL.")]
    public partial class FindDevice
        : IReturn<Device>, IPost
    {
        /// <summary>
        /// The app; the key's app unless given.
        /// </summary>
        [ApiMember(Description="The app; the key's app unless given.")]
        public virtual string? AppId { get; set; }
        /// <summary>
        /// The provider's name.
        /// </summary>
        [ApiMember(Description="The provider's name.", IsRequired=true)]
        public virtual string Provider { get; set; } = default!;
        /// <summary>
        /// The gateway's token.
        /// </summary>
        [ApiMember(Description="The gateway's token.", IsRequired=true)]
        public virtual string RegistrationId { get; set; } = default!;
    }

    /// <summary>
    /// Raw members for FCM.
    /// </summary>
    public partial class GcmOverrides
    {
        /// <summary>
        /// Members of the FCM message, such as <c>android</c>; no target.
        /// </summary>
        public virtual Dictionary<string, object?>? Message { get; set; }
    }

    /// <summary>
    /// Answers one device.
    /// </summary>
    [Route("/devices/{Id}", "GET")]
    [Route("/device/{Provider}/{RegistrationId*}", "GET")]
    [Api(Description="Answers one device.")]
    public partial class GetDevice
        : DeviceAddress, IReturn<Device>, IGet
    {
    }

    /// <summary>
    /// Answers one notification.
    /// </summary>
    [Route("/notifications/{Id}", "GET")]
    [Api(Description="Answers one notification.")]
    public partial class GetNotification
        : IReturn<Notification>, IGet
    {
        /// <summary>
        /// The app; the key's app unless given.
        /// </summary>
        [ApiMember(Description="The app; the key's app unless given.")]
        public virtual string? AppId { get; set; }
        /// <summary>
        /// PushHost's id.
        /// </summary>
        [ApiMember(Description="PushHost's id.", IsRequired=true)]
        public virtual long Id { get; set; }
    }

    /// <summary>
    /// A verdict over a device that waits for an operator.
    /// </summary>
    public partial class HeldVerdict
    {
        /// <summary>
        /// The device's id.
        /// </summary>
        public virtual long Device { get; set; }
        /// <summary>
        /// What the device would become.
        /// </summary>
        public virtual DeviceState State { get; set; }
        /// <summary>
        /// The gateway's own word.
        /// </summary>
        public virtual string? Reason { get; set; }
        /// <summary>
        /// Since when the token is dead, as far as the gateway says, or else when it was asked. A registration after that outlives
        /// the verdict.
        /// </summary>
        public virtual DateTimeOffset? Since { get; set; }
        /// <summary>
        /// When the verdict was held.
        /// </summary>
        public virtual DateTimeOffset? HeldAt { get; set; }
    }

    /// <summary>
    /// Takes devices line by line from a body of <c>application/x-ndjson</c> or <c>text/csv</c> of any length.
    /// </summary>
    /// <remarks>
    /// Lines carry the members of RegisterDevice (CSV: a header line with their names, tags separated by spaces, attributes as
    /// JSON). Known tokens are updated. A bad line is reported and passed over. Importing does not count as registering.
    /// </remarks>
    [Route("/devices/import", "POST")]
    [Api(Description="Takes devices line by line from a body of `application/x-ndjson` or `text/csv` of any length.")]
    public partial class ImportDevices
        : IReturn<ImportReport>, IPost
    {
        /// <summary>
        /// The app; the key's app unless given.
        /// </summary>
        [ApiMember(Description="The app; the key's app unless given.")]
        public virtual string? AppId { get; set; }
    }

    /// <summary>
    /// What was wrong with a line.
    /// </summary>
    public partial class ImportError
    {
        /// <summary>
        /// The line's number, from 1; a CSV header is line 1.
        /// </summary>
        public virtual long Line { get; set; }
        /// <summary>
        /// A word that programs decide by, such as <c>NotEmpty</c>.
        /// </summary>
        public virtual string? ErrorCode { get; set; }
        /// <summary>
        /// The member, what was wrong with it and what would be right.
        /// </summary>
        public virtual string? Message { get; set; }
    }

    /// <summary>
    /// What became of an import.
    /// </summary>
    public partial class ImportReport
    {
        /// <summary>
        /// Lines that held a device, good or bad.
        /// </summary>
        public virtual long Read { get; set; }
        /// <summary>
        /// Devices that were new.
        /// </summary>
        public virtual long Created { get; set; }
        /// <summary>
        /// Devices that were known.
        /// </summary>
        public virtual long Updated { get; set; }
        /// <summary>
        /// Lines passed over.
        /// </summary>
        public virtual long Failed { get; set; }
        /// <summary>
        /// What was wrong with them: the first 1,000.
        /// </summary>
        public virtual List<ImportError> Errors { get; set; } = default!;
    }

    /// <summary>
    /// Which queue a notification stands in. Each lane has its own share of the gateways, so that none waits behind another.
    /// </summary>
    [DataContract]
    public enum Lane
    {
        /// <summary>
        /// Never sent.
        /// </summary>
        [EnumMember(Value="unspecified")]
        Unspecified = 0,
        /// <summary>
        /// Somebody waits for it: a code, a chat message.
        /// </summary>
        [EnumMember(Value="transactional")]
        Transactional = 1,
        /// <summary>
        /// To a list of people.
        /// </summary>
        [EnumMember(Value="normal")]
        Normal = 2,
        /// <summary>
        /// A campaign.
        /// </summary>
        [EnumMember(Value="bulk")]
        Bulk = 3,
    }

    /// <summary>
    /// What to say, in the members that gateways have in common. Each provider's README says what becomes of them.
    /// </summary>
    public partial class Message
    {
        /// <summary>
        /// The title.
        /// </summary>
        public virtual string? Title { get; set; }
        /// <summary>
        /// The line below the title, where the gateway carries one.
        /// </summary>
        public virtual string? Subtitle { get; set; }
        /// <summary>
        /// The text; an empty one is no text.
        /// </summary>
        public virtual string? Body { get; set; }
        /// <summary>
        /// The number on the app's icon, from 0, which removes it.
        /// </summary>
        public virtual int? Badge { get; set; }
        /// <summary>
        /// The name of a sound, such as <c>default</c>.
        /// </summary>
        public virtual string? Sound { get; set; }
        /// <summary>
        /// The URL of an image.
        /// </summary>
        public virtual string? ImageUrl { get; set; }
        /// <summary>
        /// The app's own members; keys are kept as they are.
        /// </summary>
        public virtual Dictionary<string, object?>? Data { get; set; }
        /// <summary>
        /// The set of actions to offer.
        /// </summary>
        public virtual string? Category { get; set; }
        /// <summary>
        /// Groups messages that belong together.
        /// </summary>
        public virtual string? ThreadId { get; set; }
        /// <summary>
        /// A later message with the same id takes the place of an earlier one. APNs: at most 64 bytes.
        /// </summary>
        public virtual string? CollapseId { get; set; }
        /// <summary>
        /// <c>high</c> unless given; a silent message is <c>normal</c>.
        /// </summary>
        public virtual Priority? Priority { get; set; }
        /// <summary>
        /// Wakes the app and shows nothing; not together with title, body, sound, badge or high priority.
        /// </summary>
        public virtual bool? Silent { get; set; }
        /// <summary>
        /// Lets the app change the message before it is shown.
        /// </summary>
        public virtual bool? MutableContent { get; set; }
        /// <summary>
        /// Raw members for APNs, merged over the common ones.
        /// </summary>
        public virtual ApnsOverrides? Apns { get; set; }
        /// <summary>
        /// Raw members for FCM, merged over the common ones.
        /// </summary>
        public virtual GcmOverrides? Gcm { get; set; }
        /// <summary>
        /// Raw members for other providers by their name, in the form that each one's README describes.
        /// </summary>
        public virtual Dictionary<string, object?>? Overrides { get; set; }
    }

    /// <summary>
    /// What was to be said to whom, and how far it has come.
    /// </summary>
    public partial class Notification
    {
        /// <summary>
        /// PushHost's id.
        /// </summary>
        public virtual long Id { get; set; }
        /// <summary>
        /// The app it belongs to.
        /// </summary>
        public virtual string? AppId { get; set; }
        /// <summary>
        /// How far it has come.
        /// </summary>
        public virtual NotificationState State { get; set; }
        /// <summary>
        /// Which of the app's queues it stands in.
        /// </summary>
        public virtual Lane Lane { get; set; }
        /// <summary>
        /// How many recipients ended how. They add up at every moment.
        /// </summary>
        public virtual NotificationCounts Counts { get; set; } = default!;
        /// <summary>
        /// When it was accepted.
        /// </summary>
        public virtual DateTimeOffset CreatedAt { get; set; }
        /// <summary>
        /// When sending is to begin; absent for at once.
        /// </summary>
        public virtual DateTimeOffset? SendAt { get; set; }
        /// <summary>
        /// When sending began.
        /// </summary>
        public virtual DateTimeOffset? StartedAt { get; set; }
        /// <summary>
        /// When its last recipient had an outcome.
        /// </summary>
        public virtual DateTimeOffset? CompletedAt { get; set; }
        /// <summary>
        /// Why its audience could not be counted; set with the state <c>failed</c>.
        /// </summary>
        public virtual string? Error { get; set; }
        /// <summary>
        /// How many devices its verdicts switched off; absent for none.
        /// </summary>
        public virtual long? Deactivated { get; set; }
        /// <summary>
        /// How many verdicts over devices wait for an operator, since it would have switched off an abnormal share of its audience;
        /// absent for none.
        /// </summary>
        public virtual long? HeldVerdicts { get; set; }
    }

    /// <summary>
    /// How many recipients ended how: <c>total</c> is always the sum of the others.
    /// </summary>
    public partial class NotificationCounts
    {
        /// <summary>
        /// Whether the audience is counted; from then on <c>total</c> no longer grows.
        /// </summary>
        public virtual bool Planned { get; set; }
        /// <summary>
        /// Recipients counted so far.
        /// </summary>
        public virtual long Total { get; set; }
        /// <summary>
        /// Not decided yet.
        /// </summary>
        public virtual long Pending { get; set; }
        /// <summary>
        /// Taken by the gateway. Whether the phone showed it is not known to any server.
        /// </summary>
        public virtual long Accepted { get; set; }
        /// <summary>
        /// Refused for good.
        /// </summary>
        public virtual long Failed { get; set; }
        /// <summary>
        /// Its time ran out before the gateway took it.
        /// </summary>
        public virtual long Expired { get; set; }
        /// <summary>
        /// Not sent, since the device was no longer active or no longer the same user's, or the notification was cancelled.
        /// </summary>
        public virtual long Suppressed { get; set; }
        /// <summary>
        /// The gateway may or may not have taken it.
        /// </summary>
        public virtual long Unknown { get; set; }
    }

    /// <summary>
    /// How far a notification has come.
    /// </summary>
    [DataContract]
    public enum NotificationState
    {
        /// <summary>
        /// Never sent.
        /// </summary>
        [EnumMember(Value="unspecified")]
        Unspecified = 0,
        /// <summary>
        /// Waits for its time.
        /// </summary>
        [EnumMember(Value="scheduled")]
        Scheduled = 1,
        /// <summary>
        /// Accepted; its audience is not counted yet.
        /// </summary>
        [EnumMember(Value="queued")]
        Queued = 2,
        /// <summary>
        /// Its audience is being counted; sending has begun.
        /// </summary>
        [EnumMember(Value="planning")]
        Planning = 3,
        /// <summary>
        /// Its audience is counted and being sent to.
        /// </summary>
        [EnumMember(Value="sending")]
        Sending = 4,
        /// <summary>
        /// Every recipient has an outcome.
        /// </summary>
        [EnumMember(Value="completed")]
        Completed = 5,
        /// <summary>
        /// A caller stopped it, and every recipient has an outcome.
        /// </summary>
        [EnumMember(Value="cancelled")]
        Cancelled = 6,
        /// <summary>
        /// Its audience could not be counted while its time lasted; see its error.
        /// </summary>
        [EnumMember(Value="failed")]
        Failed = 7,
    }

    /// <summary>
    /// What becomes of a recipient that may or may not have been sent to: the gateway did not answer, or the host died before
    /// it could write the answer down.
    /// </summary>
    [DataContract]
    public enum OnUnknown
    {
        /// <summary>
        /// Never sent.
        /// </summary>
        [EnumMember(Value="unspecified")]
        Unspecified = 0,
        /// <summary>
        /// It is sent again, and may be shown twice.
        /// </summary>
        [EnumMember(Value="resend")]
        Resend = 1,
        /// <summary>
        /// It ends unknown, and may never be shown.
        /// </summary>
        [EnumMember(Value="stop")]
        Stop = 2,
    }

    /// <summary>
    /// How urgent a message is to the phone.
    /// </summary>
    [DataContract]
    public enum Priority
    {
        /// <summary>
        /// Never sent.
        /// </summary>
        [EnumMember(Value="unspecified")]
        Unspecified = 0,
        /// <summary>
        /// Show it now.
        /// </summary>
        [EnumMember(Value="high")]
        High = 1,
        /// <summary>
        /// May wait until the phone wakes anyway.
        /// </summary>
        [EnumMember(Value="normal")]
        Normal = 2,
    }

    /// <summary>
    /// One gateway plugin.
    /// </summary>
    public partial class ProviderInfo
    {
        /// <summary>
        /// The provider's name, or its folder's when it could not say one.
        /// </summary>
        public virtual string? Name { get; set; }
        /// <summary>
        /// The plugin's version.
        /// </summary>
        public virtual string? Version { get; set; }
        /// <summary>
        /// The folder below the plugin folder that it was loaded from.
        /// </summary>
        public virtual string? Folder { get; set; }
        /// <summary>
        /// Whether it works.
        /// </summary>
        public virtual ProviderState State { get; set; }
        /// <summary>
        /// Why it does not.
        /// </summary>
        public virtual string? Error { get; set; }
    }

    /// <summary>
    /// A device by its token.
    /// </summary>
    public partial class ProviderRegistration
    {
        /// <summary>
        /// The provider's name.
        /// </summary>
        public virtual string Provider { get; set; } = default!;
        /// <summary>
        /// The gateway's token.
        /// </summary>
        public virtual string RegistrationId { get; set; } = default!;
    }

    /// <summary>
    /// Whether a gateway plugin works.
    /// </summary>
    [DataContract]
    public enum ProviderState
    {
        /// <summary>
        /// Never sent.
        /// </summary>
        [EnumMember(Value="unspecified")]
        Unspecified = 0,
        /// <summary>
        /// Loaded, and a credential is set.
        /// </summary>
        [EnumMember(Value="ready")]
        Ready = 1,
        /// <summary>
        /// Loaded, but no app has a credential for it.
        /// </summary>
        [EnumMember(Value="noCredential")]
        NoCredential = 2,
        /// <summary>
        /// Could not be loaded; see its error.
        /// </summary>
        [EnumMember(Value="failed")]
        Failed = 3,
    }

    /// <summary>
    /// Clears up devices that nobody uses any more. All conditions hold together; <c>inactiveFor</c>, <c>notSeenFor</c> or
    /// <c>probe</c> is required.
    /// </summary>
    /// <remarks>
    /// Active devices are switched off, with the reason <c>notSeen</c> or the gateway's own word; devices that are off already
    /// are only counted. With <c>delete</c> both are deleted. A large prune goes on in small steps; what was done when a caller
    /// gives up stays done.
    /// </remarks>
    [Route("/devices/prune", "POST")]
    [Api(Description="Clears up devices that nobody uses any more. All conditions hold together; `inactiveFor`, `notSeenFor` or `probe` is required.")]
    public partial class PruneDevices
        : IReturn<PruneReport>, IPost
    {
        /// <summary>
        /// The app; the key's app unless given.
        /// </summary>
        [ApiMember(Description="The app; the key's app unless given.")]
        public virtual string? AppId { get; set; }
        /// <summary>
        /// Only devices that are not active for at least so long, and were not seen in that time either.
        /// </summary>
        [ApiMember(Description="Only devices that are not active for at least so long, and were not seen in that time either.")]
        public virtual TimeSpan? InactiveFor { get; set; }
        /// <summary>
        /// Only devices that were last seen at least so long ago; a device that was never seen counts from its registration, else
        /// from when it came to PushHost. Without <c>delete</c> only active ones.
        /// </summary>
        [ApiMember(Description="Only devices that were last seen at least so long ago; a device that was never seen counts from its registration, else from when it came to PushHost. Without `delete` only active ones.")]
        public virtual TimeSpan? NotSeenFor { get; set; }
        /// <summary>
        /// Only this provider's.
        /// </summary>
        [ApiMember(Description="Only this provider's.")]
        public virtual string? Provider { get; set; }
        /// <summary>
        /// Asks the gateway about each device without delivering anything, and prunes only those whose token it calls dead; where
        /// it merely doubts the token, an active device is quarantined. Devices whose gateway cannot be asked are left alone.
        /// </summary>
        [ApiMember(Description="Asks the gateway about each device without delivering anything, and prunes only those whose token it calls dead; where it merely doubts the token, an active device is quarantined. Devices whose gateway cannot be asked are left alone.")]
        public virtual bool? Probe { get; set; }
        /// <summary>
        /// Deletes instead of switching off.
        /// </summary>
        [ApiMember(Description="Deletes instead of switching off.")]
        public virtual bool? Delete { get; set; }
        /// <summary>
        /// Changes nothing, and answers what would be done.
        /// </summary>
        [ApiMember(Description="Changes nothing, and answers what would be done.")]
        public virtual bool? DryRun { get; set; }
        /// <summary>
        /// To do it in steps: only devices with a higher id.
        /// </summary>
        [ApiMember(Description="To do it in steps: only devices with a higher id.")]
        public virtual long? After { get; set; }
        /// <summary>
        /// To do it in steps: at most so many devices are examined; the answer's <c>last</c> says where to go on.
        /// </summary>
        [ApiMember(Description="To do it in steps: at most so many devices are examined; the answer's `last` says where to go on.")]
        public virtual int? Take { get; set; }
    }

    /// <summary>
    /// What became of a prune.
    /// </summary>
    public partial class PruneReport
    {
        /// <summary>
        /// Devices that the conditions selected, and with <c>probe</c> that the gateway was asked about.
        /// </summary>
        public virtual long Examined { get; set; }
        /// <summary>
        /// Devices that were switched off or quarantined.
        /// </summary>
        public virtual long Deactivated { get; set; }
        /// <summary>
        /// Devices that were deleted.
        /// </summary>
        public virtual long Deleted { get; set; }
        /// <summary>
        /// With <c>probe</c>: devices about which the gateway gave no word, though asked again; they are left alone.
        /// </summary>
        public virtual long? Undecided { get; set; }
        /// <summary>
        /// The last device of this step, where there may be more; absent at the end.
        /// </summary>
        public virtual long? Last { get; set; }
    }

    /// <summary>
    /// Lists what became of each recipient of a notification (by device id), or of a device's notifications (the newest first).
    /// </summary>
    /// <remarks>
    /// Page with <c>after</c>: the last device's id, or the last notification's.
    /// </remarks>
    [Route("/notifications/{NotificationId}/deliveries", "GET")]
    [Route("/devices/{Device}/deliveries", "GET")]
    [Api(Description="Lists what became of each recipient of a notification (by device id), or of a device's notifications (the newest first).")]
    public partial class QueryDeliveries
        : QueryBase, IReturn<QueryResponse<Delivery>>, IGet
    {
        /// <summary>
        /// Keyset paging for long lists: only entries that follow the one with this id.
        /// </summary>
        [ApiMember(Description="Keyset paging for long lists: only entries that follow the one with this id.")]
        public virtual long? After { get; set; }
        /// <summary>
        /// The app; the key's app unless given.
        /// </summary>
        [ApiMember(Description="The app; the key's app unless given.")]
        public virtual string? AppId { get; set; }
        /// <summary>
        /// The notification.
        /// </summary>
        [ApiMember(Description="The notification.")]
        public virtual long? NotificationId { get; set; }
        /// <summary>
        /// The device.
        /// </summary>
        [ApiMember(Description="The device.")]
        public virtual long? Device { get; set; }
        /// <summary>
        /// Only with this outcome.
        /// </summary>
        [ApiMember(Description="Only with this outcome.")]
        public virtual DeliveryOutcome? Outcome { get; set; }
        /// <summary>
        /// Only with this reason: the gateway's own word.
        /// </summary>
        [ApiMember(Description="Only with this reason: the gateway's own word.")]
        public virtual string? Reason { get; set; }
    }

    /// <summary>
    /// Lists devices by id, or as <c>orderBy</c> says (<c>id</c>, <c>createdAt</c>, <c>registeredAt</c>, <c>lastSeenAt</c>).
    /// </summary>
    [Route("/devices", "GET")]
    [Route("/device/{Provider}", "GET")]
    [Api(Description="Lists devices by id, or as `orderBy` says (`id`, `createdAt`, `registeredAt`, `lastSeenAt`).")]
    public partial class QueryDevices
        : DeviceFilter, IReturn<QueryResponse<Device>>, IGet
    {
    }

    /// <summary>
    /// Lists the verdicts over devices that a send was kept from acting on, since it would have switched off an abnormal share
    /// of its audience.
    /// </summary>
    /// <remarks>
    /// By device; page with <c>after</c>, the last device's id.
    /// </remarks>
    [Route("/notifications/{Id}/verdicts", "GET")]
    [Api(Description="Lists the verdicts over devices that a send was kept from acting on, since it would have switched off an abnormal share of its audience.")]
    public partial class QueryHeldVerdicts
        : QueryBase, IReturn<QueryResponse<HeldVerdict>>, IGet
    {
        /// <summary>
        /// Keyset paging for long lists: only entries that follow the one with this id.
        /// </summary>
        [ApiMember(Description="Keyset paging for long lists: only entries that follow the one with this id.")]
        public virtual long? After { get; set; }
        /// <summary>
        /// The app; the key's app unless given.
        /// </summary>
        [ApiMember(Description="The app; the key's app unless given.")]
        public virtual string? AppId { get; set; }
        /// <summary>
        /// The notification's id.
        /// </summary>
        [ApiMember(Description="The notification's id.")]
        public virtual long? Id { get; set; }
        /// <summary>
        /// Only with this reason: the gateway's own word.
        /// </summary>
        [ApiMember(Description="Only with this reason: the gateway's own word.")]
        public virtual string? Reason { get; set; }
    }

    /// <summary>
    /// Lists notifications, the newest first unless <c>orderBy</c> says <c>id</c>.
    /// </summary>
    [Route("/notifications", "GET")]
    [Api(Description="Lists notifications, the newest first unless `orderBy` says `id`.")]
    public partial class QueryNotifications
        : QueryBase, IReturn<QueryResponse<Notification>>, IGet
    {
        /// <summary>
        /// Keyset paging for long lists: only entries that follow the one with this id.
        /// </summary>
        [ApiMember(Description="Keyset paging for long lists: only entries that follow the one with this id.")]
        public virtual long? After { get; set; }
        /// <summary>
        /// The app; the key's app unless given.
        /// </summary>
        [ApiMember(Description="The app; the key's app unless given.")]
        public virtual string? AppId { get; set; }
        /// <summary>
        /// Only in this state.
        /// </summary>
        [ApiMember(Description="Only in this state.")]
        public virtual NotificationState? State { get; set; }
        /// <summary>
        /// Only in this lane.
        /// </summary>
        [ApiMember(Description="Only in this lane.")]
        public virtual Lane? Lane { get; set; }
        /// <summary>
        /// Accepted at or after this moment.
        /// </summary>
        [ApiMember(Description="Accepted at or after this moment.")]
        public virtual DateTimeOffset? CreatedAfter { get; set; }
        /// <summary>
        /// Accepted before this moment.
        /// </summary>
        [ApiMember(Description="Accepted before this moment.")]
        public virtual DateTimeOffset? CreatedBefore { get; set; }
    }

    /// <summary>
    /// Lists the gateway plugins, those that could not be loaded included.
    /// </summary>
    [Route("/providers", "GET")]
    [Api(Description="Lists the gateway plugins, those that could not be loaded included.")]
    public partial class QueryProviders
        : QueryBase, IReturn<QueryResponse<ProviderInfo>>, IGet
    {
        /// <summary>
        /// Keyset paging for long lists: only entries that follow the one with this id.
        /// </summary>
        [ApiMember(Description="Keyset paging for long lists: only entries that follow the one with this id.")]
        public virtual long? After { get; set; }
    }

    /// <summary>
    /// Registers an installation of an app, or refreshes what is known of it. Answers the device: 201 when it is new, else 200.
    /// </summary>
    /// <remarks>
    /// Absent members keep their value. A token that belonged to another user moves to this one, without the other's name, tags
    /// and attributes. It reactivates a device that a gateway's verdict or a logout switched off, and one that a caller
    /// switched off only with <c>isActive: true</c>. A new token with a known <c>deviceId</c> takes the old one's place. With
    /// the scope <c>register</c> the answer holds only <c>id</c> and <c>provider</c> and is always 200.
    /// </remarks>
    [Route("/devices", "POST")]
    [Route("/device/{Provider}", "POST")]
    [Api(Description="Registers an installation of an app, or refreshes what is known of it. Answers the device: 201 when it is new, else 200.")]
    public partial class RegisterDevice
        : DeviceMembers, IReturn<Device>, IPost
    {
        /// <summary>
        /// The client's clock or counter when the user acted. A registration not above a logout's is 409 and changes nothing.
        /// </summary>
        [ApiMember(Description="The client's clock or counter when the user acted. A registration not above a logout's is 409 and changes nothing.")]
        public virtual long? Sequence { get; set; }
    }

    /// <summary>
    /// Sets every member that a caller can set; what is absent is cleared. Does not count as registering.
    /// </summary>
    [Route("/devices/{Id}", "PUT")]
    [Route("/device/{Provider}/{RegistrationId*}", "PUT")]
    [Api(Description="Sets every member that a caller can set; what is absent is cleared. Does not count as registering.")]
    public partial class ReplaceDevice
        : DeviceMembers, IReturn<Device>, IPut
    {
        /// <summary>
        /// PushHost's id; else provider and registrationId name the device.
        /// </summary>
        [ApiMember(Description="PushHost's id; else provider and registrationId name the device.")]
        public virtual long? Id { get; set; }
        /// <summary>
        /// The device's new token.
        /// </summary>
        [ApiMember(Description="The device's new token.")]
        public virtual string? NewRegistrationId { get; set; }
    }

    /// <summary>
    /// Makes devices active again that are not; all conditions hold together, and at least one is required.
    /// </summary>
    /// <remarks>
    /// By <c>ids</c> any deactivation is undone. Without them only what a gateway's verdict, quarantine or a prune did: what a
    /// caller switched off, who logged out and whose token was replaced stays so. A large restore goes on in small steps; what
    /// was done when a caller gives up stays done.
    /// </remarks>
    [Route("/devices/restore", "POST")]
    [Api(Description="Makes devices active again that are not; all conditions hold together, and at least one is required.")]
    public partial class RestoreDevices
        : IReturn<RestoreReport>, IPost
    {
        /// <summary>
        /// The app; the key's app unless given.
        /// </summary>
        [ApiMember(Description="The app; the key's app unless given.")]
        public virtual string? AppId { get; set; }
        /// <summary>
        /// Only these ids, at most 50,000.
        /// </summary>
        [ApiMember(Description="Only these ids, at most 50,000.")]
        public virtual List<long>? Ids { get; set; }
        /// <summary>
        /// Only those that are not active since this moment or a later one.
        /// </summary>
        [ApiMember(Description="Only those that are not active since this moment or a later one.")]
        public virtual DateTimeOffset? DeactivatedSince { get; set; }
        /// <summary>
        /// Only those with this reason, such as <c>BadDeviceToken</c>.
        /// </summary>
        [ApiMember(Description="Only those with this reason, such as `BadDeviceToken`.")]
        public virtual string? Reason { get; set; }
        /// <summary>
        /// Only those that this notification's verdicts switched off.
        /// </summary>
        [ApiMember(Description="Only those that this notification's verdicts switched off.")]
        public virtual long? NotificationId { get; set; }
        /// <summary>
        /// To do it in steps: only devices with a higher id.
        /// </summary>
        [ApiMember(Description="To do it in steps: only devices with a higher id.")]
        public virtual long? After { get; set; }
        /// <summary>
        /// To do it in steps: at most so many devices; the answer's <c>last</c> says where to go on.
        /// </summary>
        [ApiMember(Description="To do it in steps: at most so many devices; the answer's `last` says where to go on.")]
        public virtual int? Take { get; set; }
    }

    /// <summary>
    /// What became of a restore.
    /// </summary>
    public partial class RestoreReport
    {
        /// <summary>
        /// Devices that are active again.
        /// </summary>
        public virtual long Restored { get; set; }
        /// <summary>
        /// The last device of this step, where there may be more; absent at the end.
        /// </summary>
        public virtual long? Last { get; set; }
    }

    /// <summary>
    /// Tells devices something. Answers 202 once it is stored durably, or 200 with the final counts when <c>wait</c> was given
    /// and it ended in time.
    /// </summary>
    [Route("/notifications", "POST")]
    [Api(Description="Tells devices something. Answers 202 once it is stored durably, or 200 with the final counts when `wait` was given and it ended in time.")]
    public partial class SendNotification
        : IReturn<Notification>, IPost
    {
        /// <summary>
        /// The app; the key's app unless given.
        /// </summary>
        [ApiMember(Description="The app; the key's app unless given.")]
        public virtual string? AppId { get; set; }
        /// <summary>
        /// Whom to tell.
        /// </summary>
        [ApiMember(Description="Whom to tell.", IsRequired=true)]
        public virtual Audience To { get; set; } = default!;
        /// <summary>
        /// What to say.
        /// </summary>
        [ApiMember(Description="What to say.", IsRequired=true)]
        public virtual Message Message { get; set; } = default!;
        /// <summary>
        /// When to begin, at most a year ahead; at once unless given, or when it is over. The audience is who belongs to it then.
        /// </summary>
        [ApiMember(Description="When to begin, at most a year ahead; at once unless given, or when it is over. The audience is who belongs to it then.")]
        public virtual DateTimeOffset? SendAt { get; set; }
        /// <summary>
        /// How long to try from <c>sendAt</c> or from now, and how long the gateway is told to keep it, at most 28 days;
        /// <c>PT0S</c> is one attempt, not stored by the gateway.
        /// </summary>
        [ApiMember(Description="How long to try from `sendAt` or from now, and how long the gateway is told to keep it, at most 28 days; `PT0S` is one attempt, not stored by the gateway.")]
        public virtual TimeSpan? Ttl { get; set; }
        /// <summary>
        /// Until when to try, at most 28 days after it begins; with <c>ttl</c> too, whichever is earlier.
        /// </summary>
        [ApiMember(Description="Until when to try, at most 28 days after it begins; with `ttl` too, whichever is earlier.")]
        public virtual DateTimeOffset? ExpiresAt { get; set; }
        /// <summary>
        /// How urgent it is among the app's other notifications; unless given, <c>transactional</c> for one device or user,
        /// <c>normal</c> for lists, <c>bulk</c> for all or tags.
        /// </summary>
        [ApiMember(Description="How urgent it is among the app's other notifications; unless given, `transactional` for one device or user, `normal` for lists, `bulk` for all or tags.")]
        public virtual Lane? Lane { get; set; }
        /// <summary>
        /// At most so many recipients a minute, from 1 to 100,000,000; as many as the gateways take unless given.
        /// </summary>
        [ApiMember(Description="At most so many recipients a minute, from 1 to 100,000,000; as many as the gateways take unless given.")]
        public virtual int? PerMinute { get; set; }
        /// <summary>
        /// What becomes of a recipient that may or may not have been sent to; <c>resend</c> unless given.
        /// </summary>
        [ApiMember(Description="What becomes of a recipient that may or may not have been sent to; `resend` unless given.")]
        public virtual OnUnknown? OnUnknown { get; set; }
        /// <summary>
        /// True checks and counts only: answers what would be accepted, with id 0 and whom it would reach now, and stores and sends
        /// nothing.
        /// </summary>
        [ApiMember(Description="True checks and counts only: answers what would be accepted, with id 0 and whom it would reach now, and stores and sends nothing.")]
        public virtual bool? DryRun { get; set; }
        /// <summary>
        /// 1 to 255 printable characters. A repeat with the same key within 24 hours answers the first notification; another
        /// request with it is 409.
        /// </summary>
        [ApiMember(Description="1 to 255 printable characters. A repeat with the same key within 24 hours answers the first notification; another request with it is 409.")]
        public virtual string? IdempotencyKey { get; set; }
        /// <summary>
        /// How long to wait for the outcome before answering, at most <c>PT30S</c>.
        /// </summary>
        [ApiMember(Description="How long to wait for the outcome before answering, at most `PT30S`.")]
        public virtual TimeSpan? Wait { get; set; }
    }

    /// <summary>
    /// Sends to one device, which must be active (else 409).
    /// </summary>
    /// <remarks>
    /// Takes a <c>message</c> or, for short, body, title, badge, sound and data at the top level; not both.
    /// </remarks>
    [Route("/devices/{Id}/send", "POST")]
    [Route("/devices/send", "POST")]
    [Api(Description="Sends to one device, which must be active (else 409).")]
    public partial class SendToDevice
        : IReturn<Notification>, IPost
    {
        /// <summary>
        /// The app; the key's app unless given.
        /// </summary>
        [ApiMember(Description="The app; the key's app unless given.")]
        public virtual string? AppId { get; set; }
        /// <summary>
        /// PushHost's id; else provider and registrationId name the device.
        /// </summary>
        [ApiMember(Description="PushHost's id; else provider and registrationId name the device.")]
        public virtual long? Id { get; set; }
        /// <summary>
        /// The provider's name.
        /// </summary>
        [ApiMember(Description="The provider's name.")]
        public virtual string? Provider { get; set; }
        /// <summary>
        /// The gateway's token.
        /// </summary>
        [ApiMember(Description="The gateway's token.")]
        public virtual string? RegistrationId { get; set; }
        /// <summary>
        /// What to say.
        /// </summary>
        [ApiMember(Description="What to say.")]
        public virtual Message? Message { get; set; }
        /// <summary>
        /// Short for <c>message.body</c>.
        /// </summary>
        [ApiMember(Description="Short for `message.body`.")]
        public virtual string? Body { get; set; }
        /// <summary>
        /// Short for <c>message.title</c>.
        /// </summary>
        [ApiMember(Description="Short for `message.title`.")]
        public virtual string? Title { get; set; }
        /// <summary>
        /// Short for <c>message.badge</c>.
        /// </summary>
        [ApiMember(Description="Short for `message.badge`.")]
        public virtual int? Badge { get; set; }
        /// <summary>
        /// Short for <c>message.sound</c>.
        /// </summary>
        [ApiMember(Description="Short for `message.sound`.")]
        public virtual string? Sound { get; set; }
        /// <summary>
        /// Short for <c>message.data</c>.
        /// </summary>
        [ApiMember(Description="Short for `message.data`.")]
        public virtual Dictionary<string, object?>? Data { get; set; }
        /// <summary>
        /// How long to try, and how long the gateway is told to keep it; <c>PT0S</c> is one attempt.
        /// </summary>
        [ApiMember(Description="How long to try, and how long the gateway is told to keep it; `PT0S` is one attempt.")]
        public virtual TimeSpan? Ttl { get; set; }
        /// <summary>
        /// Until when to try, instead of <c>ttl</c>.
        /// </summary>
        [ApiMember(Description="Until when to try, instead of `ttl`.")]
        public virtual DateTimeOffset? ExpiresAt { get; set; }
        /// <summary>
        /// What becomes of it when it may or may not have been sent; <c>resend</c> unless given.
        /// </summary>
        [ApiMember(Description="What becomes of it when it may or may not have been sent; `resend` unless given.")]
        public virtual OnUnknown? OnUnknown { get; set; }
        /// <summary>
        /// A repeat with the same key within 24 hours answers the first notification.
        /// </summary>
        [ApiMember(Description="A repeat with the same key within 24 hours answers the first notification.")]
        public virtual string? IdempotencyKey { get; set; }
        /// <summary>
        /// How long to wait for the outcome before answering, at most <c>PT30S</c>.
        /// </summary>
        [ApiMember(Description="How long to wait for the outcome before answering, at most `PT30S`.")]
        public virtual TimeSpan? Wait { get; set; }
    }

    /// <summary>
    /// Logout: detaches the user from the device, sends it nothing more, and leaves a mark that refuses registrations that come
    /// late.
    /// </summary>
    /// <remarks>
    /// Either provider and registrationId, or userId for all of a user's devices. Unknown tokens are answered with 204 too.
    /// </remarks>
    [Route("/devices/unregister", "POST")]
    [Api(Description="Logout: detaches the user from the device, sends it nothing more, and leaves a mark that refuses registrations that come late.")]
    public partial class UnregisterDevice
        : IReturnVoid, IPost
    {
        /// <summary>
        /// The app; the key's app unless given.
        /// </summary>
        [ApiMember(Description="The app; the key's app unless given.")]
        public virtual string? AppId { get; set; }
        /// <summary>
        /// The provider's name.
        /// </summary>
        [ApiMember(Description="The provider's name.")]
        public virtual string? Provider { get; set; }
        /// <summary>
        /// The gateway's token.
        /// </summary>
        [ApiMember(Description="The gateway's token.")]
        public virtual string? RegistrationId { get; set; }
        /// <summary>
        /// All of this user's devices.
        /// </summary>
        [ApiMember(Description="All of this user's devices.")]
        public virtual string? UserId { get; set; }
        /// <summary>
        /// The client's clock or counter when the user logged out.
        /// </summary>
        [ApiMember(Description="The client's clock or counter when the user logged out.")]
        public virtual long? Sequence { get; set; }
    }

    /// <summary>
    /// Changes what is given and leaves the rest. Does not count as registering.
    /// </summary>
    [Route("/devices/{Id}", "PATCH")]
    [Route("/device/{Provider}/{RegistrationId*}", "PATCH")]
    [Api(Description="Changes what is given and leaves the rest. Does not count as registering.")]
    public partial class UpdateDevice
        : DeviceMembers, IReturn<Device>, IPatch
    {
        /// <summary>
        /// PushHost's id; else provider and registrationId name the device.
        /// </summary>
        [ApiMember(Description="PushHost's id; else provider and registrationId name the device.")]
        public virtual long? Id { get; set; }
        /// <summary>
        /// The device's new token.
        /// </summary>
        [ApiMember(Description="The device's new token.")]
        public virtual string? NewRegistrationId { get; set; }
        /// <summary>
        /// Members to clear, such as <c>userId</c> or <c>tags</c>.
        /// </summary>
        [ApiMember(Description="Members to clear, such as `userId` or `tags`.")]
        public virtual List<string>? Reset { get; set; }
    }

    /// <summary>
    /// What became of held verdicts.
    /// </summary>
    public partial class VerdictReport
    {
        /// <summary>
        /// Devices that were switched off.
        /// </summary>
        public virtual long Applied { get; set; }
        /// <summary>
        /// Verdicts without effect: the phone has registered since, has another token, or is off already.
        /// </summary>
        public virtual long Outlived { get; set; }
        /// <summary>
        /// Verdicts that were forgotten.
        /// </summary>
        public virtual long Discarded { get; set; }
    }

    /// <summary>
    /// Streams a notification's progress as server-sent events (<c>text/event-stream</c>) until it has ended.
    /// </summary>
    /// <remarks>
    /// Each event is named <c>counts</c> and carries the notification as JSON: one at once, one whenever something changed, at
    /// most four a second, and the last one, with the id <c>end</c>, when every recipient has its outcome. A browser that comes
    /// again after that is told to stay away with 204.
    /// </remarks>
    [Route("/notifications/{Id}/events", "GET")]
    [Api(Description="Streams a notification's progress as server-sent events (`text/event-stream`) until it has ended.")]
    public partial class WatchNotification
        : IReturn<byte[]>, IGet
    {
        /// <summary>
        /// The app; the key's app unless given.
        /// </summary>
        [ApiMember(Description="The app; the key's app unless given.")]
        public virtual string? AppId { get; set; }
        /// <summary>
        /// PushHost's id.
        /// </summary>
        [ApiMember(Description="PushHost's id.", IsRequired=true)]
        public virtual long Id { get; set; }
    }
}
