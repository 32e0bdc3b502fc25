import MSRP
import MessageBodies

/// Final reports.
///
/// OMA-TS-SIMPLE_IM-V1_0 §5.7.3 and Appendix O: one report for each message, when the last of its receivers has told.
extension MSRPSwitch {
    /// A message whose sender wants to know what became of it at each receiver.
    struct AwaitedReport {
        let messageID: String
        let size: Int
        let sender: SeatID
        /// Whether the sender has asked for reports of MSRP.
        let asksForReports: Bool
        var awaited: Set<SeatID>
        var legs: [FinalReport.Leg] = []
    }

    /// How long the switch waits for the reports of receivers, as it does for a transaction.
    static let reportTimeout = MSRPSession.responseTimeout
    /// How many messages may wait for their final report at a time; about more there is none.
    static let maximumReports = 1000

    mutating func expect(reportsOf message: MSRPIncoming, from id: SeatID, to receivers: [SeatID]) -> [Effect] {
        guard reports.count < Self.maximumReports else { return [] }
        reportCount += 1
        reports[reportCount] = AwaitedReport(
            messageID: message.messageID, size: message.body.count, sender: id,
            asksForReports: message.successReport, awaited: Set(receivers))
        return [.arm(report: reportCount)]
    }

    /// Sends a report that nobody is awaited for.
    mutating func complete(_ messageID: String, from sender: SeatID) -> [Effect] {
        let finished = reports.filter {
            $0.value.messageID == messageID && $0.value.sender == sender && $0.value.awaited.isEmpty
        }
        return finished.keys.sorted().flatMap { finish($0) }
    }

    /// Notes what became of a message at one receiver.
    mutating func settle(_ messageID: String, at id: SeatID, _ outcome: FinalReport.Outcome) -> [Effect] {
        let concerned = reports.filter { $0.value.messageID == messageID && $0.value.awaited.contains(id) }
        guard let number = concerned.keys.min() else { return [] }
        reports[number]?.awaited.remove(id)
        reports[number]?.legs.append(FinalReport.Leg(entities[id] ?? "", outcome))
        return reports[number]?.awaited.isEmpty == true ? finish(number) : []
    }

    /// The time for reports is over: who has not told counts as not reached.
    mutating func reportTimedOut(_ number: Int) -> [Effect] {
        guard let report = reports[number] else { return [] }
        let missing = report.awaited.sorted { $0.participant < $1.participant }
        reports[number]?.awaited = []
        reports[number]?.legs += missing.map {
            FinalReport.Leg(entities[$0] ?? "", .status(MSRPStatusCode.timeout.rawValue))
        }
        return finish(number)
    }

    private mutating func finish(_ number: Int) -> [Effect] {
        guard let report = reports.removeValue(forKey: number) else { return [] }
        let body = FinalReport(messageID: report.messageID, isLast: true, legs: report.legs).serialized()
        let participant = report.sender.participant
        let effects: [Effect] = [.disarm(report: number)]
        if let session = seats[report.sender]?.session, report.asksForReports {
            let status = StatusHeader(MSRPStatusCode.ok.rawValue, comment: MSRPStatusCode.ok.comment)
            return effects + [
                .report(
                    MSRPReport(
                        messageID: report.messageID, size: report.size, status: status,
                        contentType: FinalReport.mediaType, body: body), session: session, to: participant)
            ]
        }
        // A line that carried a file may be closed by now, while the conversation goes on.
        let line = seats.keys.filter { $0.participant == participant }.map(\.line).min()
        let place =
            seats[report.sender] == nil ? line.map { SeatID(participant: participant, line: $0) } : report.sender
        guard let place, let session = seats[place]?.session else { return effects }
        let message = MSRPOutgoing(contentType: FinalReport.mediaType, body: body)
        return effects + [.send(message, session: session, to: participant)]
    }
}
