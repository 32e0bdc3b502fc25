/// A message that was stored or recorded, as a SEND request carries it to the user who gets it now.
///
/// OMA-TS-SIMPLE_IM-V1_0 §12.2.2.5, §13.3.3 and Appendix D.2
package struct EncapsulatedMessage: Equatable, Sendable {
    package enum Part: Equatable, Sendable {
        case sip(SIPFragment)
        case sipfrag(SIPFragment)
        case msrp(MSRPFragment)
    }

    package var parts: [Part]

    /// The messages that set up a session, those it carried and those that ended it, in the order in which they went.
    package init(_ parts: [Part]) {
        self.parts = parts
    }

    /// Reads the body of a SEND request: parts of these types in any order, or one without a multipart around it.
    ///
    /// Parts of other types are ignored, as long as there is one that is not.
    package init(parsing body: [UInt8], contentType: String) throws(MessageBodyError) {
        let essence = ContentType(parsing: contentType)?.essence ?? ""
        guard essence.hasPrefix("multipart/") else {
            guard let part = try Part(essence: essence, body) else { throw .notEncapsulated(contentType: contentType) }
            parts = [part]
            return
        }
        parts = []
        for leaf in try MultipartBody(parsing: body, contentType: contentType).leaves {
            if let part = try Part(essence: leaf.essence, leaf.body) { parts.append(part) }
        }
        guard !parts.isEmpty else { throw .notEncapsulated(contentType: contentType) }
    }

    /// The body that the specification asks for.
    package func multipart(boundary: String) -> MultipartBody {
        MultipartBody(
            boundary: boundary,
            parts: parts.map { MultipartBody.BodyPart(contentType: $0.contentType, body: $0.serialized()) })
    }
}

extension EncapsulatedMessage {
    /// The SIP messages among the parts.
    package var sipMessages: [SIPFragment] {
        parts.compactMap { part in
            switch part {
            case .sip(let message), .sipfrag(let message): message
            case .msrp: nil
            }
        }
    }

    /// The MSRP requests among the parts.
    package var msrpRequests: [MSRPFragment] {
        parts.compactMap { if case .msrp(let request) = $0 { request } else { nil } }
    }

    /// The SIP request that the user was sent: a MESSAGE, or the INVITE of a large message or a session.
    package var request: SIPFragment? {
        sipMessages.first { $0.method == "MESSAGE" } ?? sipMessages.first { $0.method == "INVITE" }
            ?? sipMessages.first
    }

    /// The value of a field that the SIP request has, or else the first part that has it.
    package func value(_ name: String) -> String? {
        request?.value(name) ?? parts.lazy.compactMap { $0.value(name) }.first
    }

    /// What the sender wrote: the content of the SEND request, or else that of the SIP request.
    package var payload: (contentType: String, body: [UInt8])? {
        if let send = msrpRequests.first(where: { $0.method == "SEND" }) { return (send.contentType, send.body) }
        return request.map { ($0.contentType, $0.body) }
    }
}

extension EncapsulatedMessage.Part {
    /// Reads a part of this type.
    ///
    /// - Returns: nil when the type is none of those that hold a message.
    fileprivate init?(essence: String, _ body: [UInt8]) throws(MessageBodyError) {
        switch essence {
        case SIPFragment.wholeMediaType: self = .sip(try SIPFragment(parsing: body))
        case SIPFragment.mediaType: self = .sipfrag(try SIPFragment(parsing: body))
        case MSRPFragment.mediaType: self = .msrp(try MSRPFragment(parsing: body))
        default: return nil
        }
    }

    package var contentType: String {
        switch self {
        case .sip: SIPFragment.wholeMediaType
        case .sipfrag: SIPFragment.mediaType
        case .msrp: MSRPFragment.mediaType
        }
    }

    package func serialized() -> [UInt8] {
        switch self {
        case .sip(let message), .sipfrag(let message): message.serialized()
        case .msrp(let request): request.serialized()
        }
    }

    fileprivate func value(_ name: String) -> String? {
        switch self {
        case .sip(let message), .sipfrag(let message): message.value(name)
        case .msrp(let request): request.value(name)
        }
    }
}
