import Authentication
import Bytes
import SIPSyntax

/// The client's answers to those who want to know who it is: registrars and servers by 401, proxies by 407.
///
/// RFC 3261 §22.2 and §22.3
struct ClientAuthentication: Sendable {
    private var servers: DigestResponder
    private var proxies: DigestResponder
    /// The Request-URIs at which servers have challenged, and their realms.
    private var realms: [String: Set<String>] = [:]
    /// Whether a SIM card is asked, for which the network has to know at once whose it is.
    private let isSubscriber: Bool

    init(_ account: IMClient.Account, generator: inout SeededGenerator) {
        isSubscriber = if case .subscriber = account.secret { true } else { false }
        servers = DigestResponder(
            username: account.username, secret: account.secret, generator: generator.split())
        proxies = DigestResponder(
            username: account.username, secret: account.secret, generator: generator.split())
    }

    /// What the SIM card has come to, as the last has left it who asked it; nil for a password.
    var module: SubscriberModule? {
        guard var module = servers.module else { return nil }
        if let other = proxies.module { module.catchUp(with: other) }
        return module
    }

    mutating func catchUp(with module: SubscriberModule) {
        servers.catchUp(with: module)
        proxies.catchUp(with: module)
    }

    /// Adds the credentials that earlier challenges have shown to be needed, to spare the next ones.
    mutating func authorize(_ request: inout SIPMessage) {
        guard let method = request.method, let uri = request.requestURI, method != .ack, method != .cancel else {
            return
        }
        if let realms = realms[uri], !request.contains(.authorization) {
            let credentials = servers.credentials(for: realms, method: method.name, uri: uri, content: request.body)
            for value in credentials { request.add(.authorization, value.description) }
        } else if isSubscriber, method == .register, !request.contains(.authorization) {
            // 3GPP TS 24.229 §5.1.1.2: the first REGISTER names the user, and answers nothing yet.
            request.add(
                .authorization,
                """
                Digest username="\(servers.username)", realm="\(uri.dropFirst("sip:".count))", nonce="", \
                uri="\(uri)", response=""
                """)
        }
        if !request.contains(.proxyAuthorization) {
            let credentials = proxies.credentials(method: method.name, uri: uri, content: request.body)
            for value in credentials { request.add(.proxyAuthorization, value.description) }
        }
    }

    /// The request with an answer to what refused it, or nil where there is none that has not failed already.
    mutating func answer(_ response: SIPMessage, to request: SIPMessage) -> SIPMessage? {
        guard let uri = request.requestURI else { return nil }
        let isAccepted: Bool
        switch response.status {
        case 401:
            let challenges = response.all(.wwwAuthenticate).flatMap(DigestChallenge.all)
            isAccepted = servers.accept(challenges, after: request.credentials(.authorization))
            if isAccepted { realms[uri, default: []].formUnion(challenges.map(\.realm)) }
        case 407:
            let challenges = response.all(.proxyAuthenticate).flatMap(DigestChallenge.all)
            isAccepted = proxies.accept(challenges, after: request.credentials(.proxyAuthorization))
        case _:
            isAccepted = false
        }
        guard isAccepted else { return nil }
        var again = request
        again.remove(.authorization)
        again.remove(.proxyAuthorization)
        authorize(&again)
        return again
    }
}

extension SIPMessage {
    /// The fields by which the sender proves who he is.
    var credentialFields: [SIPField] { fields.filter { $0.name == .authorization || $0.name == .proxyAuthorization } }

    fileprivate func credentials(_ name: SIPFieldName) -> [DigestCredentials] {
        all(name).compactMap(DigestCredentials.init(parsing:))
    }
}
