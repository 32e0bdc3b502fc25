import Authentication
import HTTPSyntax
import Network
import SIPSyntax

/// Requests whose senders have to prove who they are, where the operator wants that.
extension ReferenceServer {
    /// Why a SIP request is not served yet, or not at all.
    ///
    /// RFC 3261 §22.2 for the registrar, §22.3 for the proxy that all other requests come to first
    mutating func refusalOfIdentity(of request: SIPMessage) -> Refusal? {
        provenIdentities = nil
        guard let policy = configuration.authentication, let method = request.method else { return nil }
        let names: (status: Int, challenge: SIPFieldName, credentials: SIPFieldName)
        switch (method, policy.scope) {
        case (.register, _): names = (401, .wwwAuthenticate, .authorization)
        case (_, .allRequests) where !request.belongsToDialog:
            names = (407, .proxyAuthenticate, .proxyAuthorization)
        case _: return nil
        }
        let claim = claimedIdentity(of: request)
        let verdict = authenticator?.verify(
            request.all(names.credentials), method: method.name, subject: .anyURI, content: request.body,
            claiming: claim, at: now)
        switch verdict {
        case .authentic(let account)?:
            guard account.identities.contains(claim) else {
                return Refusal(403, because: "The identity is another user's")
            }
            provenIdentities = account.identities
            return nil
        case .challenged(let challenges)?:
            return Refusal(names.status, fields: challenges.map { SIPField(names.challenge, $0.description) })
        case nil:
            return nil
        }
    }

    /// The request without the credentials that were for this server.
    ///
    /// RFC 3261 §22.3
    func withoutOwnCredentials(_ request: SIPMessage) -> SIPMessage {
        guard let realm = configuration.authentication?.terms.realm, request.contains(.proxyAuthorization) else {
            return request
        }
        var request = request
        request.fields.removeAll { field in
            field.name == .proxyAuthorization && DigestCredentials(parsing: field.value)?.realm == realm
        }
        return request
    }

    /// Whose name a request bears: whom it registers, or whom it is from.
    private func claimedIdentity(of request: SIPMessage) -> String {
        let preferred = try? request.firstElement(.pPreferredIdentity, as: NameAddress.self)
        let named = request.method == .register ? try? request.to() : preferred ?? (try? request.from())
        return named?.uri.canonicalURI ?? ""
    }

    /// Who sends a request for documents, as far as that is known.
    ///
    /// 3GPP TS 24.109 §5.2.3.2: of several identities the client names the one that it means.
    mutating func requester(of request: HTTPMessage) throws(XCAPRefusal) -> String? {
        let verdict = authenticator?.verify(
            request.all(.authorization), method: request.method ?? "", subject: .uri(request.target ?? ""),
            content: request.content, claiming: request.assertedIdentity?.canonicalURI ?? "", at: now)
        switch verdict {
        case .authentic(let account)?:
            guard let named = request.assertedIdentity else { return account.identities.first }
            guard account.identities.contains(named.canonicalURI) else {
                throw XCAPRefusal(.forbidden, because: "The identity is another user's")
            }
            return named
        case .challenged(let challenges)?:
            throw XCAPRefusal(
                .unauthorized, fields: challenges.map { HTTPField(.wwwAuthenticate, $0.description) })
        case nil:
            return request.assertedIdentity
        }
    }
}
