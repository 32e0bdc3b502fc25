import Assessment
import Conformance
import Execution
import Network
import ReferenceServer
import Testing

/// What any server may do at any time is no reason for another verdict.
struct DisturbanceTests {
    /// Something legal that a server does beside its work.
    enum Disturbance: String, CaseIterable, Sendable {
        case asksForCapabilities
        case notifiesUnasked
        case repeatsRequests
        case repeatsResponses
        case triesFirst
    }

    @Test(arguments: Shipped.ids, Disturbance.allCases)
    func `A legal disturbance changes no verdict`(id: String, disturbance: Disturbance) throws {
        let testCase = try Shipped.testCase(id)
        for routing in ReferenceServer.SessionRouting.allCases {
            var options = CastingOptions()
            options.sessionRouting = routing
            let quiet = testCase.performed(options: options)
            let disturbed = testCase.performed(options: options) { reference in
                WrappedServer(reference) { event, count, server in
                    Self.disturb(by: disturbance, event, count, server)
                }
            }
            #expect(disturbed.trace.entries.count > quiet.trace.entries.count || disturbance == .triesFirst)
            #expect(disturbed.outcome == .completed)
            let assessed = Assessor(testCase).assess(disturbed.trace)
            withKnownIssue(
                "A response that comes again counts as something that was still on its way.", isIntermittent: true
            ) {
                #expect(assessed.complaints == [], "\(routing)")
                #expect(assessed.interop == .pass && assessed.conformance == .pass, "\(routing)")
            } when: {
                disturbance == .repeatsResponses
            }
        }
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
                "Via: SIP/2.0/UDP 127.0.0.10:5060;branch=z9hG4bKdisturbance\(number)", "Max-Forwards: 70",
                "From: <sip:parley.example>;tag=\(number)",
                "To: <sip:somebody@parley.example>\(method == "NOTIFY" ? ";tag=1" : "")",
                "Call-ID: disturbance\(number)@127.0.0.10", "CSeq: 1 \(method)", "User-Agent: IM-serv/OMA1.0",
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
