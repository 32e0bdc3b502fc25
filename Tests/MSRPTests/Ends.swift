import Bytes
import MSRP

/// The two ends of a session, and what they tell their owners when bytes go to and fro.
struct Ends {
    static let aliceURI = uri("msrp://alice.example.com:7777/iau39;tcp")
    static let bobURI = uri("msrp://bob.example.org:8888/9di4ea;tcp")

    var alice: MSRPSession
    var bob: MSRPSession
    /// What was written by Alice and by Bob, in order.
    var fromAlice: [MSRPMessage] = []
    var fromBob: [MSRPMessage] = []
    /// The effects besides writing.
    var atAlice: [MSRPSession.Effect] = []
    var atBob: [MSRPSession.Effect] = []

    /// Alice opens the connection to Bob.
    init(
        aliceTerms: MSRPSession.Terms = .init(), bobTerms: MSRPSession.Terms = .init(),
        aliceAlterations: [MSRPAlteration] = [], bobAlterations: [MSRPAlteration] = [], seed: UInt64 = 1
    ) {
        alice = MSRPSession(
            localPath: [Self.aliceURI], remotePath: [Self.bobURI], role: .opens, terms: aliceTerms,
            generator: SeededGenerator(seed: seed), alterations: aliceAlterations)
        bob = MSRPSession(
            localPath: [Self.bobURI], remotePath: [Self.aliceURI], role: .waits, terms: bobTerms,
            generator: SeededGenerator(seed: seed &+ 1), alterations: bobAlterations)
    }

    static func uri(_ text: String) -> MSRPURI {
        guard let uri = try? MSRPURI(parsing: text) else { preconditionFailure(text) }
        return uri
    }

    /// Gives Alice an event and carries what follows until both are quiet.
    mutating func alice(_ event: MSRPSession.Event) {
        carry(alice.handle(event), [])
    }

    mutating func bob(_ event: MSRPSession.Event) {
        carry([], bob.handle(event))
    }

    mutating func connect() {
        carry(alice.handle(.connected), bob.handle(.connected))
    }

    private mutating func carry(_ alices: [MSRPSession.Effect], _ bobs: [MSRPSession.Effect]) {
        var (alices, bobs) = (alices, bobs)
        while !alices.isEmpty || !bobs.isEmpty {
            let (toBob, toAlice) = (Self.written(alices), Self.written(bobs))
            fromAlice += toBob.compactMap { try? MSRPMessage(parsing: $0) }
            fromBob += toAlice.compactMap { try? MSRPMessage(parsing: $0) }
            atAlice += alices.filter { !$0.isWrite }
            atBob += bobs.filter { !$0.isWrite }
            alices = toAlice.flatMap { alice.handle(.received($0)) }
            bobs = toBob.flatMap { bob.handle(.received($0)) }
        }
    }

    private static func written(_ effects: [MSRPSession.Effect]) -> [[UInt8]] {
        effects.compactMap { if case .write(let bytes) = $0 { bytes } else { nil } }
    }
}

extension MSRPSession.Effect {
    var isWrite: Bool { if case .write = self { true } else { false } }

    var isTimer: Bool {
        switch self {
        case .arm, .cancel: true
        default: false
        }
    }

    /// The message written, if this writes one.
    var message: MSRPMessage? {
        if case .write(let bytes) = self { try? MSRPMessage(parsing: bytes) } else { nil }
    }
}

extension [MSRPSession.Effect] {
    var messages: [MSRPMessage] { compactMap(\.message) }
    var withoutTimers: [MSRPSession.Effect] { filter { !$0.isTimer } }
    var delivered: [MSRPIncoming] { compactMap { if case .delivered(let message) = $0 { message } else { nil } } }
}

extension MSRPOutgoing {
    static func text(_ text: String, id: String? = nil) -> MSRPOutgoing {
        MSRPOutgoing(messageID: id, contentType: "text/plain", body: Array(text.utf8))
    }
}

/// A SEND from Alice to Bob as it should be, to be changed by a test.
func send(
    _ body: String? = "Hi", id: String = "12339sdqwer", range: String? = nil,
    _ continuation: MSRPMessage.Continuation = .complete, transactionID: String = "d93kswow", fields: [MSRPField] = []
) -> MSRPMessage {
    let size = body?.utf8.count ?? 0
    let type = body == nil ? [] : [MSRPField(.contentType, "text/plain")]
    return MSRPMessage(
        transactionID: transactionID, .request(method: "SEND"), toPath: [Ends.bobURI.description],
        fromPath: [Ends.aliceURI.description],
        fields: [MSRPField(.messageID, id), MSRPField(.byteRange, range ?? "1-\(size)/\(size)")] + fields + type,
        body: body.map { Array($0.utf8) }, continuation: continuation)
}
