import Conformance
import SIPSyntax

/// The last stage before the wire: defects and mutations, the same again for each retransmission.
struct OutgoingSIP: Sendable {
    /// What names a message, so that a retransmission is known as one.
    private struct Identity: Hashable {
        let branch: String
        let cSeq: String
        let status: Int?
    }

    /// How many messages are remembered.
    private static let memory = 512

    private let defects: [ClientDefect]
    /// The changes that the current step makes to what is composed during it.
    var mutations: [Mutation] = []
    private var decided: [Identity: [Mutation]] = [:]
    private var order: [Identity] = []

    init(defects: Set<ClientDefect>) {
        self.defects = ClientDefect.allCases.filter(defects.contains)
    }

    /// The datagrams, or writes, that the message becomes: none when it is lost on purpose.
    mutating func copies(of message: SIPMessage) -> [[UInt8]] {
        var altered = message
        for defect in defects where defect.alter(&altered) == .lost { return [] }
        let (mutations, times) = decide(message)
        for mutation in mutations { mutation.alter(&altered) }
        let bytes = mutations.compactMap(\.replacement).last ?? altered.serialized()
        return Array(repeating: bytes, count: times)
    }

    /// The mutations of the message, and how often it goes out: repeated by a mutation only when it is new.
    private mutating func decide(_ message: SIPMessage) -> ([Mutation], times: Int) {
        let branch = (try? message.via())?.branch ?? ""
        let identity = Identity(branch: branch, cSeq: message.first(.cSeq) ?? "", status: message.status)
        if let known = decided[identity] { return (known, 1) }
        let name = message.method?.name ?? message.status.map(String.init) ?? ""
        let meant = mutations.filter { $0.message == name }
        decided[identity] = meant
        order.append(identity)
        if order.count > Self.memory { decided[order.removeFirst()] = nil }
        return (meant, meant.compactMap(\.times).last ?? 1)
    }
}

extension Mutation {
    var times: Int? {
        guard case .repeat(let times) = change else { return nil }
        return min(max(times, 0), 100)
    }

    var replacement: [UInt8]? {
        guard case .raw(let text) = change else { return nil }
        return Array(text.utf8)
    }

    fileprivate func alter(_ message: inout SIPMessage) {
        switch change {
        case .set(field: "Request-URI", let value):
            if let method = message.method { message.startLine = .request(method, uri: value) }
        case .set(let field, let value): message.set(SIPFieldName(field), value)
        case .omit(let field): message.remove(SIPFieldName(field))
        case .repeat, .raw: break
        }
    }
}
