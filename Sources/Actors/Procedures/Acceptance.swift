import SIPSyntax
import SIPTransactions

/// A 2xx to an INVITE in the care of this client, until its ACK arrives.
///
/// RFC 3261 §13.3.1.4
struct Acceptance: Sendable {
    private var machine: AcceptedInvite
    private let response: SIPMessage
    private let transaction: TransactionKey

    /// Gives the response for the first time.
    static func begin(
        _ response: SIPMessage, in transaction: TransactionKey, timing: TransactionTiming
    ) -> (Acceptance, [ProcedureEffect]) {
        let (machine, effects) = AcceptedInvite.begin(timing: timing)
        let acceptance = Acceptance(machine: machine, response: response, transaction: transaction)
        return (acceptance, acceptance.translate(effects))
    }

    var isUnacknowledged: Bool {
        if case .unacknowledged = machine.state { true } else { false }
    }

    /// Whether the wait for the ACK has ended without it.
    var isAbandoned: Bool { machine.state == .abandoned }

    mutating func acknowledge() -> [ProcedureEffect] { translate(machine.handle(.ack)) }

    mutating func timer(_ timer: ProcedureTimer) -> [ProcedureEffect] {
        switch timer {
        case .retransmit: translate(machine.handle(.timer(.retransmit)))
        case .giveUp: translate(machine.handle(.timer(.giveUp)))
        case .registrationRefresh, .publicationRefresh, .sessionRefresh, .sessionExpiry, .patience, .notification,
            .subscriptionRefresh, .subscriptionExpiry, .poll, .nextFile, .audience:
            []
        }
    }

    private func translate(_ effects: [AcceptedInvite.Effect]) -> [ProcedureEffect] {
        effects.compactMap { effect in
            switch effect {
            case .sendResponse: .respond(response, to: transaction)
            case .reportUnacknowledged: nil
            case .arm(let timer, let delay): .arm(Self.name(timer), after: delay)
            case .cancel(let timer): .disarm(Self.name(timer))
            }
        }
    }

    private static func name(_ timer: AcceptedInvite.Timer) -> ProcedureTimer {
        switch timer {
        case .retransmit: .retransmit
        case .giveUp: .giveUp
        }
    }
}
