import Actors
import Assessment
import Authentication
import Conformance
import Execution
import Network
import ReferenceServer
import TestSupport
import Testing

/// Clients with passwords at a server that asks for them.
///
/// RFC 3261 §22, RFC 7616
struct ChallengedTests {
    private static func isChallenged(_ entry: TraceEntry) -> Bool {
        switch entry.content {
        case .datagram(let bytes), .stream(let bytes):
            let text = String(decoding: bytes, as: UTF8.self)
            return text.hasPrefix("SIP/2.0 401") || text.hasPrefix("SIP/2.0 407") || text.hasPrefix("HTTP/1.1 401")
        case .opened, .gap, .closed:
            return false
        }
    }

    @Test(
        arguments: ["101", "201", "203", "405"],
        AuthenticationPolicy.Scope.allCases)
    func `A case passes as soon as without passwords`(
        number: String, scope: AuthenticationPolicy.Scope
    ) throws {
        let testCase = try Shipped.testCase("IM-2.0-int-\(number)")
        var options = CastingOptions()
        for client in testCase.equipment.clients {
            let name = client.description.lowercased()
            options.imAddresses[client] = "sip:\(name)@\(options.domain)"
            options.accounts[client] = IMClient.Account(username: name, password: "of \(name)")
        }
        var casting = Casting(testCase, slot: 0, identity: "t3st0", options: options)
        casting.server?.authentication = AuthenticationPolicy(
            terms: DigestVerifier.Terms(realm: options.domain),
            accounts: options.accounts.values.map { account in
                .init(
                    username: account.username, password: "of \(account.username)",
                    identities: ["sip:\(account.username)@\(options.domain)"])
            }, scope: scope)
        let performance = Simulation(testCase, casting: casting, seed: 1).perform()
        #expect(performance.outcome == .completed)
        #expect(performance.trace.entries.contains(where: Self.isChallenged))
        #expect(performance.elapsed < .seconds(1), "The end was not seen as one")
        let assessed = Assessor(testCase).assess(performance.trace)
        #expect(assessed.complaints == [])
        #expect(assessed.interop == .pass && assessed.conformance == .pass)
    }

    /// A SIM card of K and OPc, which has accepted numbers before.
    private static func module(_ first: UInt8, sequence: UInt64) throws -> SubscriberModule {
        let milenage = try #require(
            Milenage(
                key: [first] + [UInt8](repeating: 7, count: 15), encryptedVariant: [UInt8](repeating: 9, count: 16)))
        return SubscriberModule(milenage, sequence: sequence)
    }

    @Test(arguments: AuthenticationPolicy.Scope.allCases, [0, 100_000] as [UInt64])
    func `A case passes with SIM cards, new ones and such as are ahead of their network`(
        scope: AuthenticationPolicy.Scope, sequence: UInt64
    ) throws {
        let testCase = try Shipped.testCase("IM-2.0-int-405")
        var options = CastingOptions()
        for (place, client) in testCase.equipment.clients.enumerated() {
            options.imAddresses[client] = "sip:\(client)@\(options.domain)"
            options.accounts[client] = IMClient.Account(
                username: "\(client)@\(options.domain)",
                secret: .subscriber(try Self.module(UInt8(place), sequence: sequence)))
        }
        var casting = Casting(testCase, slot: 0, identity: "t3st0", options: options)
        casting.server?.authentication?.scope = scope
        let performance = Simulation(testCase, casting: casting, seed: 1).perform()
        #expect(performance.outcome == .completed, "\(performance.remarks)")
        let texts = performance.trace.entries.compactMap { entry in
            switch entry.content {
            case .datagram(let bytes), .stream(let bytes): String(decoding: bytes, as: UTF8.self)
            case .opened, .gap, .closed: nil
            }
        }
        #expect(texts.contains { $0.hasPrefix("HTTP/1.1 401") && $0.contains("AKAv1-MD5") })
        // A card that is ahead says so once, whoever asks it next; every message is seen at both its ends.
        let told = texts.filter { $0.contains("auts=") }
        #expect(Set(told).count == (sequence == 0 ? 0 : testCase.equipment.clients.count), "\(told)")
        let assessed = Assessor(testCase).assess(performance.trace)
        #expect(assessed.complaints == [])
        #expect(assessed.interop == .pass && assessed.conformance == .pass)
    }

    @Test func `Where one cannot log in, the end is there as soon as all has been answered`() {
        let testCase = Play.testCase([Play.step("1", Play.a, .page(text: "Hello", to: .client(Play.b)))])
        var options = CastingOptions()
        options.accounts[Play.a] = IMClient.Account(username: "ann", password: "secret")
        options.accounts[Play.b] = IMClient.Account(username: "ben", password: "other")
        options.imAddresses[Play.a] = "sip:ann@\(options.domain)"
        options.imAddresses[Play.b] = "sip:ben@\(options.domain)"
        let policy = AuthenticationPolicy(
            terms: DigestVerifier.Terms(realm: options.domain),
            accounts: ["ann", "ben"].map {
                .init(username: $0, password: "secret", identities: ["sip:\($0)@\(options.domain)"])
            }, scope: .registrations)
        let performance = testCase.performed(options: options) { server in
            var configuration = server.configuration
            configuration.authentication = policy
            return .answeringLate(ReferenceServer(configuration: configuration, seed: 1)) {
                $0.hasPrefix("PUBLISH") && $0.contains("sip:ann")
            }
        }
        let publication = performance.received(by: Play.a, "SIP/2.0 200").first {
            $0.field("CSeq")?.hasSuffix("PUBLISH") == true
        }
        #expect(publication?.time ?? performance.trace.end > Simulation.epoch + .milliseconds(150))
        #expect(performance.elapsed < .seconds(1))
    }
}
