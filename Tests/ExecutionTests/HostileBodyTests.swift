import Conformance
import Dissection
import Execution
import Network
import Testing

/// Whatever body the system under test sends, it can be dissected, in bounded time and memory.
struct HostileBodyTests {
    @Test func `A body in thirty thousand wrappers is looked into only so far`() throws {
        let wrapper = "From: <im:a@b>\r\n\r\nContent-Type: message/cpim\r\n\r\n"
        let body = String(repeating: wrapper, count: 30_000)
        let head = """
            MESSAGE sip:bob@192.0.2.1 SIP/2.0\r
            Via: SIP/2.0/TCP 192.0.2.2;branch=z9hG4bK1\r
            From: <sip:alice@parley.example>;tag=1\r
            To: <sip:bob@parley.example>\r
            Call-ID: 1\r
            CSeq: 1 MESSAGE\r
            Max-Forwards: 70\r
            Content-Type: message/cpim\r
            Content-Length: \(body.utf8.count)\r
            \r\n
            """
        let entry = TraceEntry(
            time: Simulation.epoch, source: SocketAddress(IPAddress(127, 0, 0, 10), port: 5060),
            destination: SocketAddress(IPAddress(127, 0, 0, 12), port: 5060), witness: .receiver,
            content: .stream(Array((head + body).utf8)))
        let trace = Trace(
            testCaseID: nil, cast: Cast([]), datagramsKeepOrder: true, entries: [entry], end: Simulation.epoch)
        let message = try #require(Dissection(of: trace).messages.first)
        #expect(message.requestMethod == "MESSAGE")
        #expect(message.body.count == body.utf8.count)
    }
}
