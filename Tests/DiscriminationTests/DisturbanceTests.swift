import Actors
import Assessment
import Conformance
import Execution
import Network
import ReferenceServer
import TestSupport
import Testing

/// What any server or client may do at any time is no reason for another verdict.
struct DisturbanceTests {
    /// Something legal that a server does beside its work.
    enum Disturbance: String, CaseIterable, Sendable {
        case asksForCapabilities
        case notifiesUnasked
        case notifiesFirst
        case repeatsRequests
        case repeatsResponses
        case triesFirst
    }

    @Test(arguments: ["IM-2.0-int-101", "IM-2.0-int-201"], Disturbance.allCases)
    func `A legal disturbance changes no verdict`(id: String, disturbance: Disturbance) {
        for routing in ReferenceServer.SessionRouting.allCases {
            var options = CastingOptions()
            options.sessionRouting = routing
            Self.expectPass(id, by: [disturbance], options: options)
        }
    }

    @Test(arguments: ReferenceTests.cases.sampled)
    func `Neither do all of them at once, with losses, and clients that refresh all every 5 s`(id: String) {
        Self.expectPass(id, by: Disturbance.allCases, interval: .seconds(5), conditions: .disturbed(0.02))
    }

    private static func expectPass(
        _ id: String, by disturbances: [Disturbance], options: CastingOptions = CastingOptions(),
        interval: Duration = .seconds(3600), conditions: NetworkConditions = .perfect
    ) {
        let testCase = Theatre.testCase(id)
        var casting = Casting(testCase, slot: 0, identity: "t3st0", options: options)
        for index in casting.clients.indices { casting.clients[index].registrationInterval = interval }
        guard let configuration = casting.server else { preconditionFailure("The reference server is embedded") }
        let performance = Simulation(testCase, casting: casting, seed: 1, conditions: conditions) { seed in
            WrappedServer(ReferenceServer(configuration: configuration, seed: seed)) { event, count, server in
                Self.disturb(by: disturbances[...], event, count, server)
            }
        }.perform()
        #expect(performance.outcome == .completed)
        let assessed = Assessor(testCase).assess(performance.trace)
        #expect(assessed.complaints == [], "\(options.sessionRouting)")
        #expect(assessed.interop == .pass && assessed.conformance == .pass, "\(options.sessionRouting)")
    }

    private static func disturb(
        by disturbances: ArraySlice<Disturbance>, _ event: NodeEvent, _ count: Int, _ server: () -> [NodeEffect]
    ) -> [NodeEffect] {
        guard let first = disturbances.first else { return server() }
        return disturb(by: first, event, count) { disturb(by: disturbances.dropFirst(), event, count, server) }
    }

    private static func disturb(
        by disturbance: Disturbance, _ event: NodeEvent, _ count: Int, _ server: () -> [NodeEffect]
    ) -> [NodeEffect] {
        guard case .datagram(let bytes, let client, let local) = event else { return server() }
        let text = String(decoding: bytes, as: UTF8.self)
        // What answers a disturbance is not the server's business.
        guard !text.contains("Call-ID: disturbance") else { return [] }
        func request(_ method: String, _ fields: [String]) -> NodeEffect {
            .datagram(Array(Self.request(method, count, fields, to: client).utf8), from: local, to: client)
        }
        switch disturbance {
        case .asksForCapabilities:
            return server() + [request("OPTIONS", ["Accept: application/sdp"])]
        case .notifiesUnasked:
            let fields = ["Event: presence", "Subscription-State: active;expires=600", "Contact: <sip:127.0.0.10>"]
            return [request("NOTIFY", fields)] + server()
        case .notifiesFirst:
            let effects = server()
            return text.hasPrefix("SUBSCRIBE")
                ? effects.filter { $0.isResponse == false } + effects.filter { $0.isResponse != false } : effects
        case .repeatsRequests:
            return server().flatMap { $0.isResponse == false ? [$0, $0] : [$0] }
        case .repeatsResponses:
            return server().flatMap { $0.isResponse == true ? [$0, $0] : [$0] }
        case .triesFirst:
            return trying(text).map { [.datagram(Array($0.utf8), from: local, to: client)] + server() } ?? server()
        }
    }

    private static func request(_ method: String, _ number: Int, _ fields: [String], to client: SocketAddress) -> String
    {
        let lines =
            [
                "\(method) sip:\(client) SIP/2.0",
                "Via: SIP/2.0/UDP 127.0.0.10:5060;branch=z9hG4bKdisturbance\(method)\(number)", "Max-Forwards: 70",
                "From: <sip:parley.example>;tag=\(number)",
                "To: <sip:somebody@parley.example>\(method == "NOTIFY" ? ";tag=1" : "")",
                "Call-ID: disturbance\(method)\(number)@127.0.0.10", "CSeq: 1 \(method)", "User-Agent: IM-serv/OMA1.0",
            ] + fields + ["Content-Length: 0", "", ""]
        return lines.joined(separator: "\r\n")
    }

    /// The 100 to an INVITE.
    ///
    /// RFC 3261 §8.2.6.1
    private static func trying(_ request: String) -> String? {
        guard request.hasPrefix("INVITE") else { return nil }
        let copied = ["Via:", "From:", "To:", "Call-ID:", "CSeq:"]
        let fields = request.split(separator: "\r\n").filter { line in copied.contains { line.hasPrefix($0) } }
        let lines = ["SIP/2.0 100 Trying"] + fields.map(String.init) + ["Content-Length: 0", "", ""]
        return lines.joined(separator: "\r\n")
    }
}

extension NodeEffect {
    /// Whether a SIP response, and not a request, leaves by datagram; nil for everything else.
    fileprivate var isResponse: Bool? {
        guard case .datagram(let bytes, from: _, to: _) = self else { return nil }
        return bytes.starts(with: "SIP/2.0".utf8)
    }
}
