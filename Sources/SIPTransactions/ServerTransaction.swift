import SIPSyntax

/// A server transaction with the messages that its machine knows nothing of.
struct ServerTransaction<Hop: SIPHop>: Sendable {
    enum Machine: Sendable {
        case invite(InviteServerTransaction)
        case nonInvite(NonInviteServerTransaction)
    }

    enum Event {
        case request
        case ack(SIPMessage)
        case respond(SIPMessage, ResponseClass)
        case timer(letter: String)
        case transportError
    }

    let key: TransactionKey
    let request: SIPMessage
    /// The INVITE that the request cancels.
    let invite: TransactionKey?
    let hop: Hop
    /// The place of this transaction in the order in which all of the element began.
    let serial: Int
    private(set) var machine: Machine
    private var latestResponse: SIPMessage?

    static func begin(
        _ key: TransactionKey, receiving request: SIPMessage, cancelling invite: TransactionKey?, from hop: Hop,
        serial: Int, timing: TransactionTiming
    ) -> (Self, [TransactionEffect<Hop>]) {
        func begun(_ machine: Machine) -> Self {
            Self(key: key, request: request, invite: invite, hop: hop, serial: serial, machine: machine)
        }
        guard key.method == .invite else {
            let (machine, effects) = NonInviteServerTransaction.begin(timing: timing, over: hop.reliability)
            var transaction = begun(.nonInvite(machine))
            return (transaction, effects.flatMap { transaction.effects(of: $0, upon: .request) })
        }
        let (machine, effects) = InviteServerTransaction.begin(timing: timing, over: hop.reliability)
        var transaction = begun(.invite(machine))
        return (transaction, effects.flatMap { transaction.effects(of: $0, upon: .request) })
    }

    private init(
        key: TransactionKey, request: SIPMessage, invite: TransactionKey?, hop: Hop, serial: Int, machine: Machine
    ) {
        self.key = key
        self.request = request
        self.invite = invite
        self.hop = hop
        self.serial = serial
        self.machine = machine
    }

    var isTerminated: Bool {
        switch machine {
        case .invite(let machine): machine.state == .terminated
        case .nonInvite(let machine): machine.state == .terminated
        }
    }

    var letters: [String] {
        switch machine {
        case .invite: InviteServerTransaction.Timer.allCases.map(\.rawValue)
        case .nonInvite: NonInviteServerTransaction.Timer.allCases.map(\.rawValue)
        }
    }

    mutating func handle(_ event: Event) -> [TransactionEffect<Hop>] {
        switch machine {
        case .invite(var invite):
            guard let own = InviteServerTransaction.Event(event) else { return [] }
            let effects = invite.handle(own)
            machine = .invite(invite)
            return effects.flatMap { self.effects(of: $0, upon: event) }
        case .nonInvite(var nonInvite):
            guard let own = NonInviteServerTransaction.Event(event) else { return [] }
            let effects = nonInvite.handle(own)
            machine = .nonInvite(nonInvite)
            return effects.flatMap { self.effects(of: $0, upon: event) }
        }
    }

    func timer(_ letter: String) -> TransactionTimer { TransactionTimer(key: key, letter: letter) }

    private mutating func effects(
        of effect: InviteServerTransaction.Effect, upon event: Event
    ) -> [TransactionEffect<Hop>] {
        switch effect {
        case .passInvite: return [.request(request, key, hop)]
        case .passACK: return acknowledgement(event)
        case .sendTrying: return send(SIPMessage(status: 100, to: request))
        case .sendResponse: return sendResponse(event)
        case .sendResponseAgain: return latestResponse.map { [.send($0, hop)] } ?? []
        case .reportTimeout: return [.timeout(key)]
        case .reportTransportFailure: return [.transportFailure(key)]
        case .arm(let timer, let delay): return [.arm(self.timer(timer.rawValue), after: delay)]
        case .cancel(let timer): return [.cancel(self.timer(timer.rawValue))]
        case .terminate: return [.terminated(key)]
        }
    }

    private mutating func effects(
        of effect: NonInviteServerTransaction.Effect, upon event: Event
    ) -> [TransactionEffect<Hop>] {
        switch effect {
        case .passRequest where key.method == .cancel: return [.cancellation(request, key, of: invite, hop)]
        case .passRequest: return [.request(request, key, hop)]
        case .sendResponse: return sendResponse(event)
        case .sendResponseAgain: return latestResponse.map { [.send($0, hop)] } ?? []
        case .reportTransportFailure: return [.transportFailure(key)]
        case .arm(let timer, let delay): return [.arm(self.timer(timer.rawValue), after: delay)]
        case .cancel(let timer): return [.cancel(self.timer(timer.rawValue))]
        case .terminate: return [.terminated(key)]
        }
    }

    private func acknowledgement(_ event: Event) -> [TransactionEffect<Hop>] {
        guard case .ack(let ack) = event else { return [] }
        return [.acknowledgement(ack, hop)]
    }

    private mutating func sendResponse(_ event: Event) -> [TransactionEffect<Hop>] {
        guard case .respond(let response, _) = event else { return [] }
        return send(response)
    }

    private mutating func send(_ response: SIPMessage) -> [TransactionEffect<Hop>] {
        latestResponse = response
        return [.send(response, hop)]
    }
}

extension InviteServerTransaction.Event {
    fileprivate init?<Hop>(_ event: ServerTransaction<Hop>.Event) {
        switch event {
        case .request: self = .invite
        case .ack: self = .ack
        case .respond(_, let responseClass): self = .respond(responseClass)
        case .timer(let letter):
            guard let timer = InviteServerTransaction.Timer(rawValue: letter) else { return nil }
            self = .timer(timer)
        case .transportError: self = .transportError
        }
    }
}

extension NonInviteServerTransaction.Event {
    fileprivate init?<Hop>(_ event: ServerTransaction<Hop>.Event) {
        switch event {
        case .request: self = .request
        case .ack: return nil
        case .respond(_, let responseClass): self = .respond(responseClass)
        case .timer(let letter):
            guard let timer = NonInviteServerTransaction.Timer(rawValue: letter) else { return nil }
            self = .timer(timer)
        case .transportError: self = .transportError
        }
    }
}
