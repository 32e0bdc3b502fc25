import SIPDialogs
import SIPSyntax

/// The defect of a text before the ACK: holds the own ACK back until a text is out, or talks before the peer's has come.
struct PrematureSender: Procedure {
    static let text = "Too early"

    private enum State: Sendable {
        case waiting(ack: SIPMessage?)
        case over
    }

    private var inner: any Procedure
    private let session: String
    private var state = State.waiting(ack: nil)

    init(_ inner: any Procedure, session: String) {
        self.inner = inner
        self.session = session
    }

    var replaceable: DialogID? { inner.replaceable }

    mutating func handle(_ event: ProcedureEvent) -> [ProcedureEffect] {
        let effects = filter(inner.handle(event))
        switch (state, event) {
        case (.waiting, .media(.connected, _)):
            return effects + inner.handle(.user(.send(text: Self.text, session: session))) + release()
        case (.waiting, .media(.closed, _)), (.waiting, .acknowledged), (.waiting, .user(.leave)):
            return release() + effects
        case (.waiting, _), (.over, _):
            return effects
        }
    }

    private mutating func filter(_ effects: [ProcedureEffect]) -> [ProcedureEffect] {
        effects.flatMap { effect -> [ProcedureEffect] in
            switch (effect, state) {
            case (.acknowledge(let ack), .waiting):
                state = .waiting(ack: ack)
                return []
            case (.become(let next), _):
                inner = next
                return filter(inner.handle(.begin))
            default:
                return [effect]
            }
        }
    }

    private mutating func release() -> [ProcedureEffect] {
        defer { state = .over }
        guard case .waiting(let ack?) = state else { return [] }
        return [.acknowledge(ack)]
    }
}
