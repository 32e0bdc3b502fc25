import Conformance
import Dissection
import Network
import TestSupport
import Testing

/// Streams are cut into messages by their protocol, and whatever cannot be cut is kept.
struct StreamTests {
    static let msrp = [
        chunk("Hello B", transaction: "first1").bytes,
        chunk("a line\r\n-------first1$\r\nof another\r\n-----", transaction: "second").bytes,
        MSRPText("third3", "200 OK", to: "msrp://a:1/x;tcp", from: "msrp://b:1/y;tcp").bytes,
    ]

    static var sip: [[UInt8]] {
        var trace = TraceBuilder()
        trace.sipTransport = .tcp
        let invite = trace.composeInvite(from: .a, to: .b)
        return [invite.bytes, trace.response(to: trace.send(invite, from: .a, to: .server), 180).bytes]
    }

    @Test(arguments: [msrp, sip])
    func `The messages are the same wherever the stream is cut`(messages: [[UInt8]]) {
        let whole = messages.flatMap(\.self)
        let expected = streamed([whole])
        #expect(expected.messages.map(\.bytes) == messages)
        for offset in 1..<whole.count {
            let cut = streamed([Array(whole[..<offset]), Array(whole[offset...])])
            #expect(cut.messages.map(\.bytes) == messages, "cut at \(offset)")
        }
        #expect(streamed(whole.map { [$0] }).messages.map(\.bytes) == messages)
    }

    @Test func `Line ends between SIP messages keep the connection alive and are no messages`() {
        let messages = Self.sip
        let dissection = streamed([Array("\r\n\r\n".utf8), messages[0], Array("\r\n".utf8), messages[1]])
        #expect(dissection.messages.map(\.bytes) == messages)
    }

    @Test func `A message that the trace ends within is incomplete, which is nobody's fault`() throws {
        let dissection = streamed([Self.msrp[0], Array(Self.msrp[1].prefix(40))])
        let last = try #require(dissection.messages.last)
        #expect(last.bytes == Array(Self.msrp[1].prefix(40)))
        #expect(last.unreadable == nil)
        #expect(last.label == "incomplete: 40 bytes")
        #expect(last.protocolName == "MSRP")
    }

    @Test func `What follows a gap is kept and not read`() {
        var trace = TraceBuilder()
        trace.add(chunk("one"), from: .a, to: .server, openedBy: .a)
        trace.add(raw: Array(chunk("two").bytes.prefix(30)), from: .a, to: .server, openedBy: .a)
        trace.gap(100, from: .a, to: .server, openedBy: .a)
        trace.add(chunk("three"), from: .a, to: .server, openedBy: .a)
        trace.add(chunk("four"), from: .a, to: .server, openedBy: .a)
        let dissection = trace.dissection
        #expect(dissection.messages.count == 3)
        #expect(dissection.messages[0].payload?.text == "one")
        #expect(dissection.messages[1].bytes == Array(chunk("two").bytes.prefix(30)))
        #expect(dissection.messages[2].bytes == chunk("three").bytes + chunk("four").bytes)
        #expect(dissection.messages.allSatisfy { $0.unreadable == nil })
        #expect(dissection.gaps.count == 1)
    }

    @Test func `A connection between the same ports begins anew`() {
        var trace = TraceBuilder()
        trace.add(raw: Array(chunk("one").bytes.prefix(30)), from: .a, to: .server, openedBy: .a)
        trace.close(from: .a, to: .server, openedBy: .a)
        trace.add(chunk("two"), from: .a, to: .server, openedBy: .a)
        let dissection = trace.dissection
        #expect(dissection.labels == ["incomplete: 30 bytes", "SEND “two” $"])
        #expect(dissection.openings.count == 2)
        #expect(dissection.ends.map(\.after) == [1])
    }

    @Test func `Once framing is lost, all further bytes are kept in one piece, with the place that broke it`() throws {
        let garbage = Array("MSRX what is this?\r\n".utf8)
        let dissection = streamed([Self.msrp[0], garbage, Self.msrp[1]])
        #expect(dissection.messages.count == 2)
        let broken = try #require(dissection.messages.last)
        #expect(broken.bytes == garbage + Self.msrp[1])
        #expect(broken.unreadable?.protocolName == "MSRP")
        #expect(broken.unreadable?.reason == "msrp-req-or-resp at byte 3")
    }

    @Test func `A whole SIP message that cannot be read is kept with the rule that it breaks`() throws {
        let broken = Array("INVITE\r\nContent-Length: 0\r\n\r\n".utf8)
        var trace = TraceBuilder()
        trace.add(datagram: broken, from: .a, to: .server)
        let message = try #require(trace.dissection.messages.first)
        #expect(message.bytes == broken)
        #expect(message.unreadable?.protocolName == "SIP")
        #expect(message.unreadable?.reason.contains("SIP-Version") == true)
    }

    @Test func `Another protocol is not taken for a bad SIP or MSRP`() {
        let dissection = streamed([Array("SSH-2.0-OpenSSH_9.6\r\n".utf8)])
        #expect(dissection.messages.map { $0.unreadable?.protocolName } == ["TCP"])
    }

    @Test func `Garbage on a connection whose other direction speaks MSRP should have been MSRP`() {
        var trace = TraceBuilder()
        trace.add(chunk("one"), from: .a, to: .server, openedBy: .a)
        trace.add(raw: Array("what?\r\n".utf8), from: .server, to: .a, openedBy: .a)
        #expect(trace.dissection.messages.last?.unreadable?.protocolName == "MSRP")
    }

    @Test func `Datagrams that keep a path open are no messages`() {
        var trace = TraceBuilder()
        let stun: [UInt8] = [0, 1, 0, 0, 0x21, 0x12, 0xA4, 0x42] + Array(repeating: 7, count: 12)
        for bytes in [Array("\r\n\r\n".utf8), [0, 0, 0, 0], stun] { trace.add(datagram: bytes, from: .a, to: .server) }
        #expect(trace.dissection.messages.isEmpty)
    }
}
