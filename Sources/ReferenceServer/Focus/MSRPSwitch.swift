import MSRP
import MessageBodies
import SIPSyntax

/// The switch of a conference: each message goes to those whom it is for, with its body untouched.
///
/// OMA-TS-SIMPLE_IM-V1_0 §7.2.3, §9.4.4 and §5.7.3
struct MSRPSwitch {
    /// The end of one participant in one line.
    struct SeatID: Hashable {
        let participant: Participant.ID
        let line: Int
    }

    struct Seat {
        /// How the participant is called in messages.
        var entity: String
        /// The session with him; nil while he has not accepted the line.
        var session: String?
        /// His path in it.
        var path: [String] = []
        var wantsMessages: Bool
        /// The longest message that he takes.
        var maximumSize: Int?
        /// The types that he may wrap in message/cpim; nil for all.
        var payloadTypes: [String]?
        var mayWritePrivately: Bool
        /// Whether what comes next to him is an IM client or server.
        var hasRelease: Bool
        /// What waits for him to accept the line, oldest first.
        var waiting: [MSRPOutgoing] = []
        /// The sizes of the messages that he has not answered completely.
        var unanswered: [String: Int] = [:]

        /// How much the server holds for him.
        fileprivate var heldSize: Int {
            waiting.reduce(unanswered.values.reduce(0, +)) { $0 + $1.body.count + 512 }
        }
    }

    /// How a line is used.
    enum Usage: Equatable {
        /// Everything is wrapped in message/cpim.
        case conversation
        /// One message to all, which need not be wrapped.
        ///
        /// §9.1.1.2 does not ask for the wrapper that §9.4.4 presupposes.
        case largeMessage
        /// As before; RFC 5547 does not ask for a wrapper either.
        case file
    }

    enum Effect: Equatable {
        case send(MSRPOutgoing, session: String, to: Participant.ID)
        /// Answer the message.
        case judge(messageID: String, MSRPStatusCode, session: String, of: Participant.ID)
        case report(MSRPReport, session: String, to: Participant.ID)
        case arm(report: Int)
        case disarm(report: Int)
    }

    /// The URIs that mean everybody: session identity and group identity.
    let addresses: [String]
    let bufferSize: Int
    let faults: Faults
    var usages: [Int: Usage] = [:]
    private(set) var seats: [SeatID: Seat] = [:]
    /// How those who have or had a seat are called, for reports.
    private(set) var entities: [SeatID: String] = [:]
    var reports: [Int: AwaitedReport] = [:]
    var reportCount = 0

    init(addresses: [String], bufferSize: Int, faults: Faults) {
        self.addresses = addresses
        self.faults = faults
        self.bufferSize = bufferSize
    }

    // MARK: Who is there

    /// Keeps a seat for a participant who is expected in a line.
    mutating func expect(_ seat: Seat, at id: SeatID) {
        if seats[id] == nil { seats[id] = seat }
        entities[id] = seat.entity
    }

    /// A participant has accepted a line; what has waited for him goes to him.
    mutating func open(_ seat: Seat, at id: SeatID) -> [Effect] {
        guard let session = seat.session else { return [] }
        let waiting = seats[id]?.waiting ?? []
        seats[id] = seat
        entities[id] = seat.entity
        return waiting.flatMap { message -> [Effect] in
            if let maximum = seat.maximumSize, message.body.count > maximum {
                return settle(message.messageID ?? "", at: id, .tooLarge(maximumSize: UInt64(maximum)))
            }
            return send(message, session: session, to: id)
        }
    }

    mutating func rename(_ participant: Participant.ID, entity: String) {
        for id in seats.keys where id.participant == participant { seats[id]?.entity = entity }
    }

    mutating func setPrivacy(of participant: Participant.ID, mayWritePrivately: Bool) {
        for id in seats.keys where id.participant == participant { seats[id]?.mayWritePrivately = mayWritePrivately }
    }

    /// A participant leaves a line, or does not want it.
    mutating func close(_ id: SeatID) -> [Effect] {
        guard let seat = seats.removeValue(forKey: id) else { return [] }
        let lost = seat.unanswered.keys.sorted() + seat.waiting.compactMap(\.messageID)
        return lost.flatMap { settle($0, at: id, .status(MSRPStatusCode.noSuchSession.rawValue)) }
    }

    mutating func close(_ participant: Participant.ID) -> [Effect] {
        seats.keys.filter { $0.participant == participant }.sorted { $0.line < $1.line }.flatMap { close($0) }
    }

