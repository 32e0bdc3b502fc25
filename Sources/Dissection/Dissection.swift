package import Conformance
import Network

/// A trace made readable: its messages in order, with what belongs together found.
///
/// The single bridge between judging and the protocols; it repairs nothing and decides nothing.
package struct Dissection: Sendable {
    package let trace: Trace
    package let messages: [DissectedMessage]
    /// The contents that travelled, put together from their messages.
    package let instantMessages: [InstantMessage]
    package let openings: [ConnectionOpening]
    /// Where connections ended: nothing more came that way.
    package let ends: [ConnectionEnd]
    /// Where the witness missed bytes of a stream.
    package let gaps: [StreamGap]
    /// The MSRP paths that session descriptions name, in the order of the trace.
    package let descriptions: [PathDescription]
    /// The notifications of conference state, in the order of the trace.
    package let notices: [ConferenceNotice]
    /// The lists of stored items, likewise.
    package let listings: [StoreListing]
    private let responses: [Int: [Int]]
    private let copies: [Int: [Int]]
    private let contents: [Int: Int]

    package init(of trace: Trace) {
        let reader = TraceReader(trace)
        var messages = reader.messages
        var transactions = TransactionIndex()
        for index in messages.indices { transactions.place(&messages[index]) }
        OfferAnswerExchange.judge(&messages)
        let descriptions = PathDescription.all(in: messages)
        var assembly = InstantMessageAssembly()
        for description in descriptions { assembly.take(description) }
        for message in messages { _ = assembly.take(message) }
        let contents = assembly.all(in: messages)
        for assembled in contents where !assembled.flaws.isEmpty {
            if let last = assembled.content.parts.last { messages[last - 1].contradictions += assembled.flaws }
        }

        self.trace = trace
        self.messages = messages
        self.descriptions = descriptions
        instantMessages = contents.map(\.content)
        notices = ConferenceNotice.all(in: messages)
        listings = StoreListing.all(in: messages)
        openings = reader.openings
        ends = reader.ends
        gaps = reader.gaps
        responses = Self.numbers(of: messages, by: \.answers)
        copies = Self.numbers(of: messages, by: \.repeats)
        var places: [Int: Int] = [:]
        for (index, content) in instantMessages.enumerated() {
            for part in content.parts { places[part] = index }
        }
        self.contents = places
    }

    /// The message with this number, counted from 1.
    package subscript(number: Int) -> DissectedMessage { messages[number - 1] }

    /// The responses to a request and to its repetitions, in the order of the trace.
    package func responses(to request: DissectedMessage) -> [DissectedMessage] {
        (responses[request.repeats ?? request.number] ?? []).map { self[$0] }
    }

    /// The request that a response answers.
    package func request(of response: DissectedMessage) -> DissectedMessage? { response.answers.map { self[$0] } }

    /// A message and the later repetitions of it, in the order of the trace.
    package func copies(of message: DissectedMessage) -> [DissectedMessage] {
        [message] + (copies[message.number] ?? []).map { self[$0] }
    }

    /// The content that a message carries, whole or in part.
    package func content(of message: DissectedMessage) -> InstantMessage? {
        contents[message.number].map { instantMessages[$0] }
    }

    private static func numbers(
        of messages: [DissectedMessage], by key: KeyPath<DissectedMessage, Int?>
    ) -> [Int: [Int]] {
        var numbers: [Int: [Int]] = [:]
        for message in messages {
            if let key = message[keyPath: key] { numbers[key, default: []].append(message.number) }
        }
        return numbers
    }
}
