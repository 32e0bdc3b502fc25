import Bytes
import SIPSyntax
import SIPTransactions

/// A client and a server with their users, over a channel that loses, doubles and overtakes, in virtual time.
struct Conversation {
    enum Side: Hashable {
        case client
        case server
    }

    enum Alarm: Hashable {
        case timer(Side, TransactionTimer)
        case arrival(Int)
        case answer(TransactionKey, Int)
        case accepted(TransactionKey, AcceptedInvite.Timer)
    }

    /// How a request ended for the client's user.
    enum Outcome: Hashable {
        case answered(status: Int)
        case timedOut
    }

    let way: Way
    /// Out of a hundred messages, how many are lost, and how many of the others arrive twice.
    let losses: Int
    let doubles: Int

    private(set) var client = TransactionLayer<Way>()
    private(set) var server = TransactionLayer<Way>()
    private(set) var clock = AlarmClock<Alarm>()
    private var generator: SeededGenerator
    private var flights: [Int: (to: Side, message: SIPMessage)] = [:]
    private var departures = 0
    private var acceptances: [TransactionKey: (machine: AcceptedInvite, response: SIPMessage)] = [:]

    /// Every message that either side sent.
    private(set) var sent: [SIPMessage] = []
    /// By Call-ID: how often the server's user saw the request, what it answered, and what the client's user learnt.
    private(set) var appearances: [String: Int] = [:]
    private(set) var answers: [String: Int] = [:]
    private(set) var outcomes: [String: Set<Outcome>] = [:]
    private(set) var ends: [String: Int] = [:]
    private(set) var acknowledged: Set<String> = []
    private(set) var unacknowledged: Set<String> = []
    private var callIDs: [TransactionKey: String] = [:]

    init(seed: UInt64, over way: Way, losses: Int, doubles: Int) {
        self.way = way
        self.losses = losses
        self.doubles = doubles
        generator = SeededGenerator(seed: seed)
    }

    mutating func begin(_ request: SIPMessage) {
        let (key, effects) = client.send(request, over: way)
        callIDs[key] = request.callID
        perform(effects, at: .client)
    }

    mutating func run() {
        while let alarm = clock.next() {
            switch alarm {
            case .timer(.client, let timer): perform(client.timer(timer), at: .client)
            case .timer(.server, let timer): perform(server.timer(timer), at: .server)
            case .arrival(let flight): arrive(flight)
            case .answer(let key, let status): answer(key, with: status)
            case .accepted(let key, let timer):
                guard let effects = acceptances[key]?.machine.handle(.timer(timer)) else { continue }
                perform(effects, for: key)
            }
        }
    }

    private mutating func arrive(_ flight: Int) {
        guard let (side, message) = flights.removeValue(forKey: flight) else { return }
        switch side {
        case .client: perform(client.receive(message, from: way), at: .client)
        case .server: perform(server.receive(message, from: way), at: .server)
        }
    }

    private mutating func perform(_ effects: [TransactionEffect<Way>], at side: Side) {
        for effect in effects {
            switch effect {
            case .send(let message, _): depart(message, from: side)
            case .arm(let timer, let delay): clock.set(.timer(side, timer), after: delay)
            case .cancel(let timer): clock.cancel(.timer(side, timer))
            case .request(let request, let key, _): consider(request, key)
            case .response(let response, _): learn(response)
            case .timeout(let key):
                if side == .client { outcomes[callIDs[key] ?? "", default: []].insert(.timedOut) }
            case .acknowledgement(let ack, _): acknowledge(ack)
            case .terminated(let key):
                if side == .client { ends[callIDs[key] ?? "", default: 0] += 1 }
            case .cancellation, .refused, .stray, .transportFailure: break
            }
        }
    }

    private mutating func depart(_ message: SIPMessage, from side: Side) {
        sent.append(message)
        guard Int.random(in: 0..<100, using: &generator) >= losses else { return }
        let copies = Int.random(in: 0..<100, using: &generator) < doubles ? 2 : 1
        for _ in 1...copies {
            departures += 1
            flights[departures] = (side == .client ? .server : .client, message)
            // Short enough that nothing outlives the 64 * T1 for which a server remembers.
            let delay = way.isReliable ? 10 : Int.random(in: 0...400, using: &generator)
            clock.set(.arrival(departures), after: .milliseconds(delay))
        }
    }

    private mutating func consider(_ request: SIPMessage, _ key: TransactionKey) {
        appearances[request.callID ?? "", default: 0] += 1
        let thought = Int.random(in: 0...1500, using: &generator)
        if Bool.random(using: &generator) {
            clock.set(.answer(key, 180), after: .milliseconds(thought / 2))
        }
        let final = [200, 200, 302, 486, 603].randomElement(using: &generator) ?? 200
        clock.set(.answer(key, final), after: .milliseconds(thought))
    }

    private mutating func answer(_ key: TransactionKey, with status: Int) {
        guard let request = server.request(of: key), let callID = request.callID else { return }
        if status >= 200 { answers[callID] = status }
        let response = request.response(status)
        guard status == 200, request.method == .invite else {
            perform(server.respond(key, with: response), at: .server)
            return
        }
        let (machine, effects) = AcceptedInvite.begin(timing: server.timing)
        acceptances[key] = (machine, response)
        perform(effects, for: key)
    }

    private mutating func perform(_ effects: [AcceptedInvite.Effect], for key: TransactionKey) {
        guard let response = acceptances[key]?.response else { return }
        for effect in effects {
            switch effect {
            case .sendResponse: perform(server.respond(key, with: response), at: .server)
            case .reportUnacknowledged: unacknowledged.insert(response.callID ?? "")
            case .arm(let timer, let delay): clock.set(.accepted(key, timer), after: delay)
            case .cancel(let timer): clock.cancel(.accepted(key, timer))
            }
        }
    }

    private mutating func acknowledge(_ ack: SIPMessage) {
        for (key, acceptance) in acceptances where acceptance.response.callID == ack.callID {
            acknowledged.insert(ack.callID ?? "")
            guard let effects = acceptances[key]?.machine.handle(.ack) else { continue }
            perform(effects, for: key)
        }
    }

    private mutating func learn(_ response: SIPMessage) {
        guard let status = response.status, status >= 200, let callID = response.callID else { return }
        outcomes[callID, default: []].insert(.answered(status: status))
        guard status == 200, (try? response.cSeq())?.method == .invite else { return }
        depart(.sample(.ack, branch: "z9hG4bKack\(sent.count)", callID: callID), from: .client)
    }
}
