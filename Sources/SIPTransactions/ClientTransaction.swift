import SIPSyntax

/// A client transaction with the messages that its machine knows nothing of.
struct ClientTransaction<Hop: SIPHop>: Sendable {
    enum Machine: Sendable {
        case invite(InviteClientTransaction)
        case nonInvite(NonInviteClientTransaction)
    }

    enum Event {
        case response(SIPMessage, ResponseClass)
        case timer(letter: String)
        case transportError
    }

    let key: TransactionKey
    let request: SIPMessage
    let hop: Hop
    /// The place of this transaction in the order in which all of the element began.
    let serial: Int
    private(set) var machine: Machine

    static func begin(
        _ key: TransactionKey, sending request: SIPMessage, over hop: Hop, serial: Int, timing: TransactionTiming
    ) -> (Self, [TransactionEffect<Hop>]) {
        func begun(_ machine: Machine) -> Self {
            Self(key: key, request: request, hop: hop, serial: serial, machine: machine)
        }
        guard request.method == .invite else {
            let (machine, effects) = NonInviteClientTransaction.begin(timing: timing, over: hop.reliability)
            let transaction = begun(.nonInvite(machine))
            return (transaction, effects.flatMap { transaction.effects(of: $0, upon: nil) })
        }
        let (machine, effects) = InviteClientTransaction.begin(timing: timing, over: hop.reliability)
        let transaction = begun(.invite(machine))
        return (transaction, effects.flatMap { transaction.effects(of: $0, upon: nil) })
    }

    var isTerminated: Bool {
        switch machine {
        case .invite(let machine): machine.state == .terminated
        case .nonInvite(let machine): machine.state == .terminated
        }
    }

    var letters: [String] {
        switch machine {
        case .invite: InviteClientTransaction.Timer.allCases.map(\.rawValue)
        case .nonInvite: NonInviteClientTransaction.Timer.allCases.map(\.rawValue)
        }
    }

    mutating func handle(_ event: Event) -> [TransactionEffect<Hop>] {
        var response: SIPMessage?
        if case .response(let message, _) = event { response = message }
        switch machine {
        case .invite(var invite):
            guard let event = InviteClientTransaction.Event(event) else { return [] }
            let effects = invite.handle(event)
            machine = .invite(invite)
            return effects.flatMap { self.effects(of: $0, upon: response) }
        case .nonInvite(var nonInvite):
            guard let event = NonInviteClientTransaction.Event(event) else { return [] }
            let effects = nonInvite.handle(event)
            machine = .nonInvite(nonInvite)
            return effects.flatMap { self.effects(of: $0, upon: response) }
        }
    }

    func timer(_ letter: String) -> TransactionTimer { TransactionTimer(key: key, letter: letter) }

    private func effects(
        of effect: InviteClientTransaction.Effect, upon response: SIPMessage?
    ) -> [TransactionEffect<Hop>] {
        switch effect {
        case .sendInvite: [.send(request, hop)]
        case .sendACK: response.map { [.send(SIPMessage(acknowledging: $0, to: request), hop)] } ?? []
        case .passResponse: response.map { [.response($0, key)] } ?? []
        case .reportTimeout: [.timeout(key)]
        case .reportTransportFailure: [.transportFailure(key)]
        case .arm(let timer, let delay): [.arm(self.timer(timer.rawValue), after: delay)]
        case .cancel(let timer): [.cancel(self.timer(timer.rawValue))]
        case .terminate: [.terminated(key)]
        }
    }

    private func effects(
        of effect: NonInviteClientTransaction.Effect, upon response: SIPMessage?
    ) -> [TransactionEffect<Hop>] {
        switch effect {
        case .sendRequest: [.send(request, hop)]
        case .passResponse: response.map { [.response($0, key)] } ?? []
        case .reportTimeout: [.timeout(key)]
        case .reportTransportFailure: [.transportFailure(key)]
        case .arm(let timer, let delay): [.arm(self.timer(timer.rawValue), after: delay)]
        case .cancel(let timer): [.cancel(self.timer(timer.rawValue))]
        case .terminate: [.terminated(key)]
        }
    }
}

extension InviteClientTransaction.Event {
    fileprivate init?<Hop>(_ event: ClientTransaction<Hop>.Event) {
        switch event {
        case .response(_, let responseClass):
            self = .response(responseClass)
        case .timer(let letter):
            guard let timer = InviteClientTransaction.Timer(rawValue: letter) else { return nil }
            self = .timer(timer)
        case .transportError:
            self = .transportError
        }
    }
}

extension NonInviteClientTransaction.Event {
    fileprivate init?<Hop>(_ event: ClientTransaction<Hop>.Event) {
        switch event {
        case .response(_, let responseClass):
            self = .response(responseClass)
        case .timer(let letter):
            guard let timer = NonInviteClientTransaction.Timer(rawValue: letter) else { return nil }
            self = .timer(timer)
        case .transportError:
            self = .transportError
        }
    }
}
