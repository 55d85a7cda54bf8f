package com.example.push

import java.net.HttpURLConnection
import java.net.URL
import java.util.Locale
import java.util.TimeZone
import org.json.JSONObject

/**
 * Tells PushHost this installation's token, over plain HTTP.
 *
 * Call [register] from `FirebaseMessagingService.onNewToken` and at every start of the app, and [logout] when the user logs out;
 * both off the main thread. The key has the scope `register`, which may live inside an app: it reads nothing back.
 */
class PushRegistration(private val host: String, private val key: String, private val installationId: String) {
    fun register(token: String, userId: String?) = post("/devices", mapOf(
        "provider" to "gcm",
        "registrationId" to token,
        "deviceId" to installationId,
        "userId" to userId,
        // Without the user's calendar, units and digits, which the tag would carry on.
        "locale" to Locale.getDefault().stripExtensions().toLanguageTag(),
        "timeZone" to TimeZone.getDefault().id,
        // The later of a login and a logout wins, in whatever order they arrive.
        "sequence" to System.currentTimeMillis()))

    fun logout(token: String) = post("/devices/unregister", mapOf(
        "provider" to "gcm",
        "registrationId" to token,
        "sequence" to System.currentTimeMillis()))

    private fun post(path: String, members: Map<String, Any?>) {
        val connection = URL(host + path).openConnection() as HttpURLConnection
        try {
            connection.requestMethod = "POST"
            connection.connectTimeout = 10_000
            connection.readTimeout = 10_000
            connection.setRequestProperty("Content-Type", "application/json")
            connection.setRequestProperty("X-Api-Key", key)
            connection.doOutput = true
            connection.outputStream.use { it.write(JSONObject(members.filterValues { value -> value != null }).toString().toByteArray()) }
            if (connection.responseCode >= 400) {
                // 408, 429, 502, 503 and 504 pass: try again later. Anything else is a mistake in the request; the body says which.
                throw PushRegistrationException(connection.responseCode, connection.errorStream?.bufferedReader()?.readText())
            }
        } finally {
            connection.disconnect()
        }
    }
}

class PushRegistrationException(val status: Int, body: String?) : Exception("PushHost answered $status: $body")
