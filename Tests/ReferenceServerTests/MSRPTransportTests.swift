import Bytes
import MSRP
import Network
import Testing

@testable import ReferenceServer

/// RFC 4975 §5.4: the connections of the MSRP port alone.
@Suite struct MSRPTransportTests {
    private var transport = MSRPTransport(limits: .init())
    private var numbers = ConnectionNumbers()
    private let accepted = ConnectionID(1)
    private let path = ["msrp://127.0.0.11:2855/ann;tcp"]

    @Test mutating func `A connection that names no session in time is closed, and one that does is not`() {
        let other = ConnectionID(3)
        #expect(transport.accept(accepted) == [.watch(accepted)])
        #expect(transport.accept(other) == [.watch(other)])
        #expect(transport.bind(accepted, to: "one") == [.unwatch(accepted)])
        #expect(transport.bind(accepted, to: "two") == [])
        #expect(transport.halfOpen(accepted) == [])
        #expect(transport.halfOpen(other) == [.unwatch(other), .close(other)])
    }

    @Test mutating func `A connection closes when the last session lets it go`() {
        _ = transport.accept(accepted)
        _ = transport.bind(accepted, to: "one")
        _ = transport.bind(accepted, to: "two")
        #expect(transport.release(accepted, from: "one") == [])
        #expect(transport.release(accepted, from: "one") == [], "It has let it go before")
        #expect(transport.release(accepted, from: "two") == [.unwatch(accepted), .close(accepted)])
        #expect(transport.connectionCount == 0)
    }

    @Test mutating func `A connection opens along the first URI of a path`() throws {
        let (id, activities) = try #require(transport.open(along: path, for: "one", numbers: &numbers))
        #expect(activities == [.connect(id, SocketAddress(IPAddress(127, 0, 0, 11), port: 2855))])
        #expect(transport.release(id, from: "one") == [.unwatch(id), .close(id)])
    }

    @Test(arguments: [[], ["nonsense"], ["msrp://somewhere.example:2855/x;tcp"], ["msrps://127.0.0.11:2855/x;tcp"]])
    mutating func `No connection opens along a path that leads nowhere`(path: [String]) {
        #expect(transport.open(along: path, for: "one", numbers: &numbers) == nil)
        #expect(transport.connectionCount == 0)
    }

    @Test mutating func `What comes in pieces is whole`() {
        _ = transport.accept(accepted)
        let bytes = Client.a.text("Hello", to: path).serialized()
        let messages = bytes.flatMap { transport.receive([$0], on: accepted).messages }
        #expect(messages.map { $0.body?.text } == ["Hello"])
    }

    @Test mutating func `What cannot be read breaks the connection, after what came before it`() {
        _ = transport.accept(accepted)
        let bytes = Client.a.text("Hello", to: path).serialized() + Array("GET / HTTP/1.1\r\n".utf8)
        let reception = transport.receive(bytes, on: accepted)
        #expect(reception.messages.count == 1)
        #expect(reception.isBroken)
    }

    @Test mutating func `Nothing is written on a connection that has ended`() {
        _ = transport.accept(accepted)
        #expect(transport.write([1], on: accepted) == [.write(accepted, [1])])
        #expect(transport.closed(accepted) == [.unwatch(accepted)])
        #expect(transport.write([1], on: accepted) == [])
        #expect(!transport.owns(accepted))
    }

    @Test mutating func `More connections than there may be are closed at once`() {
        var limits = ReferenceServer.Limits()
        limits.connections = 1
        transport = MSRPTransport(limits: limits)
        _ = transport.accept(accepted)
        #expect(transport.accept(ConnectionID(3)) == [.close(ConnectionID(3))])
        #expect(transport.open(along: path, for: "one", numbers: &numbers) == nil)
    }
}
