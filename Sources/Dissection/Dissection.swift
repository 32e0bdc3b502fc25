package import Conformance
package import Network

/// A trace made readable: its messages in order, with what belongs together found.
///
/// The single bridge between judging and the protocols; it repairs nothing and decides nothing.
package struct Dissection: Sendable {
    package let trace: Trace
    package private(set) var messages: [DissectedMessage] = []
    /// The contents that travelled, put together from their messages.
    package private(set) var instantMessages: [InstantMessage] = []
    /// Where connections ended: nothing more came that way.
    package private(set) var ends: [ConnectionEnd] = []
    /// Which message described each MSRP path, keyed by the URI as text.
    package private(set) var paths: [String: PathDescription] = [:]

    /// The end of a connection, or of one direction of it.
    package struct ConnectionEnd: Sendable {
        package var source: SocketAddress
        package var destination: SocketAddress
        package var time: Instant
        /// How many messages of the trace came before.
        package var after: Int
    }

    /// Who described an MSRP path in SDP, and as whom.
    package struct PathDescription: Sendable {
        /// The number of the message that carries the description.
        package var message: Int
        package var identity: String?
    }

    package init(of trace: Trace) {
        self.trace = trace
        var reader = TraceReader(cast: trace.cast)
        for entry in trace.entries { reader.read(entry) }
        messages = reader.messages
        ends = reader.ends
        var transactions = TransactionIndex()
        for index in messages.indices { transactions.place(&messages[index]) }
        for index in messages.indices {
            note(pathsOf: messages[index])
            messages[index].flaws += answerFlaws(of: messages[index])
        }
        instantMessages = InstantMessageAssembly(messages, paths: paths).instantMessages
    }

    /// The message with this number, counted from 1.
    package subscript(number: Int) -> DissectedMessage { messages[number - 1] }

    /// The responses to a request, in the order of the trace.
    package func responses(to request: DissectedMessage) -> [DissectedMessage] {
        messages.filter { $0.answers == request.number }
    }

    /// What is wrong with a session description that answers an offer, because of the offer.
    private func answerFlaws(of message: DissectedMessage) -> [Flaw] {
        guard let status = message.responseStatus, (200...299).contains(status), message.mediaDescription != nil,
            let offer = message.answers.map({ self[$0] }), offer.mediaDescription != nil
        else { return [] }
        return Flaw.flaws(of: message.body, to: offer.body)
    }

    private mutating func note(pathsOf message: DissectedMessage) {
        guard let description = message.mediaDescription else { return }
        for uri in description.path where paths[uri] == nil {
            paths[uri] = PathDescription(message: message.number, identity: message.identity)
        }
    }
}
