/* Options:
Version: 10.15
Tip: To override a DTO option, remove "//" prefix before updating

//MakePropertiesOptional: False
//AddServiceStackTypes: True
//AddResponseStatus: False
//AddImplicitVersion:
//AddDescriptionAsComments: True
//IncludeTypes:
//ExcludeTypes:
*/

export interface IReturn<T>
{
    createResponse(): T;
}

export interface IReturnVoid
{
    createResponse(): void;
}

export interface IDelete
{
}

export interface IGet
{
}

export interface IPatch
{
}

export interface IPost
{
}

export interface IPut
{
}

/** What became of a delivery. Every recipient ends in exactly one of the others than `pending`. */
export enum DeliveryOutcome
{
    /** Never sent. */
    Unspecified = 'unspecified',
    /** Not decided yet. */
    Pending = 'pending',
    /** Taken by the gateway. */
    Accepted = 'accepted',
    /** Refused for good. */
    Failed = 'failed',
    /** Its time ran out. */
    Expired = 'expired',
    /** Not sent on purpose. */
    Suppressed = 'suppressed',
    /** The gateway may or may not have taken it. */
    Unknown = 'unknown',
}

/** Whether messages are sent to a device. */
export enum DeviceState
{
    /** Never sent. */
    Unspecified = 'unspecified',
    /** Messages are sent to it. */
    Active = 'active',
    /** A gateway doubts its token; nothing is sent until it registers again or is restored. */
    Quarantined = 'quarantined',
    /** Nothing is sent to it. */
    Inactive = 'inactive',
}

/** Which queue a notification stands in. Each lane has its own share of the gateways, so that none waits behind another. */
export enum Lane
{
    /** Never sent. */
    Unspecified = 'unspecified',
    /** Somebody waits for it: a code, a chat message. */
    Transactional = 'transactional',
    /** To a list of people. */
    Normal = 'normal',
    /** A campaign. */
    Bulk = 'bulk',
}

/** How far a notification has come. */
export enum NotificationState
{
    /** Never sent. */
    Unspecified = 'unspecified',
    /** Waits for its time. */
    Scheduled = 'scheduled',
    /** Accepted; its audience is not counted yet. */
    Queued = 'queued',
    /** Its audience is being counted; sending has begun. */
    Planning = 'planning',
    /** Its audience is counted and being sent to. */
    Sending = 'sending',
    /** Every recipient has an outcome. */
    Completed = 'completed',
    /** A caller stopped it, and every recipient has an outcome. */
    Cancelled = 'cancelled',
    /** Its audience could not be counted while its time lasted; see its error. */
    Failed = 'failed',
}

/**
 * What becomes of a recipient that may or may not have been sent to: the gateway did not answer, or the host died before
 * it could write the answer down.
 */
export enum OnUnknown
{
    /** Never sent. */
    Unspecified = 'unspecified',
    /** It is sent again, and may be shown twice. */
    Resend = 'resend',
    /** It ends unknown, and may never be shown. */
    Stop = 'stop',
}

/** How urgent a message is to the phone. */
export enum Priority
{
    /** Never sent. */
    Unspecified = 'unspecified',
    /** Show it now. */
    High = 'high',
    /** May wait until the phone wakes anyway. */
    Normal = 'normal',
}

/** Whether a gateway plugin works. */
export enum ProviderState
{
    /** Never sent. */
    Unspecified = 'unspecified',
    /** Loaded, and a credential is set. */
    Ready = 'ready',
    /** Loaded, but no app has a credential for it. */
    NoCredential = 'noCredential',
    /** Could not be loaded; see its error. */
    Failed = 'failed',
}

/** Raw members for APNs. */
export class ApnsOverrides
{
    /** The push type, such as `voip` or `liveactivity`. */
    public pushType?: string;
    /** Headers by name, such as `apns-priority`. */
    public headers?: { [index: string]: string; };
    /** Members of `aps`. */
    public aps?: { [index: string]: any; };
    /** Members beside `aps`. */
    public payload?: { [index: string]: any; };

    public constructor(init?: Partial<ApnsOverrides>)
    {
        Object.assign(this, init);
    }
}

/** Does to devices what the verdicts that a send holds say of them. A phone that has registered since stays as it is. */
// @Route("/notifications/{Id}/verdicts/apply", "POST")
export class ApplyVerdicts implements IReturn<VerdictReport>, IPost
{
    /** The app; the key's app unless given. */
    public appId?: string;
    /** The notification's id. */
    public id?: number;
    /** Only those with this reason: the gateway's own word. */
    public reason?: string;

    public constructor(init?: Partial<ApplyVerdicts>)
    {
        Object.assign(this, init);
    }
    public getTypeName() { return 'ApplyVerdicts'; }
    public getMethod() { return 'POST'; }
    public createResponse() { return new VerdictReport(); }
}

/**
 * Whom to tell. The lists are added together; `tags`, `providers` and `lastSeenWithin` narrow. `all`, `tags` or at least
 * one list is required. What matches nobody is not counted.
 */
