import Bytes
import MessageBodies
import Network
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
    var message: SIPMessage
    let originator: Originator?
    /// The address of record of the user that it is for.
    let recipient: String

    /// The description of a session that the request offers, if it can be read.
    var offer: SessionDescription? {
        message.body(of: "application/sdp").flatMap { try? SessionDescription(parsing: $0) }
    }

    /// The media types of what a message carries, out of all wrappers and beside a list of recipients.
    var payloadTypes: [String] {
        let contentType = message.first(.contentType) ?? "text/plain"
        guard let multipart = try? MultipartBody(parsing: message.body, contentType: contentType) else {
            return [payloadType(contentType, message.body)]
        }
        return multipart.leaves.filter { $0.essence != ResourceLists.mediaType }
            .map { payloadType($0.contentType, $0.body) }
    }

    private func payloadType(_ contentType: String, _ body: [UInt8]) -> String {
        ContentType(parsing: innermost(contentType: contentType, body: body).contentType)?.essence ?? ""
    }
}

extension IMRequest {
    /// The refusal of a content or an offer that the policy does not allow: 415 for messages, 488 for sessions.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §6.1.1.1 step 4 and §6.1.2.1 step 3
    func refusal(by policy: ServicePolicy, host: String) -> Refusal? {
        switch kind {
        case .pager:
            guard payloadTypes.allSatisfy({ policy.allows(mediaType: $0) }) else {
                return Refusal(
                    415, fields: [SIPField(.accept, (policy.acceptedMediaTypes ?? []).joined(separator: ", "))])
            }
            return message.body.count <= policy.maximumPagerSize ?? .max ? nil : Refusal(513)
        case .session, .largeMessage:
            guard let lines = offer?.anchors, !lines.isEmpty else {
                return Refusal(488, because: "No message session is offered")
            }
            guard lines.allSatisfy({ policy.allows(secured: $0.isSecure) }) else {
                let name = policy.mediaSecurity == .secured ? "TLS" : "TCP"
                return policy.refusalOfOffer(because: "Only MSRP over \(name) is possible", host: host)
            }
            let areAllowed = lines.allSatisfy { line in
                (line.acceptTypes + line.acceptWrappedTypes).contains { $0 == "*" || policy.allows(mediaType: $0) }
            }
            guard areAllowed else { return policy.refusalOfOffer(because: "Media type not allowed", host: host) }
            let sizes = offer?.media.compactMap { $0.fileSelector?.size } ?? []
            guard sizes.allSatisfy({ $0 <= policy.maximumSessionSize ?? .max }) else {
                return policy.refusalOfOffer(because: "Too large", host: host)
            }
            return nil
        }
    }

    /// Whether the message has no time left.
    ///
    /// RFC 3428 §7: a lifetime other than zero counts from the Date, which must stand beside it; without one, only a
    /// lifetime of zero has certainly passed.
    func hasExpired(at time: Instant) -> Bool {
        guard kind == .pager, let seconds = try? message.expires() else { return false }
        guard seconds > 0, let date = try? message.date() else { return seconds == 0 }
        return date.instant + .seconds(min(seconds, 31_536_000)) <= time
    }

    /// Whether the message tells the members of a group about it.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §6.1.2.6
    var isGroupAdvertisement: Bool {
        kind == .pager && payloadTypes.contains(Self.groupAdvertisement)
    }

    static let groupAdvertisement = "application/vnd.poc.group-advertisement+xml"

    /// Whether the content only matters now, such as that somebody is typing.
    ///
    /// RFC 3994 §3.6
    var isEphemeral: Bool {
        kind == .pager && payloadTypes == ["application/im-iscomposing+xml"]
    }
}
