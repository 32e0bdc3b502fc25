import SIPSyntax
import SIPTransactions
import Testing

/// A way to an element of that name.
struct Way: SIPHop {
    var name: String
    var isReliable: Bool

    static let udp = Way(name: "peer", isReliable: false)
    static let tcp = Way(name: "peer", isReliable: true)
}

/// A transaction layer with the world around it: virtual time, and a record of what it did.
struct Element {
    var layer: TransactionLayer<Way>
    private(set) var clock = AlarmClock<TransactionTimer>()
    private(set) var sent: [(time: Duration, message: SIPMessage)] = []
    /// What the transaction user was told.
    private(set) var told: [TransactionEffect<Way>] = []
    /// What went wrong between the transactions and the clock.
    private(set) var complaints: [String] = []

    init(timing: TransactionTiming = TransactionTiming(), capacity: Int = 1000) {
        layer = TransactionLayer(timing: timing, capacity: capacity)
    }

    mutating func perform(_ effects: [TransactionEffect<Way>]) {
        for effect in effects {
            switch effect {
            case .send(let message, _): sent.append((clock.now, message))
            case .arm(let timer, let delay):
                if clock.isSet(timer) { complaints.append("\(timer) is set twice") }
                clock.set(timer, after: delay)
            case .cancel(let timer):
                if !clock.isSet(timer) { complaints.append("\(timer) is cancelled but not set") }
                clock.cancel(timer)
            case .request, .cancellation, .acknowledgement, .refused, .response, .stray, .timeout, .transportFailure,
                .terminated:
                told.append(effect)
            }
        }
    }

    /// Sends a request and returns what names its transaction.
    mutating func send(_ request: SIPMessage, over way: Way = .udp) -> TransactionKey {
        let (key, effects) = layer.send(request, over: way)
        perform(effects)
        return key
    }

    @discardableResult
    mutating func receive(_ message: SIPMessage, from way: Way = .udp) -> [TransactionEffect<Way>] {
        let effects = layer.receive(message, from: way)
        perform(effects)
        return effects
    }

    /// Receives a request that begins a transaction and returns what names it.
    mutating func take(_ request: SIPMessage, from way: Way = .udp) throws -> TransactionKey {
        let keys = receive(request, from: way).compactMap { effect -> TransactionKey? in
            switch effect {
            case .request(_, let key, _), .cancellation(_, let key, _, _): key
            default: nil
            }
        }
        return try #require(keys.first)
    }

    mutating func respond(_ key: TransactionKey, with response: SIPMessage) {
        perform(layer.respond(key, with: response))
    }

    /// Lets the next timer fire.
    ///
    /// - Returns: false when none is set.
    mutating func fireNextTimer() -> Bool {
        guard let timer = clock.next() else { return false }
        perform(layer.timer(timer))
        return true
    }

    /// Lets time pass until nothing is left to happen.
    mutating func run() {
        while fireNextTimer() {}
    }

    /// The moments at which messages were sent, in milliseconds.
    var times: [Int64] {
        sent.map { $0.time.components.seconds * 1000 + $0.time.components.attoseconds / 1_000_000_000_000_000 }
    }
}