export class Audience
{
    /** Devices by PushHost's id. */
    public ids?: number[];
    /** Devices by provider and token. */
    public registrationIds?: ProviderRegistration[];
    /** All devices of these users. */
    public userIds?: string[];
    /** All tokens of these installations. */
    public deviceIds?: string[];
    /** A tag expression such as `sports && (en || fr) && !muted`, at most 20 terms. */
    public tags?: string;
    /** Only through these providers. */
    public providers?: string[];
    /** Only devices seen within this time. */
    public lastSeenWithin?: string;
    /** Every device of the app; not together with the lists. */
    public all?: boolean;

    public constructor(init?: Partial<Audience>)
    {
        Object.assign(this, init);
    }
}

/**
 * Stops a notification: what is not sent yet becomes `suppressed` with the reason `cancelled`; what is in flight ends as
 * its gateway says.
 *
 * Answers the notification, which is `cancelled` once every recipient has its outcome. One that has ended already stays as
 * it is, and cancelling twice is the same as once.
 */
// @Route("/notifications/{Id}/cancel", "POST")
export class CancelNotification implements IReturn<Notification>, IPost
{
    /** The app; the key's app unless given. */
    public appId?: string;
    /** PushHost's id. */
    public id!: number;

    public constructor(init?: Partial<CancelNotification>)
    {
        Object.assign(this, init);
    }
    public getTypeName() { return 'CancelNotification'; }
    public getMethod() { return 'POST'; }
    public createResponse() { return new Notification(); }
}

/** Names one device, by PushHost's id or by provider and token. */
export abstract class DeviceAddress
{
    /** The app; the key's app unless given. */
    public appId?: string;
    /** PushHost's id. */
    public id?: number;
    /** The provider's name. */
    public provider?: string;
    /** The gateway's token. */
    public registrationId?: string;

    public constructor(init?: Partial<DeviceAddress>)
    {
        Object.assign(this, init);
    }
}

/** Deletes one device. Delete by token leaves a mark that refuses late registrations. */
// @Route("/devices/{Id}", "DELETE")
// @Route("/device/{Provider}/{RegistrationId*}", "DELETE")
export class DeleteDevice extends DeviceAddress implements IReturnVoid, IDelete
{

    public constructor(init?: Partial<DeleteDevice>)
    {
        super(init);
        Object.assign(this, init);
    }
    public getTypeName() { return 'DeleteDevice'; }
    public getMethod() { return 'DELETE'; }
    public createResponse() { }
}

/** One notification for one recipient. */
export class Delivery
{
    /** The notification. */
    public notificationId!: number;
    /** The device's id. */
    public device!: number;
    /** The provider's name. */
    public provider?: string;
    /** The topic, condition or channel, where the recipient is not a device. */
    public target?: string;
    /** What became of it. */
    public outcome!: DeliveryOutcome;
    /** The gateway's own word. */
    public reason?: string;
    /** The id under which the gateway knows it. */
    public gatewayMessageId?: string;
    /** How often it was tried. */
    public attempts!: number;
    /** When it was decided. */
    public completedAt?: string;

    public constructor(init?: Partial<Delivery>)
    {
        Object.assign(this, init);
    }
}

/**
 * One registration of one installation of an app: what can be pushed to. Unique by app, provider and registration token.
 *
 * A phone's own key, with the scope `register`, is told `id` and `provider` alone.
 */
export class Device
{
    /** PushHost's own id. */
    public id!: number;
    /** The app it belongs to. */
    public appId?: string;
    /** The provider's name, such as `apns`. */
    public provider?: string;
    /** Which of the installation's tokens this is: `alert` unless the client said otherwise. */
    public kind?: string;
    /** The gateway's token in the provider's canonical form. */
    public registrationId?: string;
    /** The client's own id of the installation. */
    public deviceId?: string;
    /** A name for people. */
    public name?: string;
    /** Whose device it is. */
    public userId?: string;
    /** Whether messages are sent to it: `state` is `active`. */
    public isActive?: boolean;
    /** Whether messages are sent to it, and if not, in which way it rests. */
    public state?: DeviceState;
    /** Why it is not active: the gateway's own word, `caller`, `logout`, `replaced` or `notSeen`. */
    public deactivationReason?: string;
    /** Since when it is not active. */
    public deactivatedAt?: string;
    /** The id of the device that took its place. */
    public replacedBy?: number;
    /** What the device is tagged with, in alphabetical order. */
    public tags?: string[];
    /** The BCP 47 tag of the phone's language. */
    public locale?: string;
    /** The IANA name of the phone's time zone. */
    public timeZone?: string;
    /** The gateway's environment that the token belongs to, such as `sandbox`; absent for the credential's own. */
    public environment?: string;
    /** The installed app's bundle id or package name. */
    public bundleId?: string;
    /** The installed app's version. */
    public appVersion?: string;
    /** The caller's own members. */
    public attributes?: { [index: string]: any; };
    /** When PushHost first heard of it. */
    public createdAt?: string;
    /** When the phone last registered. Only registering moves it; absent for an imported device that never registered here. */
    public registeredAt?: string;
    /** When the app was last seen in use. */
    public lastSeenAt?: string;
    /** When the gateway last took a message for it; moves at most once a day. */
    public lastAcceptedAt?: string;

    public constructor(init?: Partial<Device>)
    {
        Object.assign(this, init);
    }
}

