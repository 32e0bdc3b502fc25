import Bytes
import MessageBodies
import Network
import SIPSyntax

/// What the operator has the server do.
extension ReferenceServer {
    mutating func follow(_ instruction: OperatorInstruction) {
        switch instruction {
        case .announce(let message, let user): announce(message, to: user)
        case .empty(.deferredMessages, let user):
            let user = user.canonicalURI
            _ = discard(Set(deferred[user].map(\.id)), of: user)
        case .empty(.conversations, let user):
            let user = user.canonicalURI
            erase(Set(conversations[user].map(\.reference)), of: user)
        case .noteAnswer(let user): originating.noteAnswer(of: user)
        case .stop: stop()
        }
    }

    /// Sends a system message: to the user's client, or into the store while there is none.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §5.4
    private mutating func announce(_ message: SystemMessage, to user: String) {
        guard isProvisioned(user) else { return }
        if case .required(let time) = message.response { originating.expectAnswer(of: user, by: now + time) }
        let request = systemMessage(message, to: user)
        let contact = registrar.bindings(of: user, at: now).first(where: \.isForIM)?.requestURI
        if let contact {
            var outgoing = faults.announced(request, of: message, to: user)
            outgoing.startLine = .request(.message, uri: contact)
            send(outgoing, for: .page(.notice(nextSerial())))
        }
        guard contact == nil || faults.keepsAnnouncements else { return }
        // A store that is full loses no message but this one, of which nobody has been told.
        _ = try? keep(.page(request), for: user)
    }

    private mutating func systemMessage(_ message: SystemMessage, to user: String) -> SIPMessage {
        let own = "sip:\(configuration.domain)"
        var request = SIPMessage(
            .message, uri: user,
            fields: [
                SIPField(.maxForwards, "70"),
                SIPField(.from, NameAddress(uri: own, parameters: [Parameter("tag", newTag())]).description),
                SIPField(.to, NameAddress(uri: user).description), SIPField(.callID, generator.token(length: 20)),
                SIPField(.cSeq, CSeq(1, .message).description),
                SIPField(.pAssertedIdentity, NameAddress(uri: own).description),
                SIPField(.acceptContact, "*;\(FeatureTag.systemMessage.rawValue)"),
                SIPField(.userAgent, ReleaseVersion.server),
                SIPField(.date, SIPDate(now).description),
            ])
        guard message.isExternal else {
            request.add(.contentType, "text/plain;charset=utf-8")
            request.body = Array(message.text.utf8)
            return request
        }
        let document = message.document
        let body = ExternalBody(
            url: "http://\(configuration.address.host)/system-messages/\(generator.token(length: 16)).html",
            size: document.count, contentFields: [BodyField("Content-Type", "text/html; charset=utf-8")])
        request.add(.contentType, body.contentType)
        request.add(.contentDisposition, "render")
        request.body = body.serialized()
        return request
    }
}
