import Actors
import Assessment
import Authentication
import Conformance
import Execution
import ReferenceServer
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
}
