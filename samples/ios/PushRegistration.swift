import Foundation

/// Tells PushHost this installation's token, over plain HTTP.
///
/// Call `register` from `application(_:didRegisterForRemoteNotificationsWithDeviceToken:)`, which iOS calls after every
/// `registerForRemoteNotifications()`, and `logout` when the user logs out. The key has the scope `register`, which may live
/// inside an app: it reads nothing back.
struct PushRegistration {
    let host: URL
    let key: String
    let installationId: UUID

    func register(deviceToken: Data, userId: String?) async throws {
        try await post("/devices", [
            "provider": "apns",
            "registrationId": hex(deviceToken),
            "deviceId": installationId.uuidString,
            "userId": userId,
            // A BCP 47 tag. The identifier of Locale.current is none where the user's region or calendar is of another country.
            "locale": Locale.preferredLanguages.first,
            "timeZone": TimeZone.current.identifier,
            "environment": environment,
            // The later of a login and a logout wins, in whatever order they arrive.
            "sequence": now,
        ])
    }

    func logout(deviceToken: Data) async throws {
        try await post("/devices/unregister", [
            "provider": "apns",
            "registrationId": hex(deviceToken),
            "sequence": now,
        ])
    }

    // A build from Xcode gets its tokens from Apple's sandbox.
    private var environment: String {
        #if DEBUG
        return "sandbox"
        #else
        return "production"
        #endif
    }

    private var now: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }

    private func hex(_ token: Data) -> String { token.map { String(format: "%02x", $0) }.joined() }

    private func post(_ path: String, _ members: [String: Any?]) async throws {
        var request = URLRequest(url: host.appendingPathComponent(String(path.dropFirst())), timeoutInterval: 10)
        request.httpMethod = "POST"
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        request.setValue(key, forHTTPHeaderField: "X-Api-Key")
        request.httpBody = try JSONSerialization.data(withJSONObject: members.compactMapValues { $0 })
        let (body, response) = try await URLSession.shared.data(for: request)
        let status = (response as! HTTPURLResponse).statusCode
        guard status < 400 else {
            // 408, 429, 502, 503 and 504 pass: try again later. Anything else is a mistake in the request; the body says which.
            throw PushRegistrationError(status: status, body: String(decoding: body, as: UTF8.self))
        }
    }
}

struct PushRegistrationError: Error {
    let status: Int
    let body: String
}
