import MessageBodies
import SDP
import SIPSyntax

/// A request on its way through the participating functions, with what the core says about it.
struct IMRequest {
    enum Kind: Equatable {
        case pager
        case session
        case largeMessage
    }

    let kind: Kind
    let message: SIPMessage
    let originator: Originator?
    /// The address of record of the user that it is for.
    let recipient: String

    /// The description of a session that the request offers, if it can be read.
    var offer: SessionDescription? {
        guard ContentType(parsing: message.first(.contentType) ?? "")?.essence == "application/sdp" else { return nil }
        return try? SessionDescription(parsing: message.body)
    }
}

extension IMRequest {
    /// The refusal of a content or an offer that the policy does not allow: 415 for messages, 488 for sessions.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §6.1.1.1 step 4 and §6.1.2.1 step 3
    func refusal(by policy: ServicePolicy) -> Refusal? {
        switch kind {
        case .pager:
            let payload = innermost(contentType: message.first(.contentType) ?? "text/plain", body: message.body)
            let type = ContentType(parsing: payload.contentType)?.essence ?? ""
            guard !policy.allows(mediaType: type) else { return nil }
            return Refusal(415, fields: [SIPField(.accept, (policy.acceptedMediaTypes ?? []).joined(separator: ", "))])
        case .session, .largeMessage:
            guard let lines = offer?.anchors, !lines.isEmpty else {
                return Refusal(488, because: "No message session is offered")
            }
            let areAllowed = lines.allSatisfy { line in
                (line.acceptTypes + line.acceptWrappedTypes).contains { $0 == "*" || policy.allows(mediaType: $0) }
            }
            guard areAllowed else {
                return Refusal(488, because: "Supported: " + (policy.acceptedMediaTypes ?? []).joined(separator: " "))
            }
            return nil
        }
    }

    /// Whether the message says that it has no time left.
    ///
    /// RFC 3428 §4; with no clock in common, only a lifetime of zero has certainly passed.
    var hasExpired: Bool { kind == .pager && (try? message.expires()) == 0 }
}
