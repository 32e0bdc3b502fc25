/// Something a trace must show, or must not show.
package struct Check: Sendable, Equatable {
    /// How a check bears on the verdicts.
    package enum Kind: String, CaseIterable, Sendable {
        /// P: a pass criterion of the ETS; decides the interop verdict.
        case criterion = "P"
        /// C: a SHALL of the specification; decides the conformance verdict.
        case conformance = "C"
        /// W: a SHOULD or an option; decides nothing.
        case warning = "W"
        /// N: something that must not be seen; decides the interop verdict.
        case negative = "N"
    }

    package var id: String
    package var kind: Kind
    /// The ETS step that the check belongs to, or nil for the whole case.
    package var step: String?
    package var title: String
    package var requirements: [RequirementID]
    package var condition: Condition
    package var position: SourcePosition

    package init(
        id: String, kind: Kind, step: String?, title: String, requirements: [RequirementID], condition: Condition,
        position: SourcePosition
    ) {
        self.id = id
        self.kind = kind
        self.step = step
        self.title = title
        self.requirements = requirements
        self.condition = condition
        self.position = position
    }
}

/// What a check asks of the trace.
package enum Condition: Sendable, Equatable {
    /// The client receives so many invitations (distinct initial INVITEs) that identify the inviter.
    case invited(client: PartyName, by: PartyName, times: Count)
    /// The inviter's INVITE is answered 2xx and acknowledged, and the invited client sees both.
    case established(inviter: PartyName, invited: PartyName)
    /// The answer has a non-zero port, a path, and accept-types within those offered.
    case answered(by: PartyName)
    /// The client receives the text so many times, complete, in this mode, from this client.
    case received(client: PartyName, text: String, from: PartyName, mode: Mode, times: Count)
    /// The client's request that carries the text is answered with success.
    case acknowledged(client: PartyName, text: String, mode: Mode)
    /// So many messages match the selector, and each satisfies the rules.
    case message(MessageSelector, times: Count?, must: [FieldRule], should: [FieldRule])
    /// No message that matches `second` comes before one that matches `first`.
    case order(first: MessageSelector, second: MessageSelector)

    package enum Mode: String, CaseIterable, Sendable {
        case session
        case pager
    }
}

/// A number of occurrences: `2`, `2-5`, `<4`, `>2`.
package struct Count: Sendable, Equatable, CustomStringConvertible {
    package var range: ClosedRange<Int>

    package init(_ range: ClosedRange<Int>) {
        self.range = range
    }

    package static let once = Count(1...1)
    package static let never = Count(0...0)

    /// The count that the notation writes.
    ///
    /// - Returns: nil for anything else, also for a range that holds nothing.
    package init?(_ text: String) {
        func number(_ part: Substring) -> Int? {
            part.isEmpty || !part.utf8.allSatisfy { (0x30...0x39).contains($0) } ? nil : Int(part)
        }
        if text.hasPrefix("<") {
            guard let limit = number(text.dropFirst()), limit > 0 else { return nil }
            range = 0...(limit - 1)
        } else if text.hasPrefix(">") {
            guard let limit = number(text.dropFirst()), limit < Int.max else { return nil }
            range = (limit + 1)...Int.max
        } else {
            let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(number)
            guard (1...2).contains(ends.count), let low = ends[0], let high = ends[ends.count - 1], low <= high else {
                return nil
            }
            range = low...high
        }
    }

    /// The count in words: `exactly 1`, `2 to 5`, `fewer than 4`, `more than 2`.
    package var description: String {
        switch (range.lowerBound, range.upperBound) {
        case (0, 0): "none"
        case (let low, let high) where low == high: "exactly \(low)"
        case (let low, Int.max): "more than \(low - 1)"
        case (0, let high): "fewer than \(high + 1)"
        case (let low, let high): "\(low) to \(high)"
        }
    }
}

/// Which messages of the trace are meant.
package struct MessageSelector: Sendable, Hashable {
    package enum Direction: String, CaseIterable, Sendable {
        case sent
        case received
    }

    package enum Start: Sendable, Hashable {
        /// A request with this method, SIP or MSRP.
        case request(String)
        /// A response with a status in this range, to a request with this method.
        case response(ClosedRange<Int>, to: String)
    }

    /// The client at which the message is seen.
    package var at: PartyName
    package var direction: Direction
    package var start: Start
    /// Only messages whose innermost body is, or contains, this text.
    package var carrying: String?

    package init(at: PartyName, direction: Direction, start: Start, carrying: String? = nil) {
        self.at = at
        self.direction = direction
        self.start = start
        self.carrying = carrying
    }
}

/// What a named field of a message must be.
///
/// Names are header fields (`Accept-Contact`) or one of `DissectedPart`.
package struct FieldRule: Sendable, Equatable {
    package enum Matcher: Sendable, Equatable {
        case present
        case absent
        /// Some occurrence of the field is this text, without regard to case and surrounding blanks.
        case equals(String)
        /// Some occurrence contains this text, without regard to case.
        case contains(String)
        case oneOf([String])
    }

    package var field: String
    package var matcher: Matcher
    package var position: SourcePosition

    package init(field: String, matcher: Matcher, position: SourcePosition) {
        self.field = field
        self.matcher = matcher
        self.position = position
    }
}

/// What a rule can name besides the header fields of a message.
package enum DissectedPart: String, CaseIterable, Sendable {
    /// The Request-URI of a request.
    case requestURI = "Request-URI"
    /// The method of a request, or of the request that a response answers.
    case method
    /// The status code of a response.
    case status
    /// Who sent it: the address of P-Asserted-Identity, else of From.
    case identity
    /// The OMA release, `IM-client/OMA1.0`, without blanks, whether User-Agent or Server carries it.
    case release
    /// The innermost body, after unwrapping.
    case payload
    case mediaPort = "sdp.media.port"
    case mediaPath = "sdp.media.path"
    case mediaAcceptTypes = "sdp.media.accept-types"
    case cpimFrom = "cpim.From"
    case cpimTo = "cpim.To"
}
