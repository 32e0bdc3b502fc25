import Authentication
import HTTPSyntax

/// Answers to document servers that want to know who the client is.
///
/// RFC 7616 §3.4
extension HTTPMessage {
    /// The request with the credentials that earlier challenges have shown to be needed.
    func authorized(by responder: inout DigestResponder?) -> HTTPMessage {
        guard let method, let target, all(.authorization).isEmpty else { return self }
        let credentials = responder?.credentials(method: method, uri: target, content: content) ?? []
        var request = self
        for value in credentials { request.set(.authorization, value.description) }
        return request
    }

    /// Whether the request can be sent again, with an answer to the challenge that has refused it.
    func isWorthRepeating(after response: HTTPMessage, _ responder: inout DigestResponder?) -> Bool {
        guard response.status == 401 else { return false }
        let challenges = response.all(.wwwAuthenticate).flatMap(DigestChallenge.all)
        let refused = all(.authorization).compactMap(DigestCredentials.init(parsing:))
        return responder?.accept(challenges, after: refused) ?? false
    }
}
