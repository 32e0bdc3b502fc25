package import Conformance

/// A trace made readable while it grows: each message as soon as it is whole, and contents when they are finished.
///
/// For those who go on by what they see. Judging takes the whole trace apart, as a `Dissection`.
package struct RunningDissection: Sendable {
    /// A content of which nothing more is to come.
    package struct Finished: Sendable {
        package var content: InstantMessage
        /// The worst of the final answers to its parts; 200 where none was asked for.
        package var status: Int
    }

    /// A message that has become whole, and what comes about with it.
    package struct Arrival: Sendable {
        package var message: DissectedMessage
        /// The request that it answers, where it is a response.
        package var request: DissectedMessage?
        /// The content that has been given up, or has its last byte and its last answer, with this message.
        package var finished: Finished?
    }

    /// What is known of a content under way.
    private struct Progress {
        /// Where the content is an MSRP one; otherwise it is that of a SIP MESSAGE.
        var transfer: Int?
        var isOver = false
        /// The parts that wait for their answers.
        var open: Set<Int> = []
        var worst = 200
    }

    private var reader: TraceReader
    private var transactions = TransactionIndex()
    private var placed = 0
    private var services: [String: SessionService] = [:]
    private var assembly = InstantMessageAssembly()
    private var rosters = ConferenceNotice.Rosters()
    private var notices: [Int: ConferenceNotice] = [:]
    /// What is under way, by its first part.
    private var progress: [Int: Progress] = [:]
    /// The content of each part.
    private var contents: [Int: Int] = [:]
    /// The first part of each MSRP transfer.
    private var transfers: [Int: Int] = [:]
    /// The transfers of each Message-ID.
    private var transfersByID: [String: [Int]] = [:]

    package init(cast: Cast) { reader = TraceReader(cast: cast) }

    /// Takes what was seen next.
    ///
    /// - Returns: the messages that are whole by now and were not before.
    package mutating func read(_ entry: TraceEntry) -> [Arrival] {
        reader.read(entry)
        defer { placed = reader.messages.count }
        return (placed..<reader.messages.count).map { place($0) }
    }

    /// The message with this number, counted from 1.
    package subscript(number: Int) -> DissectedMessage { reader.messages[number - 1] }

    /// What a NOTIFY says of the state of its conference.
    package func notice(in message: DissectedMessage) -> ConferenceNotice? { notices[message.number] }

    /// The contents of this Message-ID, as far as they have come.
    package func contents(withID id: String) -> [InstantMessage] {
        (transfersByID[id] ?? []).map { assembly.content($0, in: reader.messages).content }
    }

    private mutating func place(_ index: Int) -> Arrival {
        transactions.place(&reader.messages[index])
        let message = reader.messages[index]
        let request = message.answers.map { reader.messages[$0 - 1] }
        if message.requestMethod == "INVITE", message.isOutsideDialog, let call = message.sipSummary?.callID {
            services[call] = services[call] ?? message.sessionService
        }
        for description in PathDescription.all(in: message, answering: request, services) {
            assembly.take(description)
        }
        notices[message.number] = rosters.notice(in: message)
        return Arrival(message: message, request: request, finished: follow(message))
    }

    /// Follows the contents.
    private mutating func follow(_ message: DissectedMessage) -> Finished? {
        let transfer = assembly.take(message)
        guard message.repeats == nil else { return nil }
        if let transfer {
            let first = transfers[transfer] ?? message.number
            transfers[transfer] = first
            if first == message.number {
                transfersByID[message.msrpSummary?.messageID ?? "", default: []].append(transfer)
            }
            return advance(first, by: message, Progress(transfer: transfer), isOver: assembly.isOver(transfer))
        }
        if message.isSIP, message.requestMethod == "MESSAGE" {
            return advance(message.number, by: message, Progress(), isOver: true)
        }
        guard message.isFinal, let part = message.answers, let first = contents[part], var state = progress[first]
        else { return nil }
        state.open.remove(part)
        state.worst = max(state.worst, message.responseStatus ?? 0)
        progress[first] = state
        return finish(first)
    }

    private mutating func advance(
        _ first: Int, by part: DissectedMessage, _ beginning: Progress, isOver: Bool
    ) -> Finished? {
        contents[part.number] = first
        var state = progress[first] ?? beginning
        state.isOver = isOver
        if part.asksForResponse { state.open.insert(part.number) }
        progress[first] = state
        return finish(first)
    }

    /// Takes a content off the list when nothing more is to come of it.
    private mutating func finish(_ first: Int) -> Finished? {
        guard let state = progress[first], state.isOver, state.open.isEmpty else { return nil }
        progress[first] = nil
        let assembled =
            state.transfer.map { assembly.content($0, in: reader.messages) }
            ?? assembly.page(reader.messages[first - 1])
        return Finished(content: assembled.content, status: state.worst)
    }
}
