using PushHost.ServiceInterface.Host;

var builder = WebApplication.CreateBuilder(args);
builder.AddPushHost();
var app = builder.Build();
app.MapPushHost();
await app.RunAsync();
