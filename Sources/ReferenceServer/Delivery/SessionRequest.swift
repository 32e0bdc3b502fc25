import MessageBodies
import SDP
import SIPSyntax

/// What the body of an INVITE to a function of the server holds.
///
/// RFC 5366 §4: a description alone, or beside a list
struct SessionRequest {
    let offer: SessionDescription?
    /// The URIs that are listed; nil without a list.
    let list: [String]?

    init(_ request: SIPMessage) {
        let contentType = request.first(.contentType) ?? ""
        if let body = try? MultipartBody(parsing: request.body, contentType: contentType) {
            offer = body.first(type: "application/sdp").flatMap { try? SessionDescription(parsing: $0.body) }
            let part = body.first(disposition: "recipient-list") ?? body.first(type: ResourceLists.mediaType)
            list = part.map { part in
                ((try? ResourceLists(parsing: part.body))?.entries ?? []).map(\.uri.withScheme)
            }
        } else if ContentType(parsing: contentType)?.essence == "application/sdp" {
            offer = try? SessionDescription(parsing: request.body)
            list = nil
        } else {
            offer = nil
            list = nil
        }
    }
}

extension String {
    /// The URI with the scheme that the printed examples of references leave out.
    var withScheme: String {
        let lowercased = lowercased()
        return lowercased.hasPrefix("sip:") || lowercased.hasPrefix("sips:") ? self : "sip:" + self
    }
}