/** What every request for a list can say. */
export abstract class QueryBase
{
    /** How many entries to pass over. Null is none. */
    public skip?: number;
    /** How many entries to answer: 1 to 1,000; null is 100. */
    public take?: number;
    /** Keyset paging for long lists: only entries that follow the one with this id. */
    public after?: number;
    /** The field to order by, of those that the list names; a minus turns it round, such as `-createdAt`. */
    public orderBy?: string;
    /** As `orderBy`, the largest first; one of the two is enough. */
    public orderByDesc?: string;
    /** `total` asks for the number of entries in all. */
    public include?: string;

    public constructor(init?: Partial<QueryBase>)
    {
        Object.assign(this, init);
    }
}

/** Which devices are meant; all conditions hold together. */
export abstract class DeviceFilter extends QueryBase
{
    /** The app; the key's app unless given. */
    public appId?: string;
    /** Only these ids. */
    public ids?: number[];
    /** Only this provider's. */
    public provider?: string;
    /** Only this kind. */
    public kind?: string;
    /** Only this user's. */
    public userId?: string;
    /** Only this installation's. */
    public deviceId?: string;
    /** Only this token. */
    public registrationId?: string;
    /** Only in this state. */
    public state?: DeviceState;
    /** Only active ones, or only those that are not. */
    public isActive?: boolean;
    /** A tag expression with `&&`, `||`, `!` and parentheses, at most 20 terms. */
    public tags?: string;
    /** Part of the name or user, or the start of the token. */
    public search?: string;
    /** Registered before this moment. */
    public registeredBefore?: string;
    /** Registered at or after this moment. */
    public registeredAfter?: string;
    /** Last seen before this moment. */
    public seenBefore?: string;
    /** Last seen at or after this moment. */
    public seenAfter?: string;

    public constructor(init?: Partial<DeviceFilter>)
    {
        super(init);
        Object.assign(this, init);
    }
}

/** What a caller can say about a device. */
export abstract class DeviceMembers
{
    /** The app; the key's app unless given. */
    public appId?: string;
    /** The provider's name, such as `apns`. */
    public provider?: string;
    /** The gateway's token as the phone received it. APNs: hexadecimal; FCM: 1 to 4,096 printable characters. */
    public registrationId?: string;
    /** Which of the installation's tokens this is, at most 40 characters; a new device is `alert`. */
    public kind?: string;
    /** The client's own id of the installation, at most 255 characters. */
    public deviceId?: string;
    /** A name for people, at most 255 characters. */
    public name?: string;
    /** Whose device it is, at most 255 characters. */
    public userId?: string;
    /** False keeps the device and sends it nothing. Null leaves it as it is; a new device is active. */
    public isActive?: boolean;
    /** At most 100 tags of `[A-Za-z0-9_.:@#-]{1,120}`. */
    public tags?: string[];
    /** The BCP 47 tag of the phone's language, such as `pt-BR`. */
    public locale?: string;
    /**
     * The IANA name of the phone's time zone, such as `Europe/Lisbon`; phones that have none say an offset, such as
     * `GMT+02:00`.
     */
    public timeZone?: string;
    /** The gateway's environment that the token belongs to, such as `sandbox`; null for the credential's own. */
    public environment?: string;
    /** The installed app's bundle id or package name, at most 255 characters. */
    public bundleId?: string;
    /** The installed app's version, at most 64 characters. */
    public appVersion?: string;
    /** The caller's own members, at most 4 KB of JSON. */
    public attributes?: { [index: string]: any; };
    /** What the gateway needs beside the token, at most 4 KB of JSON; never shown again. */
    public providerData?: { [index: string]: any; };
    /** When the app was last seen in use. */
    public lastSeenAt?: string;

    public constructor(init?: Partial<DeviceMembers>)
    {
        Object.assign(this, init);
    }
}

/** Forgets the verdicts that a send holds; the devices stay as they are. */
// @Route("/notifications/{Id}/verdicts/discard", "POST")
export class DiscardVerdicts implements IReturn<VerdictReport>, IPost
{
    /** The app; the key's app unless given. */
    public appId?: string;
    /** The notification's id. */
    public id?: number;
    /** Only those with this reason: the gateway's own word. */
    public reason?: string;

    public constructor(init?: Partial<DiscardVerdicts>)
    {
        Object.assign(this, init);
    }
    public getTypeName() { return 'DiscardVerdicts'; }
    public getMethod() { return 'POST'; }
    public createResponse() { return new VerdictReport(); }
}

/** The body of every answer with a status of 400 or more. */
export class ErrorResponse
{
    /** What went wrong. */
    public responseStatus!: ResponseStatus;

    public constructor(init?: Partial<ErrorResponse>)
    {
        Object.assign(this, init);
    }
}

/**
 * Streams devices in the form that ImportDevices takes, in order of their id.
 *
 * Lines carry the id, so that a stream that broke off is taken up again with `after`; skip, take and orderBy are refused.
 * `isActive` is only written where it is false, so that importing an export never wakes a device that died meanwhile.
 */
// @Route("/devices/export", "GET")
export class ExportDevices extends DeviceFilter implements IReturn<Uint8Array>, IGet
{
    /** `ndjson` (unless given) or `csv`. */
    public format?: string;

