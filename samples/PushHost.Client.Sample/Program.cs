using PushHost.Client;
using PushHost.ServiceModel;

var client = new PushHostClient(new HttpClient(), new Uri(args[0]), args[1]);
var device = await client.SendAsync(new RegisterDevice { Provider = "apns", RegistrationId = args[2], UserId = "ann" });
var sent = await client.SendAsync(new SendNotification { To = new() { UserIds = ["ann"] }, Message = new() { Body = "Hello" }, Wait = TimeSpan.FromSeconds(30) });

Console.WriteLine($"Device {device.Id}; notification {sent.Id} {sent.State}: {sent.Counts.Accepted} of {sent.Counts.Total} accepted.");
await foreach (var delivery in client.ListAsync(new QueryDeliveries { NotificationId = sent.Id }))
    Console.WriteLine($"Device {delivery.Device}: {delivery.Outcome} {delivery.Reason}".TrimEnd());
