import Actors
import SIPSyntax
import Testing

@Suite struct AdmissionTests {
    private func request(_ method: String, uri: String = "sip:bob@127.0.0.12", _ lines: String = "") -> String {
        """
        \(method) \(uri) SIP/2.0
        Via: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bKtest
        Max-Forwards: 70
        From: <sip:alice@example.com>;tag=a1
        To: <sip:bob@example.com>
        Call-ID: call-1
        CSeq: 1 \(method)
        \(lines.isEmpty ? "" : lines + "\n")Content-Length: 0


        """
    }

    private func answer(to request: String) -> (SIPMessage?, World) {
        var world = World()
        world.inject(request, to: World.bob, for: .milliseconds(10))
        return (world.sent(World.bob).last, world)
    }

    @Test(arguments: [
        ("OPTIONS", 200), ("NOTIFY", 481), ("BYE", 481), ("CANCEL", 481), ("SUBSCRIBE", 405), ("REFER", 405),
        ("INFO", 405), ("PUBLISH", 405), ("FROBNICATE", 501),
    ])
    func `Requests outside a dialog are answered`(method: String, status: Int) throws {
        let answer = try #require(answer(to: request(method)).0)
        #expect(answer.status == status)
        #expect(try answer.to()?.tag != nil)
    }

    @Test func `OPTIONS is told what the client can do`() throws {
        let answer = try #require(answer(to: request("OPTIONS")).0)
        #expect(answer.list(.allow).contains("MESSAGE"))
        #expect(answer.first(.contact)?.contains("+g.oma.sip-im") == true)
        #expect(answer.list(.accept).contains("application/sdp"))
    }

    @Test func `405 lists what is allowed`() throws {
        #expect(try #require(answer(to: request("REFER")).0).list(.allow).contains("INVITE"))
    }

    @Test func `An extension that is not known gets 420 and is named`() throws {
        let answer = try #require(answer(to: request("OPTIONS", "Require: timer, 100rel")).0)
        #expect(answer.status == 420)
        #expect(answer.first(.unsupported) == "100rel")
    }

    @Test func `A scheme that is not known gets 416`() {
        #expect(answer(to: request("OPTIONS", uri: "mailto:bob@example.com")).0?.status == 416)
    }

    @Test(arguments: ["Call-ID: call-1\n", "CSeq: 1 OPTIONS\n", "From: <sip:alice@example.com>;tag=a1\n"])
    func `A request without a mandatory field gets 400`(line: String) {
        let (answer, world) = answer(to: request("OPTIONS").replacing(line, with: ""))
        #expect(answer?.status == 400)
        let isReported = world.reports[World.bob]?.contains { if case .protocolTrouble = $0 { true } else { false } }
        #expect(isReported == true)
    }

    @Test func `A CSeq of another method gets 400`() {
        #expect(answer(to: request("OPTIONS").replacing("1 OPTIONS", with: "1 INVITE")).0?.status == 400)
    }

    @Test(arguments: ["hello\n\n", "SIP/2.0 999\n", "OPTIONS sip:bob@127.0.0.12 SIP/2.0\nVia: nonsense\n\n"])
    func `What cannot be read is reported and not answered`(text: String) {
        let (answer, world) = answer(to: text)
        #expect(answer == nil)
        let isReported = world.reports[World.bob]?.contains { if case .protocolTrouble = $0 { true } else { false } }
        #expect(isReported == true)
    }

    @Test(arguments: ["\n\n", ""])
    func `A keep-alive is nothing`(text: String) {
        let (answer, world) = answer(to: text)
        #expect(answer == nil && world.reports[World.bob] == nil)
    }

    @Test func `An ACK that belongs to nothing is ignored`() {
        #expect(answer(to: request("ACK")).0 == nil)
    }

    @Test func `The response goes where rport asks, with received and rport filled in`() throws {
        let asking = request("OPTIONS").replacing(
            "127.0.0.1:5060;branch=z9hG4bKtest", with: "10.0.0.1:5070;branch=z9hG4bKtest;rport")
        let via = try #require(try answer(to: asking).0?.via())
        #expect(via.rport == .some(5060))
        #expect(via.received == "127.0.0.1")
    }

    @Test func `Without rport the response goes to the port of sent-by`() throws {
        var world = World()
        let text = request("OPTIONS").replacing("127.0.0.1:5060", with: "127.0.0.1:5099")
        world.inject(text, to: World.bob, for: .milliseconds(10))
        #expect(try #require(world.sipPorts.last) == 5099)
    }
}
