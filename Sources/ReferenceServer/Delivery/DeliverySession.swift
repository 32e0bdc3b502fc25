import MSRP
import SDP
import SIPSyntax

/// A session in which the server hands over to a user what it has kept for him.
///
/// OMA-TS-SIMPLE_IM-V1_0 §12.2.2.5 and §13.3.3
struct DeliverySession {
    enum State: Equatable {
        /// The server has invited the user.
        case inviting
        /// Both have agreed, and there is no connection yet.
        case connecting
        /// One message is on its way.
        case sending
        /// The server has sent its BYE.
        case releasing
        case ended
    }

    /// What is handed over under one identifier.
    struct Item: Equatable {
        let id: String
        /// The messages that it consists of, in their order.
        let messages: [Message]
    }

    struct Message: Equatable {
        let contentType: String
        let body: [UInt8]
    }

    enum Event: Equatable {
        case dialog(ServedDialog.Notice)
        case media(MSRPEndpoint.Notice)
        /// The user has had his time to connect.
        case timer
    }

    enum Effect: Equatable {
        case command(ServedDialog.Command)
        case media(MSRPEndpoint.Command)
        /// The user has taken all of an item.
        case delivered(String)
        case arm(after: Duration)
        case disarm
        case end
    }

    /// The user whose items these are.
    let user: String
    let end: MSRPEndpoint.End
    private(set) var state: State

    /// What has not been handed over, the next first.
    private(set) var items: [Item]
    /// How many messages of the next item have been taken.
    private var taken = 0
    private var number = 0

    /// Waits for the answer of the user, who has been invited.
    static func inviting(_ user: String, to items: [Item], at uri: MSRPURI) -> DeliverySession {
        let end = MSRPEndpoint.End(localURI: uri, remotePath: [], role: .opens)
        return DeliverySession(user: user, end: end, state: .inviting, items: items)
    }

    /// Accepts the invitation of the user, who connects.
    static func accepting(
        _ user: String, _ answer: DialogAnswer, handing items: [Item], at end: MSRPEndpoint.End, within time: Duration
    ) -> (DeliverySession, [Effect]) {
        let session = DeliverySession(user: user, end: end, state: .connecting, items: items)
        return (session, [.media(.open(end)), .command(.accept(answer)), .arm(after: time)])
    }

    private init(user: String, end: MSRPEndpoint.End, state: State, items: [Item]) {
        self.user = user
        self.end = end
        self.state = state
        self.items = items
    }

    mutating func handle(_ event: Event) -> [Effect] {
        switch (state, event) {
        case (.inviting, .dialog(.accepted(let response))):
            return accepted(response)
        case (.inviting, .dialog(.refused)):
            return ended()

        case (.connecting, .media(.connected)):
            state = .sending
            return [.disarm] + sendNext()
        case (.connecting, .timer), (.connecting, .media(.closed)):
            return [.disarm] + release()

        case (.sending, .media(.answered(currentID, let status))):
            return status == 200 ? advance() : skip()
        case (.sending, .media(.unanswered)), (.sending, .media(.closed)):
            return release()

        // Nothing about such a session can be changed.
        case (.connecting, .dialog(.modifying)), (.sending, .dialog(.modifying)):
            return [.command(.acceptUnchanged)]

        case (.connecting, .dialog(.ended)), (.sending, .dialog(.ended)), (.releasing, .dialog(.ended)),
            (.connecting, .dialog(.cancelled)):
            return ended()

        case (.inviting, _), (.connecting, _), (.sending, _), (.releasing, _), (.ended, _):
            return []
        }
    }

    private var currentID: String { "\(end.session)-\(number)" }

    private mutating func accepted(_ response: SIPMessage) -> [Effect] {
        let answer = try? SessionDescription(parsing: response.body)
        guard let answer, let line = answer.media.first(where: \.canBeAnchored),
            [.receiveOnly, .sendReceive].contains(answer.direction(of: line))
        else { return release() }
        state = .connecting
        let end = MSRPEndpoint.End(localURI: end.localURI, remotePath: line.path, role: .opens)
        return [.media(.open(end))]
    }

    private mutating func sendNext() -> [Effect] {
        guard let item = items.first else { return release() }
        guard taken < item.messages.count else {
            items.removeFirst()
            taken = 0
            return [.delivered(item.id)] + sendNext()
        }
        number += 1
        let message = item.messages[taken]
        let outgoing = MSRPOutgoing(messageID: currentID, contentType: message.contentType, body: message.body)
        return [.media(.send(outgoing, session: end.session))]
    }

    private mutating func advance() -> [Effect] {
        taken += 1
        return sendNext()
    }

    /// What the user does not take stays where it is.
    private mutating func skip() -> [Effect] {
        items.removeFirst()
        taken = 0
        return sendNext()
    }

    private mutating func release() -> [Effect] {
        state = .releasing
        return [.command(.release)]
    }

    private mutating func ended() -> [Effect] {
        state = .ended
        return [.disarm, .media(.close(session: end.session)), .end]
    }
}
