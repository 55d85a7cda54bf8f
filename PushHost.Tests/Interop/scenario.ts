// What a back end or an admin page does through ServiceStack's own client and the types that the host generates: every operation, error and batch.
import { JsonServiceClient } from "@servicestack/client";
import * as dtos from "./dtos.js";

export interface Setting {
    url: string;
    /** A key that may do everything. */
    key: string;
    /** A key that may only send. */
    sendKey: string;
    /** Hexadecimal: begins every token, so that runs on one host don't meet. */
    prefix: string;
    /** Whether requests go to /json/reply instead of /api. */
    reply: boolean;
}

export interface Report {
    /** The operations that were called. */
    called: string[];
    /** What was not as it should be. */
    failures: string[];
}

interface Failed {
    responseStatus?: dtos.ResponseStatus;
}

export async function run(setting: Setting): Promise<Report> {
    const called = new Set<string>();
    const failures: string[] = [];
    let status = 0;

    function clientWith(key: string | null): JsonServiceClient {
        const client = new JsonServiceClient(setting.url);
        if (setting.reply) client.useBasePath();
        if (key) client.bearerToken = key;
        client.urlFilter = url => called.add(/\/(?:api|json\/reply|json\/oneway)\/(\w+)/.exec(url)![1]);
        client.responseFilter = answer => { status = answer.status; };
        return client;
    }

    function check(what: string, got: unknown, expected: unknown): void {
        if (JSON.stringify(got) !== JSON.stringify(expected))
            failures.push(`${what}: ${JSON.stringify(got)} instead of ${JSON.stringify(expected)}`);
    }

    async function refused(what: string, expectedStatus: number, errorCode: string, call: () => Promise<unknown>): Promise<dtos.ResponseStatus | undefined> {
        try {
            check(what, await call(), errorCode);
        } catch (problem) {
            const said = (problem as Failed).responseStatus;
            check(what, [status, said?.errorCode], [expectedStatus, errorCode]);
            return said;
        }
    }

    const client = clientWith(setting.key);
    const token = (end: string) => setting.prefix + end;
    const user = `user-${setting.prefix}`;

    // Devices.
    const device = await client.send(new dtos.RegisterDevice({
        provider: "apns", registrationId: token("01"), userId: user, tags: ["en", "sports"], attributes: { Plan: "gold" }, lastSeenAt: "2026-01-02T03:04:05Z",
    }));
    check("a registered device", [device.registrationId, device.state, device.tags, device.attributes, device.lastSeenAt],
        [token("01"), dtos.DeviceState.Active, ["en", "sports"], { Plan: "gold" }, "2026-01-02T03:04:05Z"]);
    const found = await client.send(new dtos.FindDevice({ provider: "apns", registrationId: token("01") }));
    check("a device by its token", found, device);
    check("a device by its id", await client.send(new dtos.GetDevice({ id: device.id })), device);
    const listed = await client.send(new dtos.QueryDevices({ ids: [device.id!, 999999], tags: "en && (sports || news)", isActive: true, include: "total", take: 5 }));
    check("a list", [listed.total, listed.results.map(entry => entry.id)], [1, [device.id]]);
    const updated = await client.send(new dtos.UpdateDevice({ id: device.id, name: "Ann's", reset: ["tags"] }));
    check("an updated device", [updated.name, updated.tags, updated.userId], ["Ann's", [], user]);
    const replaced = await client.send(new dtos.ReplaceDevice({ id: device.id, userId: user, tags: ["fr"] }));
    check("a replaced device", [replaced.name, replaced.tags], [undefined, ["fr"]]);

    // Sends.
    const message = new dtos.Message({ title: "Final", body: "2 to 1", badge: 0, priority: dtos.Priority.High, data: { nested: { a: [1, null] } } });
    const send = new dtos.SendNotification({ to: new dtos.Audience({ userIds: [user] }), message, ttl: "PT1H", wait: "PT30S", idempotencyKey: setting.prefix });
    const sent = await client.send(send);
    check("a send", [status, sent.state, sent.counts?.accepted], [200, dtos.NotificationState.Completed, 1]);
    check("a repeated send", (await client.send(send)).id, sent.id);
    const toDevice = await client.send(new dtos.SendToDevice({ id: device.id, body: "Hi", wait: "PT30S" }));
    check("a send to a device", toDevice.counts?.accepted, 1);
    check("a notification", (await client.send(new dtos.GetNotification({ id: sent.id }))).id, sent.id);
    const latest = await client.send(new dtos.QueryNotifications({ state: dtos.NotificationState.Completed, createdAfter: "2026-01-01T00:00:00Z" }));
    check("notifications", latest.results.some(entry => entry.id === sent.id), true);
    const deliveries = await client.send(new dtos.QueryDeliveries({ notificationId: sent.id }));
    check("deliveries of a notification", deliveries.results.map(entry => [entry.device, entry.outcome]), [[device.id, dtos.DeliveryOutcome.Accepted]]);
    check("deliveries of a device", (await client.send(new dtos.QueryDeliveries({ device: device.id, take: 1 }))).results[0]?.notificationId, toDevice.id);
    const later = await client.send(new dtos.SendNotification({ to: send.to, message, sendAt: new Date(Date.now() + 3600_000).toISOString() }));
    check("a send for later", later.state, dtos.NotificationState.Scheduled);
    check("a cancelled one", (await client.send(new dtos.CancelNotification({ id: later.id }))).state, dtos.NotificationState.Cancelled);
    const events = new TextDecoder().decode(await client.send(new dtos.WatchNotification({ id: later.id })));
    check("the events of one that has ended", /^event: counts$/m.test(events) && /"state":"cancelled"/.test(events), true);
    check("providers", (await client.send(new dtos.QueryProviders())).results.length > 1, true);

    // Streams.
    const importing = clientWith(setting.key);
    importing.requestFilter = request => (request.headers as Headers).set("Content-Type", "application/x-ndjson");
    const lines = ["02", "03"].map(end => JSON.stringify({ provider: "apns", registrationId: token(end), userId: `${user}-2` })).join("\n");
    check("an import", (await importing.postBody(new dtos.ImportDevices(), lines)).created, 2);
    const exported = new TextDecoder().decode(await client.send(new dtos.ExportDevices({ userId: `${user}-2` })));
    check("an export", exported.trim().split("\n").map(line => JSON.parse(line).registrationId), [token("02"), token("03")]);

    // Batches and one-way requests.
    const batch = ["11", "12"].map(end => new dtos.RegisterDevice({ provider: "apns", registrationId: token(end) }));
    const both = await client.sendAll(batch);
    check("a batch", both.map(entry => entry.registrationId), [token("11"), token("12")]);
    check("a batch of sends", (await client.sendAll([send, send])).map(entry => entry.id), [sent.id, sent.id]);
    const failed = await refused("a batch with a fault", 404, "NotFound", () => client.sendAll([new dtos.GetDevice({ id: device.id }), new dtos.GetDevice({ id: 999999 })]));
    check("the faulty request of a batch", failed?.meta?.AutoBatchIndex, "1");
    check("an empty batch", await client.sendAll([] as dtos.RegisterDevice[]), []);
    await client.sendAllOneWay(both.map(entry => new dtos.UnregisterDevice({ provider: "apns", registrationId: entry.registrationId })) as never);
    await client.publish(new dtos.UnregisterDevice({ provider: "apns", registrationId: token("02") }));
    check("what one-way requests did", (await client.send(new dtos.QueryDevices({ search: setting.prefix, state: dtos.DeviceState.Inactive }))).results.length, 3);

    // Errors.
    const fields = await refused("no members", 400, "ValidationException", () => client.send(new dtos.RegisterDevice({ registrationId: "1", userId: "x".repeat(256) })));
    check("the fields at fault", fields?.errors?.map(error => [error.fieldName, error.errorCode]).sort(), [["provider", "NotEmpty"], ["userId", "Length"]]);
    await refused("an unknown provider", 400, "UnknownProvider", () => client.send(new dtos.RegisterDevice({ provider: "pigeon", registrationId: "1" })));
    await refused("a token that is none", 400, "InvalidRegistrationId", () => client.send(new dtos.RegisterDevice({ provider: "apns", registrationId: "xyz" })));
    await refused("a message that is too large", 400, "PayloadTooLarge", () => client.send(new dtos.SendToDevice({ id: device.id, body: "x".repeat(5000) })));
    await refused("no JSON", 400, "InvalidJson", () => client.postBody(new dtos.FindDevice(), "{"));
    await refused("an unknown device", 404, "NotFound", () => client.send(new dtos.GetDevice({ id: 999999 })));
    await refused("an unknown operation", 404, "NotFound", () => client.send({ getTypeName: () => "DoMagic", createResponse: () => undefined } as never));
    await refused("another verb", 405, "MethodNotAllowed", () => client.fetch("DELETE", new dtos.GetDevice({ id: device.id })));
    await refused("a device at rest", 409, "Conflict", () => client.send(new dtos.SendToDevice({ id: both[0].id, body: "Hi" })));
    await refused("a key used twice", 409, "IdempotencyMismatch", () => client.send(new dtos.SendNotification({ ...send, ttl: "PT2H" })));
    await refused("a batch that is too long", 413, "RequestTooLarge", () => client.sendAll(Array.from({ length: 1001 }, () => new dtos.GetDevice({ id: 1 }))));
    const telling = clientWith(setting.key);
    telling.requestFilter = request => (request.headers as Headers).set("Content-Type", "text/plain");
    await refused("a body of another kind", 415, "UnsupportedMediaType", () => telling.send(new dtos.RegisterDevice({ provider: "apns" })));
    await refused("no key", 401, "Unauthorized", () => clientWith(null).send(new dtos.GetDevice({ id: device.id })));
    await refused("a key of another scope", 403, "Forbidden", () => clientWith(setting.sendKey).send(new dtos.GetDevice({ id: device.id })));
    const asValue = await client.api(new dtos.GetDevice({ id: 999999 }));
    check("an error as a value", [asValue.succeeded, asValue.errorCode], [false, "NotFound"]);

    // The end of it.
    await client.sendVoid(new dtos.UnregisterDevice({ provider: "apns", registrationId: token("01") }));
    await client.sendVoid(new dtos.DeleteDevice({ id: device.id }));
    await refused("a deleted device", 404, "NotFound", () => client.send(new dtos.GetDevice({ id: device.id })));

    // Every other operation: asked for nothing in particular, it answers, or says what it misses.
    for (const name of Object.keys(dtos).filter(name => isRequest(name) && !called.has(name))) {
        try {
            await client.send(newRequest(name));
        } catch (problem) {
            check(`${name} with nothing`, [status < 500, !!(problem as Failed).responseStatus?.errorCode], [true, true]);
        }
    }
    return { called: [...called].sort(), failures };
}

/** The operations that the generated types have. */
export const operations = (): string[] => Object.keys(dtos).filter(isRequest).sort();

type Request = { getTypeName(): string; createResponse(): unknown };

function isRequest(name: string): boolean {
    const type = (dtos as Record<string, unknown>)[name];
    return typeof type === "function" && "getTypeName" in type.prototype;
}

function newRequest(name: string): Request {
    const type = (dtos as Record<string, unknown>)[name] as new () => Request;
    return new type();
}
