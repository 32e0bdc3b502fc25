import MSRP
import Network
import SIPSyntax

/// A session in which the server takes a large message for a user who is away.
///
/// OMA-TS-SIMPLE_IM-V1_0 §12.2.2.1 and §9.1.1.2 step 4
struct MessageSink {
    enum State: Equatable {
        /// The sender has been told that the server takes it.
        case receiving
        /// The server ends the session of a sender who has gone away.
        case releasing
        case ended
    }

    enum Event: Equatable {
        case dialog(ServedDialog.Notice)
        case media(MSRPEndpoint.Notice)
        /// The sender has sent his BYE.
        case bye(SIPMessage)
        /// A message has been kept under this identifier, or there was no room for it.
        case kept(messageID: String, id: String?)
    }

    enum Effect: Equatable {
        case command(ServedDialog.Command)
        case media(MSRPEndpoint.Command)
        /// A message has arrived, which waits to be kept.
        case keep(MSRPIncoming)
        /// The message with this identifier was sent in a session that the BYE has ended.
        case complete(String, by: SIPMessage)
        case end
    }

    /// The request that offers the message, and the user that it is for.
    let request: IMRequest
    let end: MSRPEndpoint.End
    private(set) var state = State.receiving
    /// The identifiers of what has been kept.
    private var kept: [String] = []

    /// Accepts the invitation of the sender, who connects.
    static func begin(
        _ request: IMRequest, _ answer: DialogAnswer, at end: MSRPEndpoint.End
    ) -> (MessageSink, [Effect]) {
        (MessageSink(request: request, end: end), [.media(.open(end)), .command(.accept(answer))])
    }

    private init(request: IMRequest, end: MSRPEndpoint.End) {
        self.request = request
        self.end = end
    }

    mutating func handle(_ event: Event) -> [Effect] {
        switch (state, event) {
        case (.receiving, .media(.delivered(let message))):
            return [.keep(message)]
        case (.receiving, .kept(let messageID, let id)):
            if let id { kept.append(id) }
            return [.media(.judge(messageID: messageID, id == nil ? .stopSending : .ok, session: end.session))]
        case (.receiving, .bye(let bye)):
            return kept.map { .complete($0, by: bye) }
        case (.receiving, .media(.closed)):
            state = .releasing
            return [.command(.release)]
        // Nothing about such a session can be changed.
        case (.receiving, .dialog(.modifying)):
            return [.command(.acceptUnchanged)]
        case (.receiving, .dialog(.ended)), (.releasing, .dialog(.ended)), (.receiving, .dialog(.cancelled)):
            state = .ended
            return [.media(.close(session: end.session)), .end]
        case (.receiving, _), (.releasing, _), (.ended, _):
            return []
        }
    }
}
