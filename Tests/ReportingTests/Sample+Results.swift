import Conformance
import Network

extension Sample {
    static let passed = CaseResult(
        testCase: establishment, outcome: .judged(interop: .pass, conformance: .pass),
        findings: [
            finding("101.1", .criterion, .pass, "B is invited once, by A", "1 invitation", "1", [10], step: "1"),
            finding("101.2", .criterion, .pass, "The answer fits the offer", "port, path, accept-types", "all", [13]),
            finding("101.3", .criterion, .pass, "B receives “Hello B” once", "exactly 1", "1", [19], step: "3"),
            finding("101.4", .criterion, .pass, "A receives “Hello A” once", "exactly 1", "1", [23], step: "4"),
            finding(
                "101.5", .negative, .pass, "No MESSAGE carries either text", "none", "none", [], step: nil,
                decision: .fence(reference(25))),
            finding("101.6", .conformance, .pass, "A's INVITE names the feature tag", "+g.oma.sip-im", "present", [9]),
            finding(
                "101.7", .warning, .fail, "Server names the release first", "Server: IM-serv/OMA1.0",
                "Server: ExampleServer/3.2", [13], requirements: ["TS-F.1-1"]),
        ],
        messages: messages(establishmentLines), cast: cast, started: start, elapsed: .milliseconds(6_470),
        capture: "cases/IM-2.0-int-101/capture.pcapng")

    static let failed = CaseResult(
        testCase: paging, outcome: .judged(interop: .fail, conformance: .fail),
        findings: [
            finding(
                "201.1", .criterion, .fail, "B receives “Hello 1” exactly once", "exactly 1 MESSAGE with “Hello 1”",
                "2: the retransmission was passed on as a request of its own", [11, 14], step: "1",
                requirements: ["TS-8.1.1-1", "RFC3261-17.2.2-1"], party: .server),
            finding("201.2", .criterion, .pass, "A's MESSAGE is answered 2xx", "2xx", "200", [13], step: "1"),
            finding(
                "201.3", .negative, .inconclusive, "B sees no INVITE", "none within the window",
                "nothing, but the capture lost bytes between #11 and #14", [], decision: .window(.seconds(3), .unasked)),
            finding(
                "201.4", .conformance, .fail, "MESSAGE carries no Contact", "no Contact",
                "Contact: <sip:alice@127.0.0.1>\u{0}\u{1B}[2J<img src=x onerror=alert(1)>", [11],
                requirements: ["RFC3428-8-1"], party: .server),
            finding(
                "rfc3261.warning-text", .warning, .fail, "Warning has a warn-agent", "399 <host> \"text\"",
                "399 text", [14], requirements: ["UNKNOWN-1"]),
        ],
        messages: messages(pagingLines), cast: cast, started: start + .seconds(7), elapsed: .milliseconds(35_902),
        capture: "cases/IM-2.0-int-201/capture.pcapng",
        remarks: ["Step 1 did not complete within 32 s; the case went on."])

    static let inconclusive = CaseResult(
        testCase: testCase(
            "IM-2.0-int-205", "Page to a user who bars pager messages",
            description: "B bars pager-mode messages of A.",
            references: References(specification: ["6.1.2.1"], scr: [], etr: ["PMM-004"]), procedure: []),
        outcome: .judged(interop: .inconclusive, conformance: .none),
        findings: [
            finding(
                "205.0", .criterion, .inconclusive, "B logs in", "200 to PUBLISH", "503 Service Unavailable", [],
                step: "preamble")
        ],
        cast: cast, started: start + .seconds(43), elapsed: .milliseconds(250))

    static let broken = CaseResult(
        testCase: testCase(
            "IM-2.0-int-206", "Page to an offline user", description: "B is not logged in.",
            references: References(specification: [], scr: [], etr: []), procedure: []),
        outcome: .error(reason: "Port 5060 of 127.0.0.12 is taken by another program; stop it, or choose --loopback."),
        started: start + .seconds(44), elapsed: .microseconds(300))

    static let notApplicable = CaseResult(
        testCase: testCase(
            "IM-2.0-int-401", "Retrieve deferred messages", description: "B comes back online.",
            references: References(specification: ["12.2"], scr: [], etr: []), procedure: everyStep),
        outcome: .notApplicable(reason: "ICS = no: IMSpec-DM-S-001 (M, Store a message)"),
        started: start + .seconds(45), elapsed: .zero)

    static let outOfTime = CaseResult(
        testCase: testCase(
            "regress-0123", "A \"quoted\" <title> & more", description: "",
            references: References(specification: [], scr: [], etr: []), procedure: []),
        outcome: .outOfTime(reason: "The time budget was used up"), started: start + .seconds(46), elapsed: .zero,
        attempt: 2)

