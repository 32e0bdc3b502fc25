import Network

@testable import Transport

/// Two sessions that talk to each other in memory, in pieces of a certain length.
final class TLSPair {
    let client: TLSSession
    let server: TLSSession
    private(set) var clientEffects: [TLSSession.Effect] = []
    private(set) var serverEffects: [TLSSession.Effect] = []
    private let pieceLength: Int

    init(
        client: TLSContext, expecting: ExpectedPeer = .name("parley.example"), server: TLSContext,
        admitting: ExpectedPeer = .anybody, pieceLength: Int = .max
    ) {
        self.client = TLSSession(.opens, in: client, expecting: expecting)
        self.server = TLSSession(.accepts, in: server, expecting: admitting)
        self.pieceLength = pieceLength
    }

    /// Lets the two talk until neither has anything more to say.
    func run(_ first: [TLSSession.Effect]? = nil, from sender: KeyPath<TLSPair, TLSSession> = \.client) {
        var queue: [(from: KeyPath<TLSPair, TLSSession>, effect: TLSSession.Effect)] = []
        queue += (first ?? client.start()).map { (sender, $0) }
        while !queue.isEmpty {
            let (from, effect) = queue.removeFirst()
            note(effect, of: from)
            guard case .send(var bytes) = effect else { continue }
            let receiver = from == \.client ? \TLSPair.server : \TLSPair.client
            while !bytes.isEmpty {
                let piece = Array(bytes.prefix(pieceLength))
                bytes.removeFirst(piece.count)
                queue += self[keyPath: receiver].receive(piece).map { (receiver, $0) }
            }
        }
    }

    private func note(_ effect: TLSSession.Effect, of session: KeyPath<TLSPair, TLSSession>) {
        if session == \.client { clientEffects.append(effect) } else { serverEffects.append(effect) }
    }

    var clientFault: TLSFault? { Self.fault(in: clientEffects) }
    var serverFault: TLSFault? { Self.fault(in: serverEffects) }
    var clientReceived: [UInt8] { Self.received(in: clientEffects) }
    var serverReceived: [UInt8] { Self.received(in: serverEffects) }
    var areEstablished: Bool { client.isEstablished && server.isEstablished }

    private static func fault(in effects: [TLSSession.Effect]) -> TLSFault? {
        effects.compactMap { if case .failed(let fault) = $0 { fault } else { nil } }.first
    }

    private static func received(in effects: [TLSSession.Effect]) -> [UInt8] {
        effects.flatMap { if case .received(let bytes) = $0 { bytes } else { [UInt8]() } }
    }
}

/// Certificates and contexts for tests.
struct TLSWorld {
    let authority = TLSAuthority()

    func server(
        _ names: [String] = ["parley.example"], validity: TLSAuthority.Validity = TLSAuthority.usual,
        versions: TLSContext.Versions = .current
    ) -> TLSContext {
        TLSContext(
            authority.issue(names, validity: validity), trust: .certificates([authority.certificate]),
            versions: versions)
    }

    func client(identity: TLSIdentity? = nil, versions: TLSContext.Versions = .current) -> TLSContext {
        TLSContext(identity, trust: .certificates([authority.certificate]), versions: versions)
    }
}
