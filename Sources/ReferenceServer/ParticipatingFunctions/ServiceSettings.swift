import MessageBodies
import Network
import SIPSyntax

/// The IM service setting procedure: the settings of all users, as they have published them.
///
/// OMA-TS-SIMPLE_IM-V1_0 §6.1.1.5, RFC 3903 §6
struct ServiceSettings {
    enum Answer: Equatable {
        case accepted([SIPField])
        case refused(Refusal)
    }

    private struct Publication {
        var entityTag: String
        var expires: Instant
    }

    let expiry: ReferenceServer.Expiry
    let limits: ReferenceServer.Limits

    /// What the users have asked for, which stays when a publication runs out.
    private var settings: [String: IMServiceSettings] = [:]

    /// The latest publication of each user; a user with several clients has the settings of the last one.
    private var publications: [String: Publication] = [:]

    init(expiry: ReferenceServer.Expiry, limits: ReferenceServer.Limits) {
        self.expiry = expiry
        self.limits = limits
    }

    /// The settings of a user.
    subscript(user: String) -> IMServiceSettings { settings[user] ?? IMServiceSettings() }

    /// Whether the request is for this procedure at all.
    ///
    /// RFC 3903 §6 step 2
    func refusalOfEvent(_ request: SIPMessage) -> Refusal? {
        let package = request.first(.event)?.split(separator: ";").first?.filter { !$0.isWhitespace }
        return package == "poc-settings" ? nil : Refusal(489, fields: [SIPField(.allowEvents, "poc-settings")])
    }

    /// Takes a publication of a user who may publish.
    mutating func publish(_ request: SIPMessage, by user: String, entityTag: String, at time: Instant) -> Answer {
        do throws(Refusal) {
            let previous = try publication(matching: request, of: user, at: time)
            let seconds = try lifetime(of: request)
            guard settings[user] != nil || settings.count < limits.users else {
                throw Refusal(503, fields: [SIPField(.retryAfter, "60")])
            }
            switch (seconds, request.body.isEmpty) {
            case (0, _):
                forget(user)
            case (_, false):
                settings[user] = try settings(in: request)
                publications[user] = Publication(entityTag: entityTag, expires: time + .seconds(seconds))
            case (_, true):
                guard previous != nil else { throw Refusal(400, because: "Nothing is published") }
                publications[user] = Publication(entityTag: entityTag, expires: time + .seconds(seconds))
            }
            return .accepted([SIPField(.sipETag, entityTag), SIPField(.expires, String(seconds))])
        } catch {
            return .refused(error)
        }
    }

    /// Forgets what a user has published.
    mutating func forget(_ user: String) {
        settings[user] = nil
        publications[user] = nil
    }

    /// The publication that SIP-If-Match names.
    ///
    /// RFC 3903 §6 step 3
    private func publication(
        matching request: SIPMessage, of user: String, at time: Instant
    ) throws(Refusal) -> Publication? {
        guard let tag = request.first(.sipIfMatch) else { return nil }
        guard let publication = publications[user], publication.entityTag == tag, publication.expires > time else {
            throw Refusal(412)
        }
        return publication
    }

    /// How long the publication is to last, in seconds.
    ///
    /// RFC 3903 §6 step 4
    private func lifetime(of request: SIPMessage) throws(Refusal) -> Int {
        guard let wanted = try? request.expires() else { return expiry.preset }
        if wanted > 0, wanted < expiry.minimum {
            throw Refusal(423, fields: [SIPField(.minExpires, String(expiry.minimum))])
        }
        return min(wanted, expiry.maximum)
    }

    /// The settings that the body holds.
    ///
    /// RFC 3903 §6 step 5
    private func settings(in request: SIPMessage) throws(Refusal) -> IMServiceSettings {
        guard ContentType(parsing: request.first(.contentType) ?? "")?.essence == IMServiceSettings.mediaType else {
            throw Refusal(415, fields: [SIPField(.accept, IMServiceSettings.mediaType)])
        }
        do throws(IMServiceSettings.DocumentError) {
            return try IMServiceSettings(parsing: request.body)
        } catch {
            throw Refusal(400, because: "No settings document")
        }
    }
}
