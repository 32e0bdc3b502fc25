import MessageBodies
import SDP
import SIPSyntax

/// An INVITE to a focus, taken apart.
///
/// OMA-TS-SIMPLE_IM-V1_0 §7.2.1.2 to §7.2.1.5, RFC 5366
struct ConferenceRequest {
    let message: SIPMessage
    let originator: Originator
    let kind: IMRequest.Kind

    var asksForPrivacy: Bool { message.asksForPrivacy }

    /// The description of the session, alone or beside a list of users.
    var offer: SessionDescription? {
        guard let body = message.body(of: "application/sdp") else { return nil }
        return try? SessionDescription(parsing: body)
    }

    /// The lines of that description.
    var lines: [MediaDescription] { offer.map(ConferenceLine.offered(in:)) ?? [] }

    /// The users listed, each once.
    ///
    /// RFC 5363 §4.1
    var entries: [ResourceLists.Entry]? {
        guard let body = message.recipientList else { return nil }
        var seen: Set<String> = []
        return body.entries.filter { seen.insert($0.address).inserted }
    }

    /// The name and URI that the user has given himself.
    var from: NameAddress { ((try? message.from()) ?? nil) ?? NameAddress(uri: originator.user) }

    /// Whether the user comes from a conference of his own.
    ///
    /// RFC 4579 §4: a parameter of the Contact field
    var comesFromFocus: Bool { (try? message.contact())?.parameters.first("isfocus") != nil }
}

extension SIPMessage {
    /// The body of this type, when it is the whole body or a part of it.
    func body(of essence: String) -> [UInt8]? {
        let contentType = first(.contentType) ?? ""
        if ContentType(parsing: contentType)?.essence == essence { return body }
        return (try? MultipartBody(parsing: body, contentType: contentType))?.first(type: essence)?.body
    }

    /// The list of users that a request carries, in a part or as its only body.
    ///
    /// RFC 5363 §4, RFC 5368 §6
    var recipientList: ResourceLists? {
        let contentType = first(.contentType) ?? ""
        let multipart = try? MultipartBody(parsing: body, contentType: contentType)
        let part = multipart?.first(disposition: "recipient-list")?.body ?? body(of: ResourceLists.mediaType)
        return part.flatMap { try? ResourceLists(parsing: $0) }
    }
}

extension ResourceLists.Entry {
    /// The address of record of the user, whatever else the URI asks for.
    var address: String { (try? SIPURI(parsing: uri))?.userAddress ?? uri }

    /// The URI of the user without the header fields that his invitation gets.
    var identity: String {
        guard var parsed = try? SIPURI(parsing: uri) else { return uri }
        parsed.headers = []
        parsed.parameters.remove("method")
        return parsed.description
    }

    /// The dialog that the invitation takes the place of.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §7.1.1.6, RFC 3261 §19.1.5
    var replaces: Replaces? {
        Replaces(inHeadersOf: uri)
    }
}