    public constructor(init?: Partial<ExportDevices>)
    {
        super(init);
        Object.assign(this, init);
    }
    public getTypeName() { return 'ExportDevices'; }
    public getMethod() { return 'GET'; }
    public createResponse() { return new Uint8Array(0); }
}

/** Answers one device by its token, which stays out of the URL. */
// @Route("/devices/find", "POST")
export class FindDevice implements IReturn<Device>, IPost
{
    /** The app; the key's app unless given. */
    public appId?: string;
    /** The provider's name. */
    public provider!: string;
    /** The gateway's token. */
    public registrationId!: string;

    public constructor(init?: Partial<FindDevice>)
    {
        Object.assign(this, init);
    }
    public getTypeName() { return 'FindDevice'; }
    public getMethod() { return 'POST'; }
    public createResponse() { return new Device(); }
}

/** Raw members for FCM. */
export class GcmOverrides
{
    /** Members of the FCM message, such as `android`; no target. */
    public message?: { [index: string]: any; };

    public constructor(init?: Partial<GcmOverrides>)
    {
        Object.assign(this, init);
    }
}

/** Answers one device. */
// @Route("/devices/{Id}", "GET")
// @Route("/device/{Provider}/{RegistrationId*}", "GET")
export class GetDevice extends DeviceAddress implements IReturn<Device>, IGet
{

    public constructor(init?: Partial<GetDevice>)
    {
        super(init);
        Object.assign(this, init);
    }
    public getTypeName() { return 'GetDevice'; }
    public getMethod() { return 'GET'; }
    public createResponse() { return new Device(); }
}

/** Answers one notification. */
// @Route("/notifications/{Id}", "GET")
export class GetNotification implements IReturn<Notification>, IGet
{
    /** The app; the key's app unless given. */
    public appId?: string;
    /** PushHost's id. */
    public id!: number;

    public constructor(init?: Partial<GetNotification>)
    {
        Object.assign(this, init);
    }
    public getTypeName() { return 'GetNotification'; }
    public getMethod() { return 'GET'; }
    public createResponse() { return new Notification(); }
}

/** A verdict over a device that waits for an operator. */
export class HeldVerdict
{
    /** The device's id. */
    public device!: number;
    /** What the device would become. */
    public state!: DeviceState;
    /** The gateway's own word. */
    public reason?: string;
    /**
     * Since when the token is dead, as far as the gateway says, or else when it was asked. A registration after that outlives
     * the verdict.
     */
    public since?: string;
    /** When the verdict was held. */
    public heldAt?: string;

    public constructor(init?: Partial<HeldVerdict>)
    {
        Object.assign(this, init);
    }
}

/**
 * Takes devices line by line from a body of `application/x-ndjson` or `text/csv` of any length.
 *
 * Lines carry the members of RegisterDevice (CSV: a header line with their names, tags separated by spaces, attributes as
 * JSON). Known tokens are updated. A bad line is reported and passed over. Importing does not count as registering.
 */
// @Route("/devices/import", "POST")
export class ImportDevices implements IReturn<ImportReport>, IPost
{
    /** The app; the key's app unless given. */
    public appId?: string;

    public constructor(init?: Partial<ImportDevices>)
    {
        Object.assign(this, init);
    }
    public getTypeName() { return 'ImportDevices'; }
    public getMethod() { return 'POST'; }
    public createResponse() { return new ImportReport(); }
}

/** What was wrong with a line. */
export class ImportError
{
    /** The line's number, from 1; a CSV header is line 1. */
    public line!: number;
    /** A word that programs decide by, such as `NotEmpty`. */
    public errorCode?: string;
    /** The member, what was wrong with it and what would be right. */
    public message?: string;

    public constructor(init?: Partial<ImportError>)
    {
        Object.assign(this, init);
    }
}

/** What became of an import. */
export class ImportReport
{
    /** Lines that held a device, good or bad. */
    public read!: number;
    /** Devices that were new. */
    public created!: number;
    /** Devices that were known. */
    public updated!: number;
    /** Lines passed over. */
    public failed!: number;
    /** What was wrong with them: the first 1,000. */
    public errors!: ImportError[];

    public constructor(init?: Partial<ImportReport>)
    {
        Object.assign(this, init);
    }
}

/** What to say, in the members that gateways have in common. Each provider's README says what becomes of them. */
export class Message
{
    /** The title. */
    public title?: string;
    /** The line below the title, where the gateway carries one. */
    public subtitle?: string;
    /** The text; an empty one is no text. */
    public body?: string;
    /** The number on the app's icon, from 0, which removes it. */
    public badge?: number;
    /** The name of a sound, such as `default`. */
    public sound?: string;
    /** The URL of an image. */
    public imageUrl?: string;
    /** The app's own members; keys are kept as they are. */
    public data?: { [index: string]: any; };
    /** The set of actions to offer. */
    public category?: string;
    /** Groups messages that belong together. */
    public threadId?: string;
    /** A later message with the same id takes the place of an earlier one. APNs: at most 64 bytes. */
    public collapseId?: string;
    /** `high` unless given; a silent message is `normal`. */
    public priority?: Priority;
    /** Wakes the app and shows nothing; not together with title, body, sound, badge or high priority. */
    public silent?: boolean;
    /** Lets the app change the message before it is shown. */
    public mutableContent?: boolean;
    /** Raw members for APNs, merged over the common ones. */
    public apns?: ApnsOverrides;
    /** Raw members for FCM, merged over the common ones. */
    public gcm?: GcmOverrides;
    /** Raw members for other providers by their name, in the form that each one's README describes. */
    public overrides?: { [index: string]: any; };