    static func finding(
        _ check: String, _ kind: Check.Kind, _ verdict: Verdict, _ title: String, _ expected: String,
        _ observed: String, _ evidence: [Int], step: String? = nil, requirements: [String] = ["TS-7.1.1.1-2"],
        party: PartyName? = nil, decision: Decision = .presence
    ) -> Finding {
        Finding(
            check: check, kind: kind, verdict: verdict, title: title,
            requirements: requirements.map { RequirementID($0) }, expected: expected, observed: observed,
            evidence: evidence.map(reference), step: step,
            position: position("IM-2.0-int-\(check.prefix(3))", 31), party: party, decision: decision)
    }

    private static let loginLines = [
        sip("A", "server", 0, "preamble", "REGISTER sip:home1.example"),
        sip("server", "A", 4, "preamble", "200 OK (REGISTER)"),
        sip("A", "server", 6, "preamble", "PUBLISH sip:alice.k3f9a@home1.example"),
        sip("server", "A", 11, "preamble", "200 OK (PUBLISH)"),
        sip("B", "server", 12, "preamble", "REGISTER sip:home1.example"),
        sip("server", "B", 15, "preamble", "200 OK (REGISTER)"),
        sip("B", "server", 17, "preamble", "PUBLISH sip:bob.k3f9a@home1.example"),
        sip("server", "B", 21, "preamble", "200 OK (PUBLISH)"),
    ]

    private static let offer = """
        v=0
        o=- 1 1 IN IP4 127.0.0.11
        s=-
        c=IN IP4 127.0.0.11
        t=0 0
        m=message 2855 TCP/MSRP *
        a=accept-types:text/plain
        a=path:msrp://127.0.0.11:2855/jshA7weztas;tcp

        """

    private static let establishmentLines =
        loginLines + [
            sip("A", "server", 40, "1", "INVITE sip:bob.k3f9a@home1.example", body: offer),
            sip("server", "B", 44, "1", "INVITE sip:bob.k3f9a@127.0.0.12:5060;transport=udp", body: offer),
            sip("server", "A", 45, "1", "100 Trying (INVITE)"),
            sip("B", "server", 48, "1", "180 Ringing (INVITE)"),
            sip("B", "server", 2_060, "2", "200 OK (INVITE)", body: offer),
            sip("server", "A", 2_063, "2", "200 OK (INVITE)", body: offer),
            sip("A", "server", 2_066, "2", "ACK sip:bob.k3f9a@127.0.0.12:5060"),
            sip("server", "B", 2_068, "2", "ACK sip:bob.k3f9a@127.0.0.12:5060"),
            msrp("A", "B", 2_080, "3", "SEND 1–12/25+ “Hello”", body: "Hello there,"),
            msrp("B", "A", 2_084, "3", "200 OK (SEND)"),
            msrp("A", "B", 2_085, "3", "SEND 13–25/25$ “Hello B”", body: "Hello B"),
            msrp("B", "A", 2_088, "3", "200 OK (SEND)"),
            msrp("B", "A", 2_100, "4", "SEND “Hello A”", body: "Hello A"),
            msrp("A", "B", 2_103, "4", "200 OK (SEND)"),
            msrp("B", "A", 2_104, "4", "SEND “你好 😀”", body: "你好 😀"),
            msrp("A", "B", 2_106, "4", "200 OK (SEND)"),
            sip("A", "server", 6_110, "postamble", "BYE sip:bob.k3f9a@127.0.0.12:5060"),
            sip("server", "A", 6_114, "postamble", "200 OK (BYE)"),
        ]

    private static let pagingLines =
        loginLines + [
            sip("A", "server", 40, "1", "MESSAGE sip:bob.k3f9a@home1.example", body: "Hello 1"),
            sip("A", "server", 41, "1", "MESSAGE sip:bob.k3f9a@home1.example", body: "Hello 1"),
            Line(
                from: "server", to: "B", at: 44, step: "1", label: "MESSAGE sip:bob.k3f9a@127.0.0.12 <hostile>",
                bytes: hostileBytes),
            sip("B", "server", 49, "1", "200 OK (MESSAGE)"),
            sip("server", "A", 52, "1", "200 OK (MESSAGE)"),
            sip("server", "B", 32_044, "1", "MESSAGE sip:bob.k3f9a@127.0.0.12", body: "Hello 1"),
            Line(
                from: "X", to: "B", at: 32_050, step: nil, label: "\\x16\\x03\\x01 (TLS, not SIP)",
                bytes: [0x16, 0x03, 0x01, 0x00, 0x2E]),
            sip("B", "B", 32_060, "postamble", "OPTIONS sip:bob.k3f9a@127.0.0.12"),
        ]
}