    /// Whether the participant has answered everything that was sent to him.
    func isDrained(_ participant: Participant.ID) -> Bool {
        seats.allSatisfy { $0.key.participant != participant || $0.value.unanswered.isEmpty }
    }

    /// Whether something waits for the participant to accept a line.
    func hasWaiting(_ participant: Participant.ID) -> Bool {
        seats.contains { $0.key.participant == participant && !$0.value.waiting.isEmpty }
    }

    /// Whether the participant has got everything in this line, or whoever has not accepted it is still to get nothing.
    func isDrained(_ id: SeatID) -> Bool { seats[id].map { $0.unanswered.isEmpty && $0.waiting.isEmpty } ?? true }

    // MARK: What happens to messages

    mutating func handle(_ notice: MSRPEndpoint.Notice, at id: SeatID) -> [Effect] {
        switch notice {
        case .delivered(let message):
            return distribute(message, from: id)
        case .answered(let messageID, 200):
            seats[id]?.unanswered[messageID] = nil
            return []
        case .answered(let messageID, let status):
            seats[id]?.unanswered[messageID] = nil
            return settle(messageID, at: id, .status(status))
        case .unanswered(let messageID):
            seats[id]?.unanswered[messageID] = nil
            return settle(messageID, at: id, .status(MSRPStatusCode.timeout.rawValue))
        case .reported(let messageID, let status):
            return settle(messageID, at: id, .status(status))
        case .closed:
            let lost = seats[id]?.unanswered.keys.sorted() ?? []
            seats[id]?.unanswered = [:]
            return lost.flatMap { settle($0, at: id, .status(MSRPStatusCode.noSuchSession.rawValue)) }
        case .connected:
            return []
        }
    }

    private mutating func distribute(_ message: MSRPIncoming, from id: SeatID) -> [Effect] {
        guard let sender = seats[id], let session = sender.session else { return [] }
        let route: Route
        do throws(Rejected) {
            route = try self.route(of: message, from: id, sender)
        } catch {
            return [.judge(messageID: message.messageID, error.status, session: session, of: id.participant)]
        }
        var effects: [Effect] = [.judge(messageID: message.messageID, .ok, session: session, of: id.participant)]
        if route.wantsFinalReport { effects += expect(reportsOf: message, from: id, to: route.receivers) }
        for receiver in route.receivers { effects += pass(message, to: receiver, route, from: id) }
        return effects + (route.wantsFinalReport ? complete(message.messageID, from: id) : [])
    }

    private mutating func pass(
        _ message: MSRPIncoming, to id: SeatID, _ route: Route, from sender: SeatID
    ) -> [Effect] {
        guard let seat = seats[id] else { return [] }
        if let maximum = seat.maximumSize, message.body.count > maximum {
            return settle(message.messageID, at: id, .tooLarge(maximumSize: UInt64(maximum)))
                + failure(.stopSending, of: message, to: sender, route)
        }
        let copy = faults.switched(
            MSRPOutgoing(
                messageID: message.messageID, contentType: message.contentType, body: message.body,
                successReport: route.wantsFinalReport, bodyFields: message.bodyFields), usages[id.line])
        guard seat.heldSize + message.body.count <= bufferSize else {
            return settle(message.messageID, at: id, .status(MSRPStatusCode.stopSending.rawValue))
                + failure(.stopSending, of: message, to: sender, route)
        }
        if let session = seat.session { return send(copy, session: session, to: id) }
        seats[id]?.waiting.append(copy)
        return []
    }

    private mutating func send(_ message: MSRPOutgoing, session: String, to id: SeatID) -> [Effect] {
        if let messageID = message.messageID { seats[id]?.unanswered[messageID] = message.body.count }
        return [.send(message, session: session, to: id.participant)]
    }

    /// Reports to the sender that one of the receivers does not get the message.
    ///
    /// §7.2.3.3 step 2a
    private func failure(
        _ status: MSRPStatusCode, of message: MSRPIncoming, to sender: SeatID, _ route: Route
    ) -> [Effect] {
        guard message.failureReport != .no, !route.wantsFinalReport, let session = seats[sender]?.session else {
            return []
        }
        let report = MSRPReport(
            messageID: message.messageID, size: message.body.count,
            status: StatusHeader(status.rawValue, comment: status.comment))
        return [.report(report, session: session, to: sender.participant)]
    }
}