    public constructor(init?: Partial<Message>)
    {
        Object.assign(this, init);
    }
}

/** What was to be said to whom, and how far it has come. */
export class Notification
{
    /** PushHost's id. */
    public id!: number;
    /** The app it belongs to. */
    public appId?: string;
    /** How far it has come. */
    public state!: NotificationState;
    /** Which of the app's queues it stands in. */
    public lane!: Lane;
    /** How many recipients ended how. They add up at every moment. */
    public counts!: NotificationCounts;
    /** When it was accepted. */
    public createdAt!: string;
    /** When sending is to begin; absent for at once. */
    public sendAt?: string;
    /** When sending began. */
    public startedAt?: string;
    /** When its last recipient had an outcome. */
    public completedAt?: string;
    /** Why its audience could not be counted; set with the state `failed`. */
    public error?: string;
    /** How many devices its verdicts switched off; absent for none. */
    public deactivated?: number;
    /**
     * How many verdicts over devices wait for an operator, since it would have switched off an abnormal share of its audience;
     * absent for none.
     */
    public heldVerdicts?: number;

    public constructor(init?: Partial<Notification>)
    {
        Object.assign(this, init);
    }
}

/** How many recipients ended how: `total` is always the sum of the others. */
export class NotificationCounts
{
    /** Whether the audience is counted; from then on `total` no longer grows. */
    public planned!: boolean;
    /** Recipients counted so far. */
    public total!: number;
    /** Not decided yet. */
    public pending!: number;
    /** Taken by the gateway. Whether the phone showed it is not known to any server. */
    public accepted!: number;
    /** Refused for good. */
    public failed!: number;
    /** Its time ran out before the gateway took it. */
    public expired!: number;
    /** Not sent, since the device was no longer active or no longer the same user's, or the notification was cancelled. */
    public suppressed!: number;
    /** The gateway may or may not have taken it. */
    public unknown!: number;

    public constructor(init?: Partial<NotificationCounts>)
    {
        Object.assign(this, init);
    }
}

/** One gateway plugin. */
export class ProviderInfo
{
    /** The provider's name, or its folder's when it could not say one. */
    public name?: string;
    /** The plugin's version. */
    public version?: string;
    /** The folder below the plugin folder that it was loaded from. */
    public folder?: string;
    /** Whether it works. */
    public state!: ProviderState;
    /** Why it does not. */
    public error?: string;

    public constructor(init?: Partial<ProviderInfo>)
    {
        Object.assign(this, init);
    }
}

/** A device by its token. */
export class ProviderRegistration
{
    /** The provider's name. */
    public provider!: string;
    /** The gateway's token. */
    public registrationId!: string;

    public constructor(init?: Partial<ProviderRegistration>)
    {
        Object.assign(this, init);
    }
}

/**
 * Clears up devices that nobody uses any more. All conditions hold together; `inactiveFor`, `notSeenFor` or `probe` is
 * required.
 *
 * Active devices are switched off, with the reason `notSeen` or the gateway's own word; devices that are off already are
 * only counted. With `delete` both are deleted. A large prune goes on in small steps; what was done when a caller gives up
 * stays done.
 */
// @Route("/devices/prune", "POST")
export class PruneDevices implements IReturn<PruneReport>, IPost
{
    /** The app; the key's app unless given. */
    public appId?: string;
    /** Only devices that are not active for at least so long, and were not seen in that time either. */
    public inactiveFor?: string;
    /**
     * Only devices that were last seen at least so long ago; a device that was never seen counts from its registration, else
     * from when it came to PushHost. Without `delete` only active ones.
     */
    public notSeenFor?: string;
    /** Only this provider's. */
    public provider?: string;
    /**
     * Asks the gateway about each device without delivering anything, and prunes only those whose token it calls dead; where
     * it merely doubts the token, an active device is quarantined. Devices whose gateway cannot be asked are left alone.
     */
    public probe?: boolean;
    /** Deletes instead of switching off. */
    public delete?: boolean;
    /** Changes nothing, and answers what would be done. */
    public dryRun?: boolean;
    /** To do it in steps: only devices with a higher id. */
    public after?: number;
    /** To do it in steps: at most so many devices are examined; the answer's `last` says where to go on. */
    public take?: number;

    public constructor(init?: Partial<PruneDevices>)
    {
        Object.assign(this, init);
    }
    public getTypeName() { return 'PruneDevices'; }
    public getMethod() { return 'POST'; }
    public createResponse() { return new PruneReport(); }
}

