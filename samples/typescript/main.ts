import { JsonServiceClient } from "@servicestack/client";
import { Audience, Message, QueryDeliveries, RegisterDevice, SendNotification } from "./dtos.js";

const [url, key, token] = process.argv.slice(2);
const client = new JsonServiceClient(url);
client.bearerToken = key;

const device = await client.send(new RegisterDevice({ provider: "apns", registrationId: token, userId: "ann" }));

const sent = await client.send(new SendNotification({
    to: new Audience({ userIds: ["ann"] }),
    message: new Message({ body: "Hello" }),
    idempotencyKey: crypto.randomUUID(),
    wait: "PT30S",
}));
console.log(`Device ${device.id}; notification ${sent.id} ${sent.state}: ${sent.counts.accepted} of ${sent.counts.total} accepted.`);

// api() answers an error as a value, where send() throws it.
const listed = await client.api(new QueryDeliveries({ notificationId: sent.id }));
if (!listed.succeeded) throw new Error(`${listed.errorCode}: ${listed.errorMessage}`);
for (const delivery of listed.response!.results)
    console.log(`Device ${delivery.device}: ${delivery.outcome}`);
