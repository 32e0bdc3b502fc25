/// Which messages of the trace are meant.
package struct MessageSelector: Sendable, Hashable {
    package enum Direction: String, CaseIterable, Sendable {
        case sent
        case received
    }

    package enum Start: Sendable, Hashable {
        /// A request with this method, SIP, MSRP or HTTP.
        case request(String)
        /// A response with a status in this range, to a request with this method.
        case response(ClosedRange<Int>, to: String)
    }

    /// Whether requests that open a dialog are meant, or those within one, with the responses to them.
    package enum DialogPlace: String, CaseIterable, Sendable {
        case initial
        case within
    }

    /// From where in the trace on messages are meant.
    package indirect enum Beginning: Sendable, Hashable {
        case start
        /// The first message that matches.
        case after(MessageSelector)
    }

    /// The client at which the message is seen.
    package var at: PartyName
    package var direction: Direction
    package var start: Start
    /// Only messages whose innermost body is, or contains, this text.
    package var carrying: String?
    /// Only messages that satisfy these rules.
    package var rules: [FieldRule]
    /// Where INVITE and SUBSCRIBE stand; nil for those that open a dialog, and for any place of other methods.
    package var dialog: DialogPlace?
    package var beginning: Beginning

    package init(
        at: PartyName, direction: Direction, start: Start, carrying: String? = nil, where rules: [FieldRule] = [],
        dialog: DialogPlace? = nil, beginning: Beginning = .start
    ) {
        self.at = at
        self.direction = direction
        self.start = start
        self.carrying = carrying
        self.rules = rules
        self.dialog = dialog
        self.beginning = beginning
    }
}