/** What became of a prune. */
export class PruneReport
{
    /** Devices that the conditions selected, and with `probe` that the gateway was asked about. */
    public examined!: number;
    /** Devices that were switched off or quarantined. */
    public deactivated!: number;
    /** Devices that were deleted. */
    public deleted!: number;
    /** With `probe`: devices about which the gateway gave no word, though asked again; they are left alone. */
    public undecided?: number;
    /** The last device of this step, where there may be more; absent at the end. */
    public last?: number;

    public constructor(init?: Partial<PruneReport>)
    {
        Object.assign(this, init);
    }
}

/**
 * Lists what became of each recipient of a notification (by device id), or of a device's notifications (the newest first).
 *
 * Page with `after`: the last device's id, or the last notification's.
 */
// @Route("/notifications/{NotificationId}/deliveries", "GET")
// @Route("/devices/{Device}/deliveries", "GET")
export class QueryDeliveries extends QueryBase implements IReturn<QueryResponse<Delivery>>, IGet
{
    /** The app; the key's app unless given. */
    public appId?: string;
    /** The notification. */
    public notificationId?: number;
    /** The device. */
    public device?: number;
    /** Only with this outcome. */
    public outcome?: DeliveryOutcome;
    /** Only with this reason: the gateway's own word. */
    public reason?: string;

    public constructor(init?: Partial<QueryDeliveries>)
    {
        super(init);
        Object.assign(this, init);
    }
    public getTypeName() { return 'QueryDeliveries'; }
    public getMethod() { return 'GET'; }
    public createResponse() { return new QueryResponse<Delivery>(); }
}

/** Lists devices by id, or as `orderBy` says (`id`, `createdAt`, `registeredAt`, `lastSeenAt`). */
// @Route("/devices", "GET")
// @Route("/device/{Provider}", "GET")
export class QueryDevices extends DeviceFilter implements IReturn<QueryResponse<Device>>, IGet
{

    public constructor(init?: Partial<QueryDevices>)
    {
        super(init);
        Object.assign(this, init);
    }
    public getTypeName() { return 'QueryDevices'; }
    public getMethod() { return 'GET'; }
    public createResponse() { return new QueryResponse<Device>(); }
}

/**
 * Lists the verdicts over devices that a send was kept from acting on, since it would have switched off an abnormal share
 * of its audience.
 *
 * By device; page with `after`, the last device's id.
 */
// @Route("/notifications/{Id}/verdicts", "GET")
export class QueryHeldVerdicts extends QueryBase implements IReturn<QueryResponse<HeldVerdict>>, IGet
{
    /** The app; the key's app unless given. */
    public appId?: string;
    /** The notification's id. */
    public id?: number;
    /** Only with this reason: the gateway's own word. */
    public reason?: string;

    public constructor(init?: Partial<QueryHeldVerdicts>)
    {
        super(init);
        Object.assign(this, init);
    }
    public getTypeName() { return 'QueryHeldVerdicts'; }
    public getMethod() { return 'GET'; }
    public createResponse() { return new QueryResponse<HeldVerdict>(); }
}

/** Lists notifications, the newest first unless `orderBy` says `id`. */
// @Route("/notifications", "GET")
export class QueryNotifications extends QueryBase implements IReturn<QueryResponse<Notification>>, IGet
{
    /** The app; the key's app unless given. */
    public appId?: string;
    /** Only in this state. */
    public state?: NotificationState;
    /** Only in this lane. */
    public lane?: Lane;
    /** Accepted at or after this moment. */
    public createdAfter?: string;
    /** Accepted before this moment. */
    public createdBefore?: string;

    public constructor(init?: Partial<QueryNotifications>)
    {
        super(init);
        Object.assign(this, init);
    }
    public getTypeName() { return 'QueryNotifications'; }
    public getMethod() { return 'GET'; }
    public createResponse() { return new QueryResponse<Notification>(); }
}

/** Lists the gateway plugins, those that could not be loaded included. */
// @Route("/providers", "GET")
export class QueryProviders extends QueryBase implements IReturn<QueryResponse<ProviderInfo>>, IGet
{

    public constructor(init?: Partial<QueryProviders>)
    {
        super(init);
        Object.assign(this, init);
    }
    public getTypeName() { return 'QueryProviders'; }
    public getMethod() { return 'GET'; }
    public createResponse() { return new QueryResponse<ProviderInfo>(); }
}

/** A page of a list. */
export class QueryResponse<T>
{
    /** How many entries were skipped before the first of `results`. */
    public offset!: number;
    /** How many entries match in all; only given when asked for with `include=total`. */
    public total?: number;
    /** The entries; empty, never null. */
    public results!: T[];

    public constructor(init?: Partial<QueryResponse<T>>)
    {
        Object.assign(this, init);
    }
}

/**
 * Registers an installation of an app, or refreshes what is known of it. Answers the device: 201 when it is new, else 200.
 *
 * Absent members keep their value. A token that belonged to another user moves to this one, without the other's name, tags
 * and attributes. It reactivates a device that a gateway's verdict or a logout switched off, and one that a caller
 * switched off only with `isActive: true`. A new token with a known `deviceId` takes the old one's place. With the scope
 * `register` the answer holds only `id` and `provider` and is always 200.
 */
