namespace PushHost.Benchmarks.Fuzz;

/// <summary>A good request, from which bad ones are made.</summary>
/// <param name="Method">The verb.</param>
/// <param name="Path">Path and query.</param>
/// <param name="Body">The body; null for none.</param>
internal sealed record Seed(string Method, string Path, string? Body = null)
{
    private const string Device = """
        {"provider":"apns","registrationId":"a1b2c3d4","kind":"alert","deviceId":"11111111222233334444555555555555","name":"n\u00fc\ud83d\ude00","userId":"ann","isActive":true,
         "tags":["en","sports"],"locale":"pt-BR","timeZone":"Europe/Lisbon","appVersion":"1.2","attributes":{"__type":"x","a":[1,{"b":null}],"c":1.50},
         "providerData":{"k":"v"},"lastSeenAt":"\/Date(1767315845000+0200)\/","sequence":5}
        """;

    private const string Send = """
        {"to":{"ids":[1],"registrationIds":[{"provider":"apns","registrationId":"a1b2c3d4"}],"userIds":["ann"],"deviceIds":["d"],"tags":"sports && (en || fr) && !muted","providers":["apns"],
         "lastSeenWithin":"P30D"},"message":{"title":"t","subtitle":"s","body":"b","badge":5,"sound":"default","imageUrl":"https://a.b/c.png","data":{"foo":"bar","nested":{"a":1}},
         "category":"c","threadId":"t","collapseId":"x","priority":"high","mutableContent":true,"apns":{"headers":{"apns-priority":"5"},"aps":{"a":1},"payload":{"p":[1]}}},
         "ttl":"PT1H","idempotencyKey":"k"}
        """;

    /// <summary>One for each operation, by route, by name, in batches and one way.</summary>
    public static readonly Seed[] All =
    [
        new("POST", "/devices", Device),
        new("POST", "/device/apns", Device),
        new("POST", "/api/RegisterDevice?tags=a,b&attributes={x:{y:[1,2]}}", Device),
        new("POST", "/json/oneway/RegisterDevice", Device),
        new("POST", "/api/RegisterDevice[]", $"[{Device},{Device}]"),
        new("GET", "/devices?ids=1,2&ids=3&state=active&isActive=True&tags=en%20%26%26%20!fr&search=a&registeredAfter=2020-01-02T03:04:05Z&take=10&skip=1&orderBy=-Id&include=total"),
        new("GET", "/device/apns?orderByDesc=createdAt&after=1"),
        new("GET", "/devices/1.json"),
        new("GET", "/device/apns/a1%2Fb2%252Fc3"),
        new("HEAD", "/devices/1"),
        new("POST", "/devices/find", """{"provider":"apns","registrationId":"a1b2c3d4"}"""),
        new("PATCH", "/devices/1", """{"name":"m","reset":["userId","tags"],"newRegistrationId":"b2c3d4e5"}"""),
        new("PUT", "/device/apns/a1b2c3d4", Device),
        new("DELETE", "/devices/9999999"),
        new("POST", "/devices/unregister", """{"provider":"apns","registrationId":"ffffffff","sequence":3}"""),
        new("POST", "/devices/import", "{\"provider\":\"apns\",\"registrationId\":\"aa\",\"tags\":[\"x\"]}\n{\"provider\":\"apns\",\"registrationId\":\"ab\"}\n"),
        new("GET", "/devices/export?format=csv&tags=en"),
        new("POST", "/devices/send", """{"provider":"apns","registrationId":"a1b2c3d4","body":"b","ttl":"PT0S"}"""),
        new("POST", "/devices/1/send", """{"message":{"body":"b","data":{"x":[1,2,{"y":"z"}]}}}"""),
        new("POST", "/notifications", Send),
        new("POST", "/api/SendNotification[]", $"[{Send},{Send}]"),
        new("POST", "/json/oneway/SendNotification", Send),
        new("GET", "/notifications/1"),
        new("GET", "/notifications?state=completed&createdAfter=2020-01-02&orderBy=createdAt"),
        new("GET", "/notifications/1/deliveries?outcome=accepted&reason=x"),
        new("GET", "/devices/1/deliveries?take=5"),
        new("GET", "/api/QueryProviders"),
        new("POST", "/json/reply/QueryDevices", """{"ids":[1,2],"take":3}"""),
        new("OPTIONS", "/devices"),
    ];
}
