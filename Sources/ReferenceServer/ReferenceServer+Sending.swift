import Bytes
import Network
import SIPDialogs
import SIPSyntax
import SIPTransactions

/// What a request of the server was sent for.
enum Purpose: Hashable {
    /// The proxy core forwards a request of somebody else.
    case forwarding(Int)
    case dialog(Int, ServedDialog.Errand)
    /// Tells a subscriber something.
    case notification(Int)
    /// A MESSAGE of the server itself.
    case page(PageErrand)
    /// A defect wants it sent.
    case extra(Int)
}

/// What came of a request that was sent.
enum Outcome {
    case response(SIPMessage)
    case timeout
    case transportFailure
}

/// Messages on their way out.
extension ReferenceServer {
    mutating func perform(_ effects: [TransactionEffect<Hop>]) {
        for effect in effects {
            switch effect {
            case .send(let message, let hop):
                let leaving = message.isRequest ? faults.leaving(message) : message
                perform(transport.send(leaving.serialized(), over: hop))
            case .arm(let timer, let delay): arm(.transaction(timer), after: delay)
            case .cancel(let timer): disarm(.transaction(timer))
            case .request(let request, let key, let hop): dispatch(request, key, from: hop)
            case .cancellation(let request, let key, let invite, _): cancel(invite, by: request, key)
            case .acknowledgement(let ack, _): acknowledged(by: ack)
            case .refused(let request, let hop):
                let refusal = Refusal(503, fields: [SIPField(.retryAfter, "60")])
                let response = refusal.response(to: request, from: configuration.domain, toTag: newTag())
                perform(transport.send(response.serialized(), over: hop))
            case .response(let response, let key):
                if let purpose = purposes[key] { notices.append(.outcome(.response(response), purpose)) }
            case .stray: break
            case .timeout(let key):
                if let purpose = purposes[key] { notices.append(.outcome(.timeout, purpose)) }
            case .transportFailure(let key):
                if let purpose = purposes[key] { notices.append(.outcome(.transportFailure, purpose)) }
            case .terminated(let key): terminated(key)
            }
        }
    }

    mutating func perform(_ activities: [SIPTransport.Activity]) {
        for activity in activities {
            switch activity {
            case .watch(let id): watch(id, among: \.silentSIP, ServerTimer.halfOpen)
            case .unwatch(let id): unwatch(id, among: \.silentSIP, ServerTimer.halfOpen)
            case .network(let effect): outbox.append(effect)
            }
        }
    }

    /// Sends a request in a transaction of its own.
    ///
    /// The second part of the branch, if there is one, is for the detection of loops.
    mutating func send(_ request: SIPMessage, for purpose: Purpose, sender: String? = nil, branchSuffix: String = "") {
        guard let (message, hop) = routed(request, branchSuffix: branchSuffix) else {
            return notices.append(.outcome(.transportFailure, purpose))
        }
        let departure = faults.departure(of: message, sender: sender, server: configuration.sipAddress.description)
        if let altered = departure.request {
            begin(altered, over: self.hop(of: altered) ?? hop, for: purpose)
        } else {
            let response = SIPMessage(status: departure.pretended, to: message, toTag: newTag())
            notices.append(.outcome(.response(response), purpose))
        }
        for var extra in departure.extras {
            extra.removeTopVia()
            sendExtra(extra)
        }
    }

    /// Sends a request that goes its way unaltered.
    private mutating func begin(_ request: SIPMessage, over hop: Hop, for purpose: Purpose) {
        let (key, effects) = transactions.send(request, over: hop)
        purposes[key] = purpose
        running[purpose] = key
        perform(effects)
    }

    /// Sends an ACK to a 2xx response, which has no transaction.
    mutating func acknowledge(_ ack: SIPMessage) {
        guard faults.sendsAcknowledgements, let (message, hop) = routed(faults.withoutRelease(ack), branchSuffix: "")
        else { return }
        perform(transport.send(faults.leaving(message).serialized(), over: hop))
    }

    /// Sends CANCEL after a request.
    mutating func cancel(_ purpose: Purpose) {
        guard let key = running[purpose], let request = transactions.request(of: key),
            let hop = transactions.hop(of: key)
        else { return }
        let cancellation = SIPMessage(cancelling: request)
        guard transactions.request(of: TransactionKey(client: cancellation)) == nil else { return }
        perform(transactions.send(cancellation, over: hop).1)
    }

    /// Forgets a request that will not be answered any more.
    mutating func abandon(_ purpose: Purpose) {
        guard let key = running[purpose] else { return }
        perform(transactions.abandon(key))
    }

    mutating func respond(_ response: SIPMessage, _ key: TransactionKey) {
        var response = response
        if !response.contains(.server) { response.add(.server, ReleaseVersion.server) }
        perform(transactions.respond(key, with: faults.altered(response)))
    }

    mutating func refuse(_ refusal: Refusal, _ key: TransactionKey, toTag: String? = nil) {
        guard let request = transactions.request(of: key) else { return }
        respond(refusal.response(to: request, from: configuration.domain, toTag: toTag ?? newTag()), key)
    }

    mutating func newTag() -> String { generator.token(length: 10) }

    /// The request with a Via of the server on top, and the hop that it takes.
    mutating func routed(_ request: SIPMessage, branchSuffix: String) -> (SIPMessage, Hop)? {
        guard let hop = hop(of: request) else { return nil }
        let address = configuration.sipAddress
        let branch = Via.magicCookie + generator.token(length: 16) + branchSuffix
        let via = Via(
            transport: hop.transport.rawValue.uppercased(), host: address.address.host, port: address.port,
            parameters: [Parameter("branch", branch)])
        var message = request
        message.prepend(.via, via.description)
        return (message, hop)
    }

    private mutating func hop(of request: SIPMessage) -> Hop? {
        guard let target = request.nextHop?.target,
            let (hop, activities) = transport.hop(to: target, numbers: &numbers)
        else { return nil }
        perform(activities)
        return hop
    }

    private mutating func terminated(_ key: TransactionKey) {
        guard let purpose = purposes.removeValue(forKey: key) else { return }
        if running[purpose] == key { running[purpose] = nil }
        if case .forwarding(let id) = purpose { forget(forwarding: id) }
    }

    mutating func sendExtra(_ request: SIPMessage) {
        guard let (message, hop) = routed(request, branchSuffix: "") else { return }
        let id = nextSerial()
        begin(message, over: hop, for: .extra(id))
        if message.method == .invite { arm(.extra(id), after: configuration.limits.ringing) }
    }

    mutating func giveUpExtra(_ id: Int) {
        cancel(.extra(id))
        abandon(.extra(id))
    }

    /// Ends what an invitation that nobody has asked for has begun.
    mutating func answeredExtra(_ response: SIPMessage, _ id: Int) {
        guard let key = running[.extra(id)], let request = transactions.request(of: key), request.method == .invite,
            !response.isProvisional
        else { return }
        disarm(.extra(id))
        guard response.isSuccess, var dialog = Dialog(client: request, response: response) else { return }
        acknowledge(dialog.ack(for: request))
        sendExtra(dialog.request(.bye))
    }
}
