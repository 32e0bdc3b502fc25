import Bytes
import Conformance
import Network

/// Makes traces that could have been seen: streams are opened before they are used and closed once.
enum TraceGenerator {
    static func trace(using generator: inout SeededGenerator) -> Trace {
        var connections: [(client: SocketAddress, server: SocketAddress, open: Set<Int>)] = []
        var entries: [TraceEntry] = []
        var time: Int64 = 0
        var port: UInt16 = 30_000
        for _ in 0..<Int.random(in: 1...60, using: &generator) {
            time += Int64.random(in: 1...5_000, using: &generator)
            let isIPv6 = Int.random(in: 0..<4, using: &generator) == 0
            let hosts = isIPv6 ? ["::1", "2001:db8::7"] : ["127.0.0.11", "192.0.2.7"]
            let ends = hosts.compactMap { IPAddress($0) }
            let step = [nil, "preamble", "1", "2", "12"].randomElement(using: &generator) ?? nil
            func add(_ source: SocketAddress, _ destination: SocketAddress, _ content: TraceEntry.Content) {
                entries.append(Wire.entry(time, source, destination, content, step: step))
            }
            let open = connections.indices.filter { !connections[$0].open.isEmpty }
            switch Int.random(in: 0..<8, using: &generator) {
            case 0, 1:
                let order = Bool.random(using: &generator) ? ends : ends.reversed()
                let size = [0, 1, 12, 1_300, 9_000, 65_507].randomElement(using: &generator) ?? 0
                add(
                    Wire.address(order[0], 5060), Wire.address(order[1], 5060),
                    .datagram(Wire.bytes(size, seed: generator.next())))
            case 2:
                port += 1
                let connection = (Wire.address(ends[0], port), Wire.address(ends[1], 2855), Set([0, 1]))
                connections.append(connection)
                add(connection.0, connection.1, .opened)
            case 3:
                guard let index = open.randomElement(using: &generator),
                    let side = connections[index].open.sorted().randomElement(using: &generator)
                else { continue }
                connections[index].open.remove(side)
                let (client, server) = (connections[index].client, connections[index].server)
                if side == 0 { add(client, server, .closed) } else { add(server, client, .closed) }
            default:
                guard let index = open.randomElement(using: &generator),
                    let side = connections[index].open.sorted().randomElement(using: &generator)
                else { continue }
                let size = [1, 2, 1_440, 1_460, 1_461, 20_000].randomElement(using: &generator) ?? 1
                let (client, server) = (connections[index].client, connections[index].server)
                let content = TraceEntry.Content.stream(Wire.bytes(size, seed: generator.next()))
                if side == 0 { add(client, server, content) } else { add(server, client, content) }
            }
        }
        return Wire.trace(entries)
    }
}
