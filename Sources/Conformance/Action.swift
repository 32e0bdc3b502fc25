/// What a party does in a step.
///
/// The first group are the words of the ETS; `compose` and `await` are the message level of conformance cases.
package enum Action: Sendable, Equatable {
    /// Registers with the IM feature tag and publishes its settings; done when both are answered 200.
    case logIn(Settings)
    /// Removes its registration; done when that is answered.
    case logOut
    /// Invites a client to a 1-to-1 session; done when the invited client is alerted.
    case invite(PartyName, session: String)
    /// Accepts the pending invitation; done when the session is established at both ends.
    case accept(session: String)
    /// Refuses the pending invitation with 480.
    case decline(session: String)
    /// Sends a text in a session; done when it is acknowledged and every simulated receiver has it.
    case send(text: String, session: String)
    /// Leaves the session; done when the BYE is answered.
    case leave(session: String)
    /// Sends a pager-mode message; done when it is answered and a simulated receiver has it.
    case page(text: String, to: PartyName)
    /// Sends the request as described, outside any dialog; done when it has a final response.
    case compose(ComposedRequest)
    /// Waits until such a message has been received.
    case await(MessageSelector)
}

/// The IM service settings that a client publishes.
///
/// OMA-TS-SIMPLE_IM-V1_0 §5.2.4 and Appendix E
package struct Settings: Sendable, Equatable {
    package var barsSessions: Bool
    package var barsPagers: Bool
    package var wantsOfflineDelivery: Bool
    package var isVisible: Bool
    package var recordsSessions: Bool
    package var recordsPagers: Bool

    /// The settings of a client that bars nothing, is visible and records nothing.
    package static let open = Settings(
        barsSessions: false, barsPagers: false, wantsOfflineDelivery: false, isVisible: true, recordsSessions: false,
        recordsPagers: false)

    package init(
        barsSessions: Bool, barsPagers: Bool, wantsOfflineDelivery: Bool, isVisible: Bool, recordsSessions: Bool,
        recordsPagers: Bool
    ) {
        self.barsSessions = barsSessions
        self.barsPagers = barsPagers
        self.wantsOfflineDelivery = wantsOfflineDelivery
        self.isVisible = isVisible
        self.recordsSessions = recordsSessions
        self.recordsPagers = recordsPagers
    }
}

/// A request of the message level: the method and target, and what differs from the client's usual request.
package struct ComposedRequest: Sendable, Equatable {
    package var method: String
    /// The client whose IM Address becomes the Request-URI.
    package var target: PartyName
    package var contentType: String?
    package var body: String?

    package init(method: String, target: PartyName, contentType: String? = nil, body: String? = nil) {
        self.method = method
        self.target = target
        self.contentType = contentType
        self.body = body
    }
}

/// A change made on purpose to a message that a simulated client composes during a step.
package struct Mutation: Sendable, Equatable {
    package enum Change: Sendable, Equatable {
        /// Replaces every occurrence of the field by one with this value, or adds it.
        case set(field: String, value: String)
        case omit(field: String)
        /// Sends the message this many times.
        case `repeat`(Int)
        /// Sends these bytes instead.
        case raw(String)
    }

    /// The method of the request, or the status code of the response; `SEND 200` style for MSRP responses is not needed.
    package var message: String
    package var change: Change
    package var position: SourcePosition

    package init(message: String, change: Change, position: SourcePosition) {
        self.message = message
        self.change = change
        self.position = position
    }
}
