/// What the operator allows to users of the service.
package struct ServicePolicy: Hashable, Sendable {
    /// The addresses that may use the service; nil for every user of the domain.
    package var entitledUsers: Set<String>?

    /// The addresses whose messages are stored while they are away; nil for all that may use the service.
    package var deferredMessageUsers: Set<String>?

    /// The addresses that may have conversations recorded; nil for all that may use the service.
    package var conversationHistoryUsers: Set<String>?

    /// The release versions that a client must name, such as `OMA1.0`; nil for any or none.
    package var acceptedReleases: Set<String>?

    /// The media types that messages may have; nil for all.
    package var acceptedMediaTypes: [String]?

    /// The longest content of a pager message, in bytes; nil for any.
    package var maximumPagerSize: Int?

    /// The longest message or file of a session, in bytes; nil for any.
    package var maximumSessionSize: Int?

    /// How the messages of sessions go that the server takes part in.
    package var mediaSecurity = MediaSecurity.either

    package var oneToOneSessions = OneToOneSessions.direct

    package var conferencesOfTwo = ConferencesOfTwo.supported

    package var anonymity = Anonymity.allowed

    /// Whether one MESSAGE may go to a list of recipients.
    package var listMessages = ListMessages.supported

    /// How many recipients such a list may have.
    package var maximumListRecipients = 25

    package var groupPage = GroupPage.toOthers

    /// How long delivery reports about one message to several recipients are gathered: Ts2.
    package var reportAggregation = Duration.seconds(10)

    /// How long a message is stored that says nothing of it, or asks for more than the maximum.
    package var deferredExpiry = ReferenceServer.Expiry(minimum: 0, maximum: 604_800, preset: 259_200)

    /// How long a record of a conversation is kept once nothing more is added to it.
    package var conversationLifetime = Duration.seconds(7_776_000)

    /// Whether MSRP goes over TLS.
    ///
    /// RFC 4975 §8.1
    package enum MediaSecurity: Hashable, Sendable {
        case unsecured
        case secured
        /// As those agree who are at its ends.
        case either
    }

    package enum Anonymity: Hashable, Sendable {
        case allowed
        case refused
    }

    /// The MESSAGE URI-list service.
    ///
    /// RFC 5365
    package enum ListMessages: Hashable, Sendable {
        case supported
        /// The exploder takes them, and the conference factory does not.
        ///
        /// OMA-TS-SIMPLE_IM-V1_0 Appendix I
        case byExploder
        case unsupported
    }

    /// How a session with one other user begins.
    package enum OneToOneSessions: Hashable, Sendable {
        /// OMA-TS-SIMPLE_IM-V1_0 §7.1.1.2
        case direct
        /// As a conference of two, and not otherwise.
        ///
        /// OMA-TS-SIMPLE_IM-V1_0 §7.2.1.2
        case byFactory
    }

    /// Whether two users can have a conference, though each can have a session with the other.
    package enum ConferencesOfTwo: Hashable, Sendable {
        case supported
        /// Only as what takes the place of a session, such as to have it recorded.
        ///
        /// OMA-TS-SIMPLE_IM-V1_0 §7.1.1.6 and §13.1.1 (1)
        case bySession
    }

    /// Who gets a MESSAGE to a group.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §8.3.2.1 step 7b says each member, of which the sender is one.
    package enum GroupPage: Hashable, Sendable {
        case toOthers
        case toSenderAsWell
    }

    package init() {}

    func allows(secured: Bool) -> Bool {
        switch mediaSecurity {
        case .unsecured: !secured
        case .secured: secured
        case .either: true
        }
    }

    func allows(mediaType: String) -> Bool {
        acceptedMediaTypes?.contains { $0.lowercased() == mediaType.lowercased() } ?? true
    }
}
