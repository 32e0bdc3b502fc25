import Bytes
import SIPSyntax

/// What becomes of a request on its way to a client.
extension Faults {
    struct Departure {
        /// The request that is sent in the place of the one asked for; nil when none is.
        var request: SIPMessage?
        /// The status with which a request that is not sent seems to be answered.
        var pretended = 200
        /// Further requests, about which nobody has asked.
        var extras: [SIPMessage] = []
    }

    /// The departure of a request that is not an ACK.
    func departure(of request: SIPMessage, sender: String?, server: String) -> Departure {
        switch request.method {
        case .invite? where (try? request.to())?.tag == nil: invitation(request, server: server)
        case .notify?: Departure(request: shown(altered(request, server: server)))
        case .message?: page(request, sender: sender, server: server)
        case .bye? where has(.byeLost): Departure()
        default: Departure(request: altered(request, server: server))
        }
    }

    /// Whether an ACK of the server is sent.
    var sendsAcknowledgements: Bool { !has(.ackLost) }

    private func invitation(_ request: SIPMessage, server: String) -> Departure {
        let altered = altered(request, server: server)
        var departure = Departure(request: altered)
        if has(.invitesTwice) { departure.extras = [altered.again] }
        return departure
    }

    private func page(_ request: SIPMessage, sender: String?, server: String) -> Departure {
        var altered = altered(request, server: server)
        if has(.textAltered) { altered.body = altered.body.withLastCharacterChanged }
        if has(.answersPagerBeforeDelivery) { return Departure(pretended: 202) }
        if has(.notDelivered) { return Departure() }
        if has(.pagerAsSession) { return Departure(extras: [altered.asInvitation(from: server)]) }
        var departure = Departure(request: altered)
        if has(.deliveredToWrongClient), let sender { departure.request?.startLine = .request(.message, uri: sender) }
        if has(.deliveredTwice) { departure.extras = [altered.again] }
        return departure
    }

    private func altered(_ request: SIPMessage, server: String) -> SIPMessage {
        var request = withoutRelease(request)
        guard request.method == .invite || request.method == .message else { return request }
        if has(.identityMissing) { request.identify(as: AnonymousURI.text, asserted: nil) }
        if has(.identityWrong) {
            let other = "sip:somebody.else@\((try? request.from())?.sipURI?.host ?? server)"
            request.identify(as: other, asserted: other)
        }
        if has(.featureTagMissing) { request.remove(.acceptContact) }
        if has(.contactInMessage), request.method == .message { request.add(.contact, "<sip:\(server)>") }
        if request.method == .invite { request = withoutTimer(withoutContactTag(request)) }
        if has(.contentLengthWrong) { request.set(.contentLength, String(request.body.count + 16)) }
        return request
    }
}

extension Faults {
    func withoutRelease(_ message: SIPMessage) -> SIPMessage {
        guard has(.serverTokenMissing) else { return message }
        var message = message
        message.remove(.userAgent)
        message.remove(.server)
        return message
    }

    func withoutContactTag(_ message: SIPMessage) -> SIPMessage {
        guard has(.contactTagMissing), var contact = try? message.contact() else { return message }
        for tag in FeatureTag.allCases { contact.parameters.remove(tag.rawValue) }
        var message = message
        message.set(.contact, contact.description)
        return message
    }

    func withoutTimer(_ message: SIPMessage) -> SIPMessage {
        guard has(.sessionTimerMissing) else { return message }
        var message = message
        for name in [SIPFieldName.sessionExpires, .minSE] { message.remove(name) }
        for name in [SIPFieldName.supported, .require] {
            let others = message.list(name).filter { $0.lowercased() != "timer" }
            if others.isEmpty { message.remove(name) } else { message.set(name, others.joined(separator: ", ")) }
        }
        return message
    }
}

extension [UInt8] {
    /// The text with another last character, as long as before.
    var withLastCharacterChanged: [UInt8] {
        guard let last else { return self }
        return dropLast() + [last == UInt8(ascii: "!") ? UInt8(ascii: "?") : UInt8(ascii: "!")]
    }
}

extension SIPMessage {
    /// The request as one that has nothing to do with this one: the same, but for its dialog.
    fileprivate var again: SIPMessage {
        var copy = self
        copy.set(.callID, "again-" + (callID ?? ""))
        return copy
    }

    fileprivate mutating func identify(as uri: String, asserted: String?) {
        if var from = try? from() {
            from.displayName = nil
            from.uri = uri
            set(.from, from.description)
        }
        remove(.pAssertedIdentity)
        if let asserted { add(.pAssertedIdentity, "<\(asserted)>") }
    }

    /// An invitation in the place of a page.
    fileprivate func asInvitation(from server: String) -> SIPMessage {
        var invite = again
        invite.startLine = .request(.invite, uri: requestURI ?? "")
        invite.set(.cSeq, CSeq(1, .invite).description)
        for name in [SIPFieldName.via, .recordRoute, .expires] { invite.remove(name) }
        invite.add(.contact, "<sip:\(server)>;\(FeatureTag.instantMessaging.rawValue)")
        invite.set(.contentType, "application/sdp")
        let host = server.split(separator: ":").first.map(String.init) ?? server
        let lines = [
            "v=0", "o=- 1 1 IN IP4 \(host)", "s=-", "c=IN IP4 \(host)", "t=0 0", "m=message 2855 TCP/MSRP *",
            "a=accept-types:text/plain", "a=path:msrp://\(host):2855/page;tcp", "",
        ]
        invite.body = Array(lines.joined(separator: "\r\n").utf8)
        return invite
    }
}