// @Route("/devices", "POST")
// @Route("/device/{Provider}", "POST")
export class RegisterDevice extends DeviceMembers implements IReturn<Device>, IPost
{
    /** The client's clock or counter when the user acted. A registration not above a logout's is 409 and changes nothing. */
    public sequence?: number;

    public constructor(init?: Partial<RegisterDevice>)
    {
        super(init);
        Object.assign(this, init);
    }
    public getTypeName() { return 'RegisterDevice'; }
    public getMethod() { return 'POST'; }
    public createResponse() { return new Device(); }
}

/** Sets every member that a caller can set; what is absent is cleared. Does not count as registering. */
// @Route("/devices/{Id}", "PUT")
// @Route("/device/{Provider}/{RegistrationId*}", "PUT")
export class ReplaceDevice extends DeviceMembers implements IReturn<Device>, IPut
{
    /** PushHost's id; else provider and registrationId name the device. */
    public id?: number;
    /** The device's new token. */
    public newRegistrationId?: string;

    public constructor(init?: Partial<ReplaceDevice>)
    {
        super(init);
        Object.assign(this, init);
    }
    public getTypeName() { return 'ReplaceDevice'; }
    public getMethod() { return 'PUT'; }
    public createResponse() { return new Device(); }
}

/** What is wrong with one field of a request. */
export class ResponseError
{
    /** A word that programs decide by, such as `NotEmpty`. */
    public errorCode!: string;
    /** The field's camelCase path, such as `message.badge`. Never null. */
    public fieldName!: string;
    /** A sentence for people. */
    public message?: string;
    /** Further facts by name, such as a limit and what was given. */
    public meta?: { [index: string]: string; };

    public constructor(init?: Partial<ResponseError>)
    {
        Object.assign(this, init);
    }
}

/** What went wrong, in the shape that every typed ServiceStack client reads. */
export class ResponseStatus
{
    /** A word that programs decide by, such as `ValidationException`. Never empty. */
    public errorCode!: string;
    /** A sentence for people: what was wrong and what would be right. */
    public message?: string;
    /** One entry per field that is wrong; absent when no field is to blame. */
    public errors?: ResponseError[];
    /** Further facts by name, such as the trace id of an internal error. */
    public meta?: { [index: string]: string; };

    public constructor(init?: Partial<ResponseStatus>)
    {
        Object.assign(this, init);
    }
}

/**
 * Makes devices active again that are not; all conditions hold together, and at least one is required.
 *
 * By `ids` any deactivation is undone. Without them only what a gateway's verdict, quarantine or a prune did: what a
 * caller switched off, who logged out and whose token was replaced stays so. A large restore goes on in small steps; what
 * was done when a caller gives up stays done.
 */
// @Route("/devices/restore", "POST")
export class RestoreDevices implements IReturn<RestoreReport>, IPost
{
    /** The app; the key's app unless given. */
    public appId?: string;
    /** Only these ids, at most 50,000. */
    public ids?: number[];
    /** Only those that are not active since this moment or a later one. */
    public deactivatedSince?: string;
    /** Only those with this reason, such as `BadDeviceToken`. */
    public reason?: string;
    /** Only those that this notification's verdicts switched off. */
    public notificationId?: number;
    /** To do it in steps: only devices with a higher id. */
    public after?: number;
    /** To do it in steps: at most so many devices; the answer's `last` says where to go on. */
    public take?: number;

    public constructor(init?: Partial<RestoreDevices>)
    {
        Object.assign(this, init);
    }
    public getTypeName() { return 'RestoreDevices'; }
    public getMethod() { return 'POST'; }
    public createResponse() { return new RestoreReport(); }
}

/** What became of a restore. */
export class RestoreReport
{
    /** Devices that are active again. */
    public restored!: number;
    /** The last device of this step, where there may be more; absent at the end. */
    public last?: number;

    public constructor(init?: Partial<RestoreReport>)
    {
        Object.assign(this, init);
    }
}

/**
 * Tells devices something. Answers 202 once it is stored durably, or 200 with the final counts when `wait` was given and
 * it ended in time.
 */
// @Route("/notifications", "POST")
export class SendNotification implements IReturn<Notification>, IPost
{
    /** The app; the key's app unless given. */
    public appId?: string;
    /** Whom to tell. */
    public to!: Audience;
    /** What to say. */
    public message!: Message;
    /** When to begin, at most a year ahead; at once unless given, or when it is over. The audience is who belongs to it then. */
    public sendAt?: string;
    /**
     * How long to try from `sendAt` or from now, and how long the gateway is told to keep it, at most 28 days; `PT0S` is one
     * attempt, not stored by the gateway.
     */
    public ttl?: string;
    /** Until when to try, at most 28 days after it begins; with `ttl` too, whichever is earlier. */
    public expiresAt?: string;
    /**
     * How urgent it is among the app's other notifications; unless given, `transactional` for one device or user, `normal` for
     * lists, `bulk` for all or tags.
     */
    public lane?: Lane;
    /** At most so many recipients a minute, from 1 to 100,000,000; as many as the gateways take unless given. */
    public perMinute?: number;
    /** What becomes of a recipient that may or may not have been sent to; `resend` unless given. */
    public onUnknown?: OnUnknown;
    /**
     * True checks and counts only: answers what would be accepted, with id 0 and whom it would reach now, and stores and sends
     * nothing.
     */
    public dryRun?: boolean;
    /**
     * 1 to 255 printable characters. A repeat with the same key within 24 hours answers the first notification; another
     * request with it is 409.
     */
    public idempotencyKey?: string;
    /** How long to wait for the outcome before answering, at most `PT30S`. */
    public wait?: string;

