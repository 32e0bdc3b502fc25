import Bytes
import Network
import Testing

@testable import Execution

struct SimulatedNetworkTests {
    private static let alice = SocketAddress(IPAddress(127, 0, 0, 11), port: 5060)
    private static let bob = SocketAddress(IPAddress(127, 0, 0, 12), port: 5060)
    private static let start = Instant(nanoseconds: 0)

    private static func network(_ conditions: NetworkConditions, seed: UInt64 = 1) -> SimulatedNetwork<String> {
        var network = SimulatedNetwork<String>(conditions: conditions, generator: SeededGenerator(seed: seed))
        network.attach("A", listeningPoints: [ListeningPoint(.udp, alice), ListeningPoint(.tcp, alice)])
        network.attach("B", listeningPoints: [ListeningPoint(.udp, bob), ListeningPoint(.tcp, bob)])
        return network
    }

    @Test func `A perfect network delivers every datagram once, to whoever listens there`() {
        var network = Self.network(.perfect)
        let deliveries = network.carry([1, 2], from: Self.alice, to: Self.bob, by: "A", at: Self.start)
        #expect(deliveries.count == 1)
        #expect(deliveries.first?.0.node == "B")
        guard case .datagram(let bytes, Self.alice, Self.bob) = deliveries.first?.0.event else {
            Issue.record("not a datagram from A to B")
            return
        }
        #expect(bytes == [1, 2])
    }

    @Test func `A datagram to nobody comes back as undeliverable`() {
        var network = Self.network(.perfect)
        let nobody = SocketAddress(IPAddress(127, 0, 0, 99), port: 1)
        let deliveries = network.carry([1], from: Self.alice, to: nobody, by: "A", at: Self.start)
        guard case .undeliverable(nobody, let reason) = deliveries.first?.0.event else {
            Issue.record("not undeliverable")
            return
        }
        #expect(reason.contains("127.0.0.99:1"))
    }

    @Test(arguments: [1, 7, 42] as [UInt64])
    func `Loss and duplication come as often as the conditions say`(seed: UInt64) {
        var conditions = NetworkConditions.disturbed(0.2)
        conditions.reordering = 0
        var network = Self.network(conditions, seed: seed)
        var counts = [0, 0, 0]
        for _ in 0..<5000 {
            counts[network.carry([0], from: Self.alice, to: Self.bob, by: "A", at: Self.start).count] += 1
        }
        #expect((800...1200).contains(counts[0]))
        #expect((650...950).contains(counts[2]))
    }

    @Test(arguments: [1, 7, 42] as [UInt64])
    func `A stream arrives complete and in order, whatever its segments and delays`(seed: UInt64) {
        var network = Self.network(.disturbed(0.1), seed: seed)
        let opening = network.connect(
            ConnectionID(0), of: "A", from: Self.alice.address, to: Self.bob, at: Self.start)
        #expect(opening.count == 2)
        let text = (0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        var deliveries: [(SimulatedNetwork<String>.Delivery, at: Instant)] = []
        for start in stride(from: 0, to: text.count, by: 1250) {
            deliveries += network.write(
                Array(text[start..<(start + 1250)]), on: ConnectionID(0), of: "A", at: Self.start + .seconds(1))
        }
        #expect(deliveries.count > 8)
        #expect(zip(deliveries, deliveries.dropFirst()).allSatisfy { $0.at <= $1.at })
        let received = deliveries.flatMap { delivery -> [UInt8] in
            if case .received(_, let bytes) = delivery.0.event { bytes } else { [] }
        }
        #expect(received == text)
    }

    @Test func `A connection to nobody is refused with a reason`() {
        var network = Self.network(.perfect)
        let nobody = SocketAddress(IPAddress(127, 0, 0, 99), port: 1)
        let events = network.connect(ConnectionID(0), of: "A", from: Self.alice.address, to: nobody, at: Self.start)
        guard case .closed(ConnectionID(0), let reason) = events.first?.0.event else {
            Issue.record("not closed")
            return
        }
        #expect(reason?.contains("refused") == true)
    }

    @Test func `What is written before a close arrives before the end`() {
        var network = Self.network(.disturbed(0.1), seed: 3)
        _ = network.connect(ConnectionID(0), of: "A", from: Self.alice.address, to: Self.bob, at: Self.start)
        let written = network.write([1, 2, 3], on: ConnectionID(0), of: "A", at: Self.start)
        let closed = network.close(ConnectionID(0), of: "A", at: Self.start)
        #expect(written.allSatisfy { $0.at <= closed[0].at })
    }

    @Test func `Nobody hears of a connection after closing it`() {
        var network = Self.network(.perfect)
        _ = network.connect(ConnectionID(0), of: "A", from: Self.alice.address, to: Self.bob, at: Self.start)
        let written = network.write([1], on: ConnectionID(0), of: "A", at: Self.start)
        _ = network.close(ConnectionID(1), of: "B", at: Self.start)
        let isHeard = network.admits(written[0].0)
        #expect(!isHeard)
    }
}
