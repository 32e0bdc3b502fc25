import Authentication
import Bytes
import HTTPSyntax
import Network
import SIPSyntax
import Testing

@testable import ReferenceServer

/// A server that wants proof of who somebody is.
///
/// RFC 3261 §22
@Suite struct AuthenticationTests {
    private var stand = Stand(configuration(.registrations))
    /// How many requests have been sent with credentials.
    private var count = 0

    private static func configuration(_ scope: AuthenticationPolicy.Scope) -> ReferenceServer.Configuration {
        var configuration = Stand.configuration
        configuration.authentication = AuthenticationPolicy(
            terms: DigestVerifier.Terms(realm: "home.example"),
            accounts: [
                .init(
                    username: "ann", password: "secret", identities: ["sip:ann@home.example", "sip:work@home.example"]),
                .init(username: "bob", password: "other", identities: ["sip:bob@home.example"]),
            ], scope: scope)
        return configuration
    }

    private func responder(_ client: Client) -> DigestResponder {
        DigestResponder(
            username: client.name, secret: .password(client.name == "ann" ? "secret" : "other"),
            generator: SeededGenerator(seed: 5))
    }

    /// Sends a request twice: as it is, and with an answer to the challenge.
    private mutating func prove(
        _ request: SIPMessage, from client: Client, by responder: inout DigestResponder
    ) -> [SIPMessage] {
        stand.send(request, from: client)
        let refusals = stand.received(by: client)
        guard let refusal = refusals.last, [401, 407].contains(refusal.status) else { return refusals }
        let isProxy = refusal.status == 407
        let fields = refusal.all(isProxy ? .proxyAuthenticate : .wwwAuthenticate)
        guard responder.accept(fields.flatMap(DigestChallenge.all), after: []) else { return refusals }
        return refusals + proven(request, from: client, by: &responder, isProxy ? .proxyAuthorization : .authorization)
    }

    private mutating func proven(
        _ request: SIPMessage, from client: Client, by responder: inout DigestResponder, _ name: SIPFieldName
    ) -> [SIPMessage] {
        var again = request
        count += 1
        let number = ((try? request.cSeq())?.number ?? 0) + UInt32(count)
        again.set(.cSeq, "\(number) \(request.method?.name ?? "")")
        again.set(.via, "SIP/2.0/UDP \(client.sip);branch=z9hG4bKproven\(count)")
        let credentials = responder.credentials(
            method: request.method?.name ?? "", uri: request.requestURI ?? "", content: request.body)
        for value in credentials { again.add(name, value.description) }
        stand.send(again, from: client)
        return stand.received(by: client)
    }

    @Test mutating func `A registration without credentials is challenged in all algorithms, the best first`() {
        stand.send(Client.a.register(), from: .a)
        let refusal = stand.received(by: .a).first
        #expect(refusal?.status == 401)
        let challenges = refusal?.all(.wwwAuthenticate).flatMap(DigestChallenge.all) ?? []
        #expect(challenges.map(\.algorithm) == [.sha256, .md5])
        #expect(challenges.allSatisfy { $0.realm == "home.example" && !$0.isStale })
        #expect(refusal?.contains(.contact) == false)
    }

    @Test mutating func `Who knows the password is registered`() {
        var responder = responder(.a)
        #expect(prove(Client.a.register(), from: .a, by: &responder).map(\.status) == [401, 200])
    }

    @Test mutating func `Nobody registers the address of another by his own password`() {
        var responder = responder(.b)
        #expect(prove(Client.a.register(), from: .a, by: &responder).map(\.status) == [401, 403])
    }

    @Test mutating func `A wrong password is challenged again, and not called stale`() {
        var responder = DigestResponder(
            username: "ann", secret: .password("guess"), generator: SeededGenerator(seed: 5))
        let answers = prove(Client.a.register(), from: .a, by: &responder)
        #expect(answers.map(\.status) == [401, 401])
        #expect(answers.last?.all(.wwwAuthenticate).flatMap(DigestChallenge.all).map(\.isStale) == [false, false])
    }

    @Test mutating func `An old nonce is stale`() {
        var responder = responder(.a)
        _ = prove(Client.a.register(), from: .a, by: &responder)
        stand.pass(.seconds(301))
        let answer = proven(Client.a.register(sequence: 2), from: .a, by: &responder, .authorization).last
        #expect(answer?.status == 401)
        #expect(answer?.all(.wwwAuthenticate).flatMap(DigestChallenge.all).map(\.isStale) == [true, true])
    }