    public constructor(init?: Partial<SendNotification>)
    {
        Object.assign(this, init);
    }
    public getTypeName() { return 'SendNotification'; }
    public getMethod() { return 'POST'; }
    public createResponse() { return new Notification(); }
}

/**
 * Sends to one device, which must be active (else 409).
 *
 * Takes a `message` or, for short, body, title, badge, sound and data at the top level; not both.
 */
// @Route("/devices/{Id}/send", "POST")
// @Route("/devices/send", "POST")
export class SendToDevice implements IReturn<Notification>, IPost
{
    /** The app; the key's app unless given. */
    public appId?: string;
    /** PushHost's id; else provider and registrationId name the device. */
    public id?: number;
    /** The provider's name. */
    public provider?: string;
    /** The gateway's token. */
    public registrationId?: string;
    /** What to say. */
    public message?: Message;
    /** Short for `message.body`. */
    public body?: string;
    /** Short for `message.title`. */
    public title?: string;
    /** Short for `message.badge`. */
    public badge?: number;
    /** Short for `message.sound`. */
    public sound?: string;
    /** Short for `message.data`. */
    public data?: { [index: string]: any; };
    /** How long to try, and how long the gateway is told to keep it; `PT0S` is one attempt. */
    public ttl?: string;
    /** Until when to try, instead of `ttl`. */
    public expiresAt?: string;
    /** What becomes of it when it may or may not have been sent; `resend` unless given. */
    public onUnknown?: OnUnknown;
    /** A repeat with the same key within 24 hours answers the first notification. */
    public idempotencyKey?: string;
    /** How long to wait for the outcome before answering, at most `PT30S`. */
    public wait?: string;

    public constructor(init?: Partial<SendToDevice>)
    {
        Object.assign(this, init);
    }
    public getTypeName() { return 'SendToDevice'; }
    public getMethod() { return 'POST'; }
    public createResponse() { return new Notification(); }
}

/**
 * Logout: detaches the user from the device, sends it nothing more, and leaves a mark that refuses registrations that come
 * late.
 *
 * Either provider and registrationId, or userId for all of a user's devices. Unknown tokens are answered with 204 too.
 */
// @Route("/devices/unregister", "POST")
export class UnregisterDevice implements IReturnVoid, IPost
{
    /** The app; the key's app unless given. */
    public appId?: string;
    /** The provider's name. */
    public provider?: string;
    /** The gateway's token. */
    public registrationId?: string;
    /** All of this user's devices. */
    public userId?: string;
    /** The client's clock or counter when the user logged out. */
    public sequence?: number;

    public constructor(init?: Partial<UnregisterDevice>)
    {
        Object.assign(this, init);
    }
    public getTypeName() { return 'UnregisterDevice'; }
    public getMethod() { return 'POST'; }
    public createResponse() { }
}

/** Changes what is given and leaves the rest. Does not count as registering. */
// @Route("/devices/{Id}", "PATCH")
// @Route("/device/{Provider}/{RegistrationId*}", "PATCH")
export class UpdateDevice extends DeviceMembers implements IReturn<Device>, IPatch
{
    /** PushHost's id; else provider and registrationId name the device. */
    public id?: number;
    /** The device's new token. */
    public newRegistrationId?: string;
    /** Members to clear, such as `userId` or `tags`. */
    public reset?: string[];

    public constructor(init?: Partial<UpdateDevice>)
    {
        super(init);
        Object.assign(this, init);
    }
    public getTypeName() { return 'UpdateDevice'; }
    public getMethod() { return 'PATCH'; }
    public createResponse() { return new Device(); }
}

/** What became of held verdicts. */
export class VerdictReport
{
    /** Devices that were switched off. */
    public applied!: number;
    /** Verdicts without effect: the phone has registered since, has another token, or is off already. */
    public outlived!: number;
    /** Verdicts that were forgotten. */
    public discarded!: number;

    public constructor(init?: Partial<VerdictReport>)
    {
        Object.assign(this, init);
    }
}

/**
 * Streams a notification's progress as server-sent events (`text/event-stream`) until it has ended.
 *
 * Each event is named `counts` and carries the notification as JSON: one at once, one whenever something changed, at most
 * four a second, and the last one, with the id `end`, when every recipient has its outcome. A browser that comes again
 * after that is told to stay away with 204.
 */
// @Route("/notifications/{Id}/events", "GET")
export class WatchNotification implements IReturn<Uint8Array>, IGet
{
    /** The app; the key's app unless given. */
    public appId?: string;
    /** PushHost's id. */
    public id!: number;

    public constructor(init?: Partial<WatchNotification>)
    {
        Object.assign(this, init);
    }
    public getTypeName() { return 'WatchNotification'; }
    public getMethod() { return 'GET'; }
    public createResponse() { return new Uint8Array(0); }
}
