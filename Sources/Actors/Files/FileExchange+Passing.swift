import Conformance
import MSRP
import MessageBodies
import SDP
import SIPTransactions

/// The bytes of the files.
///
/// OMA-TS-SIMPLE_IM-V1_0 §10, RFC 5547 §8.6
extension FileExchange {
    /// Opens the way of a file that both sides have agreed on.
    ///
    /// - Returns: nothing where the line cannot serve, which is then closed.
    mutating func open(_ place: Int, _ leg: MediaLeg?, by media: MediaDescription? = nil) -> [ProcedureEffect] {
        guard let leg else {
            files[place].course = .closed
            return []
        }
        if case .sends(let content) = files[place].part {
            guard let carriage = media?.carriage(of: content.type, preferring: wrapping) else {
                files[place].course = .closed
                return []
            }
            files[place].wrapping = carriage
        }
        files[place].course = .open(leg)
        return [.media(.open(leg))] + (mayBegin ? send(place) : holding)
    }

    /// Sends the file of the line, if it is this side that has it and the way is open.
    mutating func send(_ place: Int) -> [ProcedureEffect] {
        guard case .sends(let content) = files[place].part, let leg = files[place].leg else { return [] }
        let messageID = identifiers.token()
        files[place].messageID = messageID
        var message = MSRPOutgoing(
            content, messageID: messageID, disposition: "attachment",
            in: files[place].wrapping == .cpim ? envelope : nil, chunkSize: profile.contentChunkSize)
        if defects.contains(.contentAltered) { message.body.alterLastByte() }
        files[place].awaitsFinalReport = files[place].wrapping == .cpim && envelope?.reports == .asked
        var again = message
        again.messageID = identifiers.token()
        let copies = defects.contains(.uploadsTwice) ? [message, again] : [message]
        return copies.map { .media(.send($0, session: leg.session)) }
    }

    mutating func hear(_ event: MediaEvent, in session: String) -> [ProcedureEffect] {
        guard let place = files.firstIndex(where: { $0.leg?.session == session }) else { return [] }
        if let report = FinalReport(event) { return take(report, of: place) }
        guard case .open(let leg) = files[place].course else { return [] }
        let messageID = files[place].messageID
        switch (files[place].part, event) {
        case (.sends, .answered(let id, let status)) where id == messageID:
            return status == 200 ? sent(place, leg) : failed(place, leg, "MSRP \(status)")
        case (.sends, .unanswered(let id)) where id == messageID:
            return failed(place, leg, "no MSRP response")
        case (.sends, .reported(let id, let status)) where id == messageID && status != 200:
            return failed(place, leg, "reported with MSRP \(status)")
        case (.receives, .delivered(let message)):
            return received(place, leg, ReceivedContent(message))
        case (.receives, .abandoned):
            return failed(place, leg, "given up by the sender")
        case (.sends, .closed(let reason)), (.receives, .closed(let reason)):
            return failed(place, leg, reason)
        case (.sends, _), (.receives, _):
            return []
        }
    }

    private mutating func sent(_ place: Int, _ leg: MediaLeg) -> [ProcedureEffect] {
        files[place].course = .over(leg)
        return [.report(.contentSent(name: files[place].name))] + linger()
    }

    private mutating func received(_ place: Int, _ leg: MediaLeg, _ content: ReceivedContent) -> [ProcedureEffect] {
        files[place].course = .taken(leg)
        let name = files[place].selector.name ?? content.name
        return [.report(.contentReceived(name: name, bytes: content.bytes, session: session))]
    }

    private mutating func failed(_ place: Int, _ leg: MediaLeg, _ reason: String) -> [ProcedureEffect] {
        let failure = ProcedureEffect.report(.contentFailed(name: files[place].name, reason: reason))
        switch files[place].part {
        case .sends:
            files[place].course = .over(leg)
            files[place].awaitsFinalReport = false
            return [failure] + linger()
        case .receives:
            files[place].course = .taken(leg)
            return [failure]
        }
    }

    /// Waits for another file to send after the last one, or first for what its final report tells.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §10.2, timer Tc1
    private func linger() -> [ProcedureEffect] {
        guard !files.contains(where: \.isToBeSent) else { return [] }
        if files.contains(where: \.awaitsFinalReport) { return [.arm(.nextFile, after: profile.timing.timeout)] }
        return company == .none ? [.arm(.nextFile, after: profile.nextFileWait)] : [.disarm(.nextFile)]
    }

    /// Waits no longer for another file or for a report.
    mutating func waitedForMore() {
        isIdle = true
        for place in files.indices { files[place].awaitsFinalReport = false }
    }

    /// Tells the user of a final report.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §5.7.2
    private mutating func take(_ report: FinalReport, of place: Int) -> [ProcedureEffect] {
        guard report.messageID == files[place].messageID else { return [] }
        let telling = report.telling(of: files[place].name)
        guard report.isLast else { return telling }
        files[place].awaitsFinalReport = false
        return telling + linger()
    }

    /// Lets the peer know that no more of what is arriving is wanted.
    mutating func stop() -> [ProcedureEffect] {
        files.indices.flatMap { place -> [ProcedureEffect] in
            guard case (.receives, .open(let leg)) = (files[place].part, files[place].course) else { return [] }
            return [.media(.stop(session: leg.session))] + failed(place, leg, "no longer wanted")
        }
    }

    /// Gives up what is being sent, before the session is left.
    mutating func abandon() -> [ProcedureEffect] {
        files.indices.flatMap { place -> [ProcedureEffect] in
            guard case (.sends, .open(let leg)) = (files[place].part, files[place].course) else { return [] }
            files[place].course = .over(leg)
            let abort = files[place].messageID.map {
                ProcedureEffect.media(.abort(messageID: $0, session: leg.session))
            }
            return (abort.map { [$0] } ?? [])
                + [.report(.contentFailed(name: files[place].name, reason: "the session is left"))]
        }
    }

    /// Closes the line for good; what was under way on it has failed.
    mutating func close(_ place: Int) -> [ProcedureEffect] {
        guard let leg = files[place].leg else {
            files[place].course = .closed
            return []
        }
        var effects: [ProcedureEffect] = []
        if case .open = files[place].course { effects = failed(place, leg, "the line was closed") }
        files[place].course = .closed
        return effects + [.media(.close(session: leg.session))]
    }

    /// What ends with the session.
    var closing: [ProcedureEffect] {
        files.flatMap { file -> [ProcedureEffect] in
            guard let leg = file.leg else { return [] }
            let end = ProcedureEffect.media(.close(session: leg.session))
            guard case .open = file.course else { return [end] }
            return [.report(.contentFailed(name: file.name, reason: "the session has ended")), end]
        }
    }
}
