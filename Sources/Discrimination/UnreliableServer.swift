import Bytes
import Network
import ReferenceServer

/// The reference server that breaks down at one of the messages that it hears.
struct UnreliableServer: Operable {
    private var server: ReferenceServer
    private let misbehaviour: Misbehaviour
    /// The message at which it does, counted from 1.
    private let place: Int
    /// How many messages, or pieces of streams, have come.
    private var count = 0
    private var connections: Set<ConnectionID> = []

    init(_ server: ReferenceServer, _ misbehaviour: Misbehaviour, at place: Int) {
        self.server = server
        self.misbehaviour = misbehaviour
        self.place = place
    }

    var listeningPoints: [ListeningPoint] { server.listeningPoints }

    mutating func handle(_ event: NodeEvent, at time: Instant) -> [NodeEffect] {
        switch event {
        case .datagram, .received: count += 1
        case .connected(let id, _, _), .accepted(let id, _, _): connections.insert(id)
        case .closed(let id, _): connections.remove(id)
        case .start, .certified, .refused, .undeliverable, .timer: break
        }
        guard count >= place else { return server.handle(event, at: time) }
        switch misbehaviour {
        case .crashes:
            defer { connections = [] }
            return connections.sorted { $0.number < $1.number }.map(NodeEffect.close)
        case .hangs:
            return []
        case .floods:
            return server.handle(event, at: time).flatMap(flood)
        case .garbles, .truncates, .overstates, .understates, .hangsUp:
            let effects = server.handle(event, at: time)
            return count == place && event.isMessage ? effects.flatMap { spoilt($0, by: event) } : effects
        }
    }

    mutating func handle(_ request: OperatorRequest, at time: Instant) -> [NodeEffect] {
        count >= place && [.crashes, .hangs].contains(misbehaviour) ? [] : server.handle(request, at: time)
    }

    private func spoilt(_ effect: NodeEffect, by event: NodeEvent) -> [NodeEffect] {
        switch misbehaviour {
        case .garbles: [effect.changed { noise($0.count) }]
        case .truncates: [effect.changed { Array($0.prefix($0.count / 2)) }]
        case .overstates: [effect.changed { $0.claiming { $0 + 100 } }]
        case .understates: [effect.changed { $0.claiming { $0 / 2 } }]
        case .hangsUp:
            if case .received(let id, _) = event { [.close(id)] } else { [effect] }
        case .crashes, .hangs, .floods: [effect]
        }
    }

    private func noise(_ count: Int) -> [UInt8] {
        var generator = SeededGenerator(seed: UInt64(place))
        return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }

    private func flood(_ effect: NodeEffect) -> [NodeEffect] {
        guard case .datagram(_, let local, let remote) = effect else { return [effect] }
        let questions = (0..<5).map { number in
            NodeEffect.datagram(question("\(count)-\(number)", to: remote), from: local, to: remote)
        }
        return Array(repeating: effect, count: 10) + questions
    }

    /// An OPTIONS of its own.
    private func question(_ number: String, to client: SocketAddress) -> [UInt8] {
        let lines = [
            "OPTIONS sip:\(client) SIP/2.0", "Via: SIP/2.0/UDP 127.0.0.10:5060;branch=z9hG4bKflood\(number)",
            "Max-Forwards: 70", "From: <sip:parley.example>;tag=\(number)", "To: <sip:\(client.address)>",
            "Call-ID: flood\(number)", "CSeq: 1 OPTIONS", "User-Agent: IM-serv/OMA1.0", "Accept: application/sdp",
            "Content-Length: 0", "", "",
        ]
        return Array(lines.joined(separator: "\r\n").utf8)
    }
}

extension NodeEvent {
    fileprivate var isMessage: Bool {
        switch self {
        case .datagram, .received: true
        case .start, .connected, .accepted, .certified, .refused, .closed, .undeliverable, .timer: false
        }
    }
}

extension NodeEffect {
    /// The effect with other bytes, where it sends some.
    fileprivate func changed(_ change: ([UInt8]) -> [UInt8]) -> NodeEffect {
        switch self {
        case .datagram(let bytes, let source, let destination):
            .datagram(change(bytes), from: source, to: destination)
        case .write(let connection, let bytes): .write(connection, change(bytes))
        case .connect, .connectSecurely, .close, .arm, .cancel: self
        }
    }
}

extension [UInt8] {
    /// The message with another Content-Length, where it has one.
    fileprivate func claiming(_ length: (Int) -> Int) -> [UInt8] {
        let name = Array("Content-Length: ".utf8)
        guard let place = indices.first(where: { self[$0...].starts(with: name) }) else { return self }
        let digits = self[(place + name.count)...].prefix { (0x30...0x39).contains($0) }
        guard let claimed = Int(String(decoding: digits, as: UTF8.self)) else { return self }
        return self[..<digits.startIndex] + Array(String(length(claimed)).utf8) + self[digits.endIndex...]
    }
}
