import SIPDialogs
import SIPSyntax
import SIPTransactions

/// A request that the proxy core has forwarded.
struct Forwarding {
    var context: ResponseContext
    let key: TransactionKey
}

/// The proxy core at work.
///
/// RFC 3261 §16.6 to §16.11
extension ReferenceServer {
    /// Forwards a request to this target, or to its Request-URI or Route.
    mutating func forward(
        _ request: SIPMessage, _ key: TransactionKey, to target: String?, from identity: Originator?
    ) {
        let isInitialInvite = request.method == .invite && !request.belongsToDialog
        var copy = proxy.copy(of: request, to: target, recordRoute: isInitialInvite)
        if !request.belongsToDialog { copy.assert(identity) }
        let limits = configuration.limits
        let (context, effects) = ResponseContext.begin(
            for: request, ringing: limits.ringing, timeout: configuration.timing.timeout)
        let id = nextSerial()
        forwardings[id] = Forwarding(context: context, key: key)
        forwardingsByRequest[key] = id
        perform(effects, inForwarding: id)
        let sender = identity.flatMap { registrar.bindings(of: $0.user, at: now).first?.requestURI }
        send(copy, for: .forwarding(id), sender: sender, branchSuffix: proxy.fingerprint(of: request))
    }

    mutating func handle(_ event: ResponseContext.Event, inForwarding id: Int) {
        guard let effects = forwardings[id]?.context.handle(event) else { return }
        perform(effects, inForwarding: id)
        if forwardings[id]?.context.state == .completed, running[.forwarding(id)] == nil { forget(forwarding: id) }
    }

    mutating func forget(forwarding id: Int) {
        guard let forwarding = forwardings[id], forwarding.context.state == .completed else { return }
        forwardings[id] = nil
        forwardingsByRequest[forwarding.key] = nil
    }

    private mutating func perform(_ effects: [ResponseContext.Effect], inForwarding id: Int) {
        guard let key = forwardings[id]?.key else { return }
        for effect in effects {
            switch effect {
            case .forward(let response): perform(transactions.respond(key, with: faults.altered(response)))
            case .refuse(let refusal): refuse(refusal, key)
            case .cancel: cancel(.forwarding(id))
            case .abandon: abandon(.forwarding(id))
            case .arm(let timer, let delay): arm(.forwarding(id, timer), after: delay)
            case .disarm(let timer): disarm(.forwarding(id, timer))
            }
        }
    }

    /// A CANCEL that has come from a client.
    ///
    /// RFC 3261 §9.2 and §16.10
    mutating func cancel(_ invite: TransactionKey?, by request: SIPMessage, _ key: TransactionKey) {
        guard let invite else { return refuse(Refusal(481), key) }
        respond(SIPMessage(status: 200, to: request, toTag: newTag()), key)
        if let id = forwardingsByRequest[invite] {
            handle(.cancel, inForwarding: id)
        } else if let id = dialogs.dialog(begunBy: invite) ?? dialogs.dialog(of: request) {
            handle(.cancelled(invite), inDialog: id)
        }
    }

    /// An ACK to a 2xx response: for a dialog of the server, or to be passed on without a transaction.
    ///
    /// RFC 3261 §16.11
    mutating func acknowledged(by ack: SIPMessage) {
        if let id = dialogs.dialog(of: ack) { return handle(.acknowledged, inDialog: id) }
        guard RequestValidation().refusal(of: ack, over: configuration.transports) == nil else { return }
        let request = proxy.withoutOwnRoutes(ack)
        guard request.belongsToDialog, let next = request.nextHop, !proxy.isSelf(next),
            proxy.refusal(of: request) == nil
        else { return }
        acknowledge(proxy.copy(of: request, to: nil, recordRoute: false))
    }

    /// Tells whoever has sent a request what came of it.
    mutating func deliver(_ outcome: Outcome, to purpose: Purpose) {
        switch (purpose, outcome) {
        case (.forwarding(let id), .response(var response)):
            response.removeTopVia()
            // Without a further Via it is nobody's: RFC 3261 §16.7 step 3.
            if response.contains(.via) { handle(.response(response), inForwarding: id) }
        case (.forwarding(let id), .timeout): handle(.timeout, inForwarding: id)
        case (.forwarding(let id), .transportFailure): handle(.transportFailure, inForwarding: id)
        case (.dialog(let id, let errand), .response(let response)):
            handle(.response(response, errand), inDialog: id)
        case (.dialog(let id, let errand), .timeout): handle(.timeout(errand), inDialog: id)
        case (.dialog(let id, let errand), .transportFailure): handle(.transportFailure(errand), inDialog: id)
        case (.notification(let id), .response(let response)): handle(.answered(response), inSubscription: id)
        case (.notification(let id), .timeout), (.notification(let id), .transportFailure):
            handle(.unanswered, inSubscription: id)
        case (.page(let errand), .response(let response)):
            if let status = response.status, !response.isProvisional { noteOutcome(status, of: errand) }
        case (.page(let errand), .timeout): noteOutcome(408, of: errand)
        case (.page(let errand), .transportFailure): noteOutcome(480, of: errand)
        case (.extra(let id), .response(let response)): answeredExtra(response, id)
        case (.extra, .timeout), (.extra, .transportFailure): break
        }
    }
}
