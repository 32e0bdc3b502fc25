import Network
import SIPSyntax

/// The registrar of the home domain and its location service.
///
/// RFC 3261 §10.3
struct Registrar {
    enum Answer: Equatable {
        /// The fields of the 200, and what the IM server is told.
        case accepted([SIPField], ThirdPartyRegistration?)
        case refused(Refusal)
    }

    let domain: String
    let expiry: ReferenceServer.Expiry
    let limits: ReferenceServer.Limits
    private var bindings: [String: [Binding]] = [:]

    init(domain: String, expiry: ReferenceServer.Expiry, limits: ReferenceServer.Limits) {
        self.domain = domain
        self.expiry = expiry
        self.limits = limits
    }

    /// Takes a REGISTER: all of it or nothing.
    mutating func register(_ request: SIPMessage, from source: IPAddress, at time: Instant) -> Answer {
        do throws(Refusal) {
            let user = try user(of: request)
            let current = bindings(of: user, at: time)
            let changed = try apply(request, to: current, from: source, at: time)
            guard changed.count <= limits.contactsPerUser, changed.isEmpty || isRoom(for: user) else {
                throw Refusal(503, fields: [SIPField(.retryAfter, "60")])
            }
            bindings[user] = changed.isEmpty ? nil : changed
            return .accepted(
                changed.map { SIPField(.contact, $0.listed(at: time).description) },
                ThirdPartyRegistration(of: user, from: current, to: changed))
        } catch {
            return .refused(error)
        }
    }

    /// Forgets the bindings that have run out by now.
    mutating func expire(at time: Instant) -> [ThirdPartyRegistration] {
        bindings.keys.sorted().compactMap { user in
            let before = bindings[user] ?? []
            let after = bindings(of: user, at: time)
            bindings[user] = after.isEmpty ? nil : after
            return ThirdPartyRegistration(of: user, from: before, to: after)
        }
    }

    /// When the next binding runs out.
    var nextExpiry: Instant? { bindings.values.joined().map(\.expires).min() }

    /// The contacts of a user, the preferred first.
    ///
    /// RFC 3261 §16.6: by q value; among equals the latest.
    func bindings(of user: String, at time: Instant) -> [Binding] {
        (bindings[user] ?? []).filter { $0.expires > time }.sorted {
            ($0.preference, $0.since) > ($1.preference, $1.since)
        }
    }

    /// The contacts of a user to which such a request may go.
    ///
    /// RFC 5630 §5.3: one for sips to contacts for sips alone
    func bindings(of user: String, for request: SIPMessage, at time: Instant) -> [Binding] {
        bindings(of: user, at: time).filter { !request.asksForSecurity || $0.uri.isSecure }
    }

    /// The users who have registered.
    var users: [String] { bindings.keys.sorted() }

    /// The users who have registered from an address.
    func users(at source: IPAddress) -> [String] {
        bindings.filter { $0.value.contains { $0.source == source } }.keys.sorted()
    }

    private func isRoom(for user: String) -> Bool { bindings[user] != nil || bindings.count < limits.users }

    /// Steps 1 to 5: who is registered, and by whom.
    private func user(of request: SIPMessage) throws(Refusal) -> String {
        let uri = request.requestURI.flatMap { try? SIPURI(parsing: $0) }
        guard let uri, uri.host.lowercased() == domain.lowercased() else { throw Refusal(404) }
        if let refusal = RequestValidation().refusal(of: request, understanding: ["pref"]) { throw refusal }
        let to = try? request.to()?.sipURI
        guard let to, to.user != nil, to.host.lowercased() == domain.lowercased() else { throw Refusal(404) }
        let from = try? request.from()?.sipURI
        guard from?.userAddress == to.userAddress else {
            throw Refusal(403, because: "No registration on behalf of others")
        }
        return to.userAddress
    }

    /// Steps 6 and 7: the bindings as the request wants them.
    private func apply(
        _ request: SIPMessage, to current: [Binding], from source: IPAddress, at time: Instant
    ) throws(Refusal) -> [Binding] {
        guard let contacts = try? request.contacts(), let callID = request.callID,
            let number = (try? request.cSeq())?.number
        else { throw Refusal(400) }
        func isStale(_ binding: Binding) -> Bool { binding.callID == callID && number <= binding.sequence }
        let common = (try? request.expires()) ?? nil
        if contacts.contains(where: \.isWildcard) {
            guard contacts.count == 1, common == 0 else {
                throw Refusal(400, because: "“*” stands alone, with Expires: 0")
            }
            if current.contains(where: isStale) { throw Refusal(500, because: "CSeq out of order") }
            return []
        }
        // RFC 5630 §5.2: or else what is secured would be bound to what is not.
        let secured = contacts.count { $0.sipURI?.isSecure == true }
        guard secured == 0 || secured == contacts.count && request.asksForSecurity else {
            throw Refusal(400, because: "A contact for sips needs sips in the Request-URI and in all contacts")
        }
        var bindings = current
        for contact in contacts {
            guard let uri = contact.sipURI else { throw Refusal(400, because: "Contact is not a SIP URI") }
            let seconds = try lifetime(of: contact, common: common)
            let known = bindings.firstIndex { $0.uri.isEquivalent(to: uri) }
            if let known, isStale(bindings[known]) { throw Refusal(500, because: "CSeq out of order") }
            if let known { bindings.remove(at: known) }
            guard seconds > 0 else { continue }
            bindings.append(
                Binding(
                    contact: contact, uri: uri, callID: callID, sequence: number, since: time,
                    expires: time + .seconds(seconds), source: source))
        }
        return bindings
    }

    /// The time that a contact gets: what it asks for, or the request, or the preset.
    private func lifetime(of contact: NameAddress, common: Int?) throws(Refusal) -> Int {
        let own = contact.parameters.first("expires").map {
            $0.value.flatMap { UInt32($0) }.map(Int.init) ?? expiry.preset
        }
        let wanted = own ?? common ?? expiry.preset
        if wanted > 0, wanted < expiry.minimum {
            throw Refusal(423, fields: [SIPField(.minExpires, String(expiry.minimum))])
        }
        return min(wanted, expiry.maximum)
    }
}
