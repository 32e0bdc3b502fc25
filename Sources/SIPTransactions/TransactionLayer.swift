package import SIPSyntax

/// All transactions of one element.
///
/// RFC 3261 §17
package struct TransactionLayer<Hop: SIPHop>: Sendable {
    package typealias Effect = TransactionEffect<Hop>

    package let timing: TransactionTiming
    /// How many server transactions there may be at a time; what arrives beyond them is refused.
    package let capacity: Int

    private var clients: [TransactionKey: ClientTransaction<Hop>] = [:]
    private var servers: [TransactionKey: ServerTransaction<Hop>] = [:]
    private var begun = 0

    package init(timing: TransactionTiming = TransactionTiming(), capacity: Int = 100_000) {
        self.timing = timing
        self.capacity = capacity
    }

    /// How many transactions have not terminated.
    package var count: Int { clients.count + servers.count }

    /// The request of a transaction that has not terminated.
    package func request(of key: TransactionKey) -> SIPMessage? {
        clients[key]?.request ?? servers[key]?.request
    }

    /// The way that the messages of a transaction go, unless it has terminated.
    package func hop(of key: TransactionKey) -> Hop? {
        clients[key]?.hop ?? servers[key]?.hop
    }

    /// Sends a request in a new client transaction; the request has its Via, with a branch of its own, on top.
    ///
    /// An ACK to a 2xx response has no transaction: the user sends it straight to the transport.
    package mutating func send(_ request: SIPMessage, over hop: Hop) -> (TransactionKey, [Effect]) {
        precondition(request.isRequest && request.method != .ack, "Only a request other than ACK has a transaction")
        let key = TransactionKey(client: request)
        precondition(clients[key] == nil, "A branch is used for one request only")
        begun += 1
        let (transaction, effects) = ClientTransaction.begin(
            key, sending: request, over: hop, serial: begun, timing: timing)
        clients[key] = transaction
        return (key, effects)
    }

    /// Answers a request; a transaction that has terminated or has its final answer sends nothing.
    package mutating func respond(_ key: TransactionKey, with response: SIPMessage) -> [Effect] {
        guard let responseClass = response.status.flatMap(ResponseClass.init(status:)) else { return [] }
        return handle(server: .respond(response, responseClass), at: key)
    }

    package mutating func receive(_ message: SIPMessage, from hop: Hop) -> [Effect] {
        switch message.startLine {
        case .request(.ack, _): receive(ack: message, from: hop)
        case .request: receive(request: message, from: hop)
        case .response(let status, _): receive(response: message, status: status, from: hop)
        }
    }

    /// A timer has fired; one that belongs to no transaction any more does nothing.
    package mutating func timer(_ timer: TransactionTimer) -> [Effect] {
        switch timer.key.side {
        case .client: handle(client: .timer(letter: timer.letter), at: timer.key)
        case .server: handle(server: .timer(letter: timer.letter), at: timer.key)
        }
    }

    /// What was sent this way did not arrive, as ICMP or a broken connection tells.
    ///
    /// RFC 3261 §17.1.4 and §17.2.4
    package mutating func transportFailed(over hop: Hop) -> [Effect] {
        let clientKeys = clients.values.filter { $0.hop == hop }.map { ($0.serial, $0.key) }
        let serverKeys = servers.values.filter { $0.hop == hop }.map { ($0.serial, $0.key) }
        let keys = (clientKeys + serverKeys).sorted { $0.0 < $1.0 }.map(\.1)
        return keys.flatMap { key in
            switch key.side {
            case .client: handle(client: .transportError, at: key)
            case .server: handle(server: .transportError, at: key)
            }
        }
    }

    /// Forgets a transaction whose outcome no longer matters, such as a cancelled INVITE without any final response.
    ///
    /// RFC 3261 §9.1
    package mutating func abandon(_ key: TransactionKey) -> [Effect] {
        let letters = clients.removeValue(forKey: key)?.letters ?? servers.removeValue(forKey: key)?.letters
        guard let letters else { return [] }
        return letters.map { .cancel(TransactionTimer(key: key, letter: $0)) } + [.terminated(key)]
    }

    private mutating func receive(ack: SIPMessage, from hop: Hop) -> [Effect] {
        let key = TransactionKey(server: ack)
        guard servers[key] != nil else { return [.acknowledgement(ack, hop)] }
        return handle(server: .ack(ack), at: key)
    }

    private mutating func receive(request: SIPMessage, from hop: Hop) -> [Effect] {
        let key = TransactionKey(server: request)
        guard servers[key] == nil else { return handle(server: .request, at: key) }
        guard servers.count < capacity else { return [.refused(request, hop)] }
        begun += 1
        let cancelled = key.method == .cancel && servers[key.invite] != nil ? key.invite : nil
        let (transaction, effects) = ServerTransaction.begin(
            key, receiving: request, cancelling: cancelled, from: hop, serial: begun, timing: timing)
        servers[key] = transaction
        return effects
    }

    private mutating func receive(response: SIPMessage, status: Int, from hop: Hop) -> [Effect] {
        let key = TransactionKey(client: response)
        guard clients[key] != nil, let responseClass = ResponseClass(status: status) else {
            return [.stray(response, hop)]
        }
        return handle(client: .response(response, responseClass), at: key)
    }

    private mutating func handle(client event: ClientTransaction<Hop>.Event, at key: TransactionKey) -> [Effect] {
        let effects = clients[key]?.handle(event) ?? []
        if clients[key]?.isTerminated == true { clients[key] = nil }
        return effects
    }

    private mutating func handle(server event: ServerTransaction<Hop>.Event, at key: TransactionKey) -> [Effect] {
        let effects = servers[key]?.handle(event) ?? []
        if servers[key]?.isTerminated == true { servers[key] = nil }
        return effects
    }
}
