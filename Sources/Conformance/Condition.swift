/// What a check asks of the trace.
package enum Condition: Sendable, Equatable {
    /// The client receives so many invitations (distinct initial INVITEs) that identify the inviter, or in its stead
    /// the group.
    case invited(client: PartyName, by: PartyName, group: String?, times: Count)
    /// The inviter's INVITE is answered 2xx and acknowledged, and the invited client sees both; in a conference each
    /// with the focus.
    case established(inviter: PartyName, invited: PartyName)
    /// The answer has a non-zero port, a path, and accept-types within those offered.
    case answered(by: PartyName)
    /// The client receives the content so many times, complete, in this mode, from this client.
    case received(client: PartyName, content: Content, from: Author, mode: Mode, times: Count)
    /// The client's request that carries the content is answered with success, so many times where that is said.
    case acknowledged(client: PartyName, content: Content, mode: Mode, times: Count?)
    /// So many messages match the selector, and each satisfies the rules.
    case message(MessageSelector, times: Count?, must: [FieldRule], should: [FieldRule])
    /// No message that matches `second` comes before one, or before the last one, that matches `first`.
    case order(first: MessageSelector, second: MessageSelector, precedence: Precedence)
    /// At some moment, after that message if one is named, the conference state shows exactly these clients connected.
    case participants(at: PartyName, are: [PartyName], after: MessageSelector?)
    /// After that message the conference state comes to show this status of the client.
    case participant(at: PartyName, client: PartyName, becomes: ParticipantStatus, after: MessageSelector)
    /// At no moment does the conference state show two participants of one name.
    case distinctAliases(at: PartyName)
    /// What becomes of a client that joins by the alias that another one has already.
    case aliasCollision(holder: PartyName, joiner: PartyName, alias: String, outcomes: [CollisionOutcome])
    /// The address of the client is in nothing that the other client receives of a conference, once the first calls it.
    case hidden(client: PartyName, from: PartyName)
    /// A list of stored items that the client has fetched shows so many items.
    case listed(client: PartyName, store: MessageStore, which: Occasion, items: Count, properties: ItemProperties)
    /// A deletion of the client removes from the list exactly the items at these places, counted from 1.
    case removed(client: PartyName, store: MessageStore, deletion: Int, places: [Int])
    /// A retrieval of the client brings exactly these texts, each once; those of a history in this order.
    case retrieved(client: PartyName, store: MessageStore, retrieval: Int, texts: [String])

    /// What travels.
    package enum Content: Sendable, Hashable {
        case text(String)
        /// A content of the equipment.
        case media(MediaContent)
    }

    /// Whom a message names as its sender.
    package struct Author: Sendable, Hashable {
        package var client: PartyName
        /// The name by which the receiver must know it, where it takes part under one.
        package var alias: String?

        package init(_ client: PartyName, alias: String? = nil) {
            self.client = client
            self.alias = alias
        }
    }

    /// By which service a content travels.
    package enum Mode: String, CaseIterable, Sendable {
        case session
        case pager
        case large
        case file
        case deferred
        case history
    }

    /// Which messages of the first kind must be there before one of the second.
    package enum Precedence: String, CaseIterable, Sendable {
        case one
        case all
    }

    /// The status of a participant in the conference state.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §7.2.2.10
    package enum ParticipantStatus: String, CaseIterable, Sendable {
        case connected
        case disconnected
    }

    /// What a server may do with an alias that is taken: the ETS has it refused, OMA-TS-SIMPLE_IM-V1_0 §7.2.3.2 renamed.
    package enum CollisionOutcome: String, CaseIterable, Sendable {
        case refused
        case renamed
    }

    /// Which of several lists that a client has fetched is meant.
    package enum Occasion: Sendable, Equatable {
        case any
        /// The list fetched so many successful times, counted from 1.
        case number(Int)
        /// Any list fetched after that message.
        case after(MessageSelector)
    }

    /// What the items of a list must say.
    package struct ItemProperties: Sendable, Hashable {
        /// From whom each of them is.
        package var from: PartyName?
        /// For whom each of them is.
        package var to: PartyName?
        /// The name that one of them has.
        package var name: String?

        package init(from: PartyName? = nil, to: PartyName? = nil, name: String? = nil) {
            self.from = from
            self.to = to
            self.name = name
        }
    }
}