    @Test mutating func `Credentials are good for one request`() throws {
        var responder = responder(.a)
        stand.send(Client.a.register(), from: .a)
        let challenges = stand.received(by: .a).flatMap { $0.all(.wwwAuthenticate) }.flatMap(DigestChallenge.all)
        let isAccepted = responder.accept(challenges, after: [])
        #expect(isAccepted)
        let value = try #require(
            responder.credentials(method: "REGISTER", uri: "sip:home.example", content: []).first?.description)
        for (sequence, status) in [(2, 200), (3, 401)] {
            var request = Client.a.register(sequence: sequence)
            request.add(.authorization, value)
            stand.send(request, from: .a)
            #expect(stand.received(by: .a).map(\.status) == [status])
        }
    }

    @Test mutating func `A request that comes again is answered as before`() throws {
        var responder = responder(.a)
        stand.send(Client.a.register(), from: .a)
        let challenges = stand.received(by: .a).flatMap { $0.all(.wwwAuthenticate) }.flatMap(DigestChallenge.all)
        let isAccepted = responder.accept(challenges, after: [])
        #expect(isAccepted)
        var request = Client.a.register(sequence: 2)
        for value in responder.credentials(method: "REGISTER", uri: "sip:home.example", content: []) {
            request.add(.authorization, value.description)
        }
        for _ in 0..<2 {
            stand.send(request, from: .a)
            #expect(stand.received(by: .a).map(\.status) == [200])
        }
    }

    @Test(arguments: ["Digest", "Basic YW5uOnNlY3JldA==", "Digest username=\"ann\"", "nonsense \"", ""])
    mutating func `What is no credentials is challenged`(value: String) {
        var request = Client.a.register()
        request.add(.authorization, value)
        stand.send(request, from: .a)
        #expect(stand.received(by: .a).map(\.status) == [401])
    }

    @Test mutating func `Other requests need no proof where only registrations do`() {
        var responder = responder(.a)
        _ = prove(Client.a.register(), from: .a, by: &responder)
        stand.send(Client.a.page("Hello", to: .b), from: .a)
        #expect(stand.received(by: .a).map(\.status) == [202])
    }

    // MARK: All requests

    @Test mutating func `Where all requests do, a page is challenged, and goes on without its credentials`() throws {
        stand = Stand(Self.configuration(.allRequests))
        var (ann, bob) = (responder(.a), responder(.b))
        _ = prove(Client.a.register(), from: .a, by: &ann)
        _ = prove(Client.b.register(), from: .b, by: &bob)
        let answers = prove(Client.a.page("Hello", to: .b), from: .a, by: &ann)
        #expect(answers.first?.status == 407)
        let page = try #require(stand.received(by: .b).first { $0.method == .message })
        #expect(!page.contains(.proxyAuthorization))
        #expect(page.first(.pAssertedIdentity) == "<sip:ann@home.example>")
    }

    @Test mutating func `Nobody pages in the name of another`() {
        stand = Stand(Self.configuration(.allRequests))
        var (ann, bob) = (responder(.a), responder(.b))
        _ = prove(Client.a.register(), from: .a, by: &ann)
        _ = prove(Client.b.register(), from: .b, by: &bob)
        #expect(prove(Client.a.page("Hello", to: .b), from: .a, by: &bob).last?.status == 403)
        #expect(stand.received(by: .b).filter(\.isRequest).isEmpty)
    }

    @Test mutating func `Credentials for another realm are left to whom they are for`() throws {
        stand = Stand(Self.configuration(.allRequests))
        var (ann, bob) = (responder(.a), responder(.b))
        _ = prove(Client.a.register(), from: .a, by: &ann)
        _ = prove(Client.b.register(), from: .b, by: &bob)
        let foreign = "Digest username=\"x\", realm=\"elsewhere\", nonce=\"n\", uri=\"sip:b\", response=\"0\""
        var page = Client.a.page("Hello", to: .b)
        page.add(.proxyAuthorization, foreign)
        _ = prove(page, from: .a, by: &ann)
        let received = try #require(stand.received(by: .b).first { $0.method == .message })
        #expect(received.all(.proxyAuthorization) == [foreign])
    }

    // MARK: Documents

    private static let lists = "/resource-lists/users/sip:ann@home.example/index"

    private mutating func get(
        _ target: String, by responder: inout DigestResponder, for uri: String? = nil, fields: String = ""
    ) throws -> [HTTPMessage] {
        let id = stand.connect(.a, to: Stand.xcap)
        var responses: [HTTPMessage] = []
        for _ in 0..<2 {
            let credentials = responder.credentials(method: "GET", uri: uri ?? target, content: [])
            let lines = credentials.map { "Authorization: \($0)\r\n" }.joined()
            stand.give(.received(id, Array("GET \(target) HTTP/1.1\r\nHost: h\r\n\(fields)\(lines)\r\n".utf8)))
            let response = try HTTPMessage(parsing: stand.bytes(on: id))
            responses.append(response)
            guard response.status == 401 else { break }
            let challenges = response.all(.wwwAuthenticate).flatMap(DigestChallenge.all)
            guard responder.accept(challenges, after: credentials) else { break }
        }
        return responses
    }

    @Test mutating func `A document is shown to who proves that it is his`() throws {
        var ann = responder(.a)
        #expect(try get(Self.lists, by: &ann).map(\.status) == [401, 404])
        #expect(try get(Self.lists, by: &ann).map(\.status) == [404])
        var bob = responder(.b)
        #expect(try get(Self.lists, by: &bob).map(\.status) == [401, 403])
    }

    @Test mutating func `Saying who one is proves nothing, and names one of several identities`() throws {
        let (ann, work) = (
            "X-3GPP-Intended-Identity: \"sip:ann@home.example\"\r\n",
            "X-3GPP-Intended-Identity: sip:work@home.example\r\n"
        )
        var bob = responder(.b)
        #expect(try get(Self.lists, by: &bob, fields: ann).map(\.status) == [401, 403])
        var responder = responder(.a)
        #expect(try get(Self.lists, by: &responder, fields: ann).map(\.status) == [401, 404])
        #expect(try get(Self.lists, by: &responder, fields: work).map(\.status) == [403])
    }

    @Test mutating func `Credentials for another document are worth nothing`() throws {
        var ann = responder(.a)
        #expect(try get(Self.lists, by: &ann, for: "/other").map(\.status) == [401, 401])
    }
}
