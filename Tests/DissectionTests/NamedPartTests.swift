import Conformance
import Dissection
import TestSupport
import Testing

/// What criteria can name: header fields in any spelling, and the parts of a message.
struct NamedPartTests {
    static let call: Dissection = {
        var trace = TraceBuilder()
        _ = trace.establish(.backToBack)
        return trace.dissection
    }()

    static let invite = call.messages(labelled: "INVITE sip:bob@parley.example")[0]

    @Test(arguments: [
        ("Request-URI", ["sip:bob@parley.example"]), ("method", ["INVITE"]), ("status", []),
        ("identity", ["sip:alice@parley.example"]), ("release", ["IM-client/OMA1.0"]), ("sdp.media.port", ["2855"]),
        ("sdp.media.path", ["msrp://127.0.0.11:2855/a;tcp"]), ("sdp.media.accept-types", ["text/plain"]),
        ("cpim.From", []), ("cpim.To", []), ("Max-Forwards", ["70"]), ("max-forwards", ["70"]),
        (
            "m",
            [
                "<sip:alice@127.0.0.11:5060>;+g.oma.sip-im"
            ]
        ), ("X-Nothing", []),
    ])
    func `The parts of an INVITE`(name: String, values: [String]) {
        #expect(Self.invite.values(of: name) == values)
    }

    @Test func `The parts of a response`() throws {
        let success = try #require(Self.call.messages.first { $0.isSuccess })
        #expect(success.values(of: "status") == ["200"])
        #expect(success.values(of: "method") == ["INVITE"])
        #expect(success.values(of: "Request-URI") == [])
    }

    @Test func `The parts of an MSRP request`() {
        let dissection = ContentTests.dissect([chunk(ContentTests.cpim, type: "message/cpim")])
        let send = dissection.messages[0]
        #expect(send.values(of: "method") == ["SEND"])
        #expect(send.values(of: "message-id") == ["text"])
        #expect(send.values(of: "payload") == ["Hello B"])
        #expect(send.values(of: "cpim.From") == ["sip:alice@parley.example"])
        #expect(send.values(of: "cpim.To") == ["sip:bob@parley.example"])
    }

    @Test(arguments: [
        ("IM-client/OMA1.0 Vendor/2", ["IM-client/OMA1.0"]), ("Vendor/2 IM-client / OMA1.0", ["IM-client/OMA1.0"]),
        ("Vendor/2", []),
    ])
    func `The release is the IM product of User-Agent or Server`(value: String, releases: [String]) {
        var trace = TraceBuilder()
        var text = trace.compose("MESSAGE", from: .a, to: .b)
        text["User-Agent"] = value
        trace.add(text, from: .a, to: .server)
        #expect(trace.dissection.messages[0].values(of: "release") == releases)
    }

    @Test func `A session description is found among several parts`() {
        var trace = TraceBuilder()
        var invite = trace.composeInvite(from: .a, to: .b)
        let list = "--x\r\nContent-Type: application/resource-lists+xml\r\n\r\n<a/>\r\n"
        invite["Content-Type"] = "multipart/mixed;boundary=x"
        invite.body = "\(list)--x\r\nContent-Type: application/sdp\r\n\r\n\(invite.body)\r\n--x--\r\n"
        trace.add(invite, from: .a, to: .server)
        #expect(trace.dissection.messages[0].values(of: "sdp.media.port") == ["2855"])
    }

    @Test(
        arguments: [
            ("1800;refresher=uac", 1800, "uac"), ("90", 90, nil), ("1800 ; Refresher = UAS", 1800, "uas"),
        ] as [(String, Int, String?)])
    func `The session timer is read leniently`(value: String, seconds: Int, refresher: String?) {
        var trace = TraceBuilder()
        var text = trace.composeInvite(from: .a, to: .b)
        text["Session-Expires"] = value
        trace.add(text, from: .a, to: .server)
        let timer = trace.dissection.messages[0].sessionTimer
        #expect(timer?.seconds == seconds && timer?.refresher == refresher)
    }
}
