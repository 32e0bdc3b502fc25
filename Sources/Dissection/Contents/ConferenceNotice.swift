package import Conformance
import MessageBodies

/// A notification of the state of a conference, with what it and all earlier ones of its subscription say together.
///
/// RFC 4575 §4
package struct ConferenceNotice: Sendable {
    package enum Extent: String, Sendable {
        case full
        case partial
        case deleted
    }

    /// A user of the conference.
    package struct User: Sendable, Hashable {
        package var entity: String
        package var name: String?
        package var isOwn: Bool
        package var status: Condition.ParticipantStatus?
        /// How many endpoints it has, each with the entity that it says.
        package var endpoints: [String?]
    }

    /// The number of the NOTIFY.
    package var message: Int
    package var sender: PartyName?
    package var receiver: PartyName?
    /// The subscription, as its receiver knows it.
    package var dialog: DialogName
    package var entity: String
    package var extent: Extent
    package var version: Int?
    /// The users of this document alone.
    package var told: [User]
    /// The users of the conference by now; nil where notifications before this one are missing.
    package var users: [User]?

    /// The users who take part by now.
    package var connected: [User] { (users ?? []).filter { $0.status == .connected } }

    static func all(in messages: [DissectedMessage]) -> [ConferenceNotice] {
        var rosters = Rosters()
        return messages.compactMap { rosters.notice(in: $0) }
    }

    /// What the notifications of each subscription have said so far.
    struct Rosters {
        private struct Subscription: Hashable {
            var dialog: DialogName
            var receiver: String
        }

        private var rosters: [Subscription: ConferenceRoster] = [:]

        /// What a message notifies of, with what came before it; messages come in the order of the trace.
        mutating func notice(in message: DissectedMessage) -> ConferenceNotice? {
            guard message.repeats == nil, message.requestMethod == "NOTIFY", let document = message.conferenceInfo,
                let summary = message.sipSummary
            else { return nil }
            let subscription = Subscription(
                dialog: summary.dialog, receiver: message.receiver?.description ?? "\(message.destination)")
            var roster = rosters[subscription] ?? ConferenceRoster()
            let outcome = roster.merge(document)
            rosters[subscription] = roster
            let isKnown =
                switch outcome {
                case .updated, .ended, .outdated: true
                case .gap: false
                }
            return ConferenceNotice(
                message: message.number, sender: message.sender, receiver: message.receiver,
                dialog: summary.dialog, entity: document.entity, extent: Extent(document.state),
                version: document.version.map(Int.init), told: document.users.map(User.init),
                users: isKnown ? roster.users.map(User.init) : nil)
        }
    }
}

extension ConferenceNotice.Extent {
    fileprivate init(_ state: ConferenceInfo.State) {
        self =
            switch state {
            case .full: .full
            case .partial: .partial
            case .deleted: .deleted
            }
    }
}

extension ConferenceNotice.User {
    init(_ user: ConferenceInfo.User) {
        let statuses = user.endpoints.compactMap { $0.status?.rawValue }
        self.init(
            entity: user.entity, name: user.displayText, isOwn: user.isOwn,
            status: user.isConnected
                ? .connected : statuses.compactMap(Condition.ParticipantStatus.init(rawValue:)).first,
            endpoints: user.endpoints.map(\.entity))
    }
}

extension DissectedMessage {
    /// The state of a conference in the body, or nil without one that can be read.
    var conferenceInfo: ConferenceInfo? {
        let part = bodyParts.first { $0.essence == ConferenceInfo.mediaType }
        return part.flatMap { try? ConferenceInfo(parsing: $0.bytes) }
    }

    /// Every value of a part that stands in the state of a conference.
    func conferenceValues(of part: DissectedPart) -> [String] {
        guard let info = conferenceInfo else { return [] }
        let users = info.users.map(ConferenceNotice.User.init)
        return switch part {
        case .conferenceEntity: [info.entity]
        case .conferenceVersion: [info.version.map(String.init)].compactMap(\.self)
        case .conferenceState: [info.state.rawValue]
        case .conferenceUsers: users.map(\.entity)
        case .conferenceOwn: users.filter(\.isOwn).map(\.entity)
        case .conferenceConnected: users.filter { $0.status == .connected }.map(\.entity)
        case .conferenceDisconnected: users.filter { $0.status == .disconnected }.map(\.entity)
        case .conferenceNames: users.compactMap(\.name)
        default: []
        }
    }
}
