import Bytes
import MSRP
import MessageBodies
import Network
import SDP
import SIPDialogs
import SIPSyntax

/// The focus of one session of several users: who is in it, what they are told of each other, and when it ends.
///
/// OMA-TS-SIMPLE_IM-V1_0 §7.2 and §9.3; RFC 4353, RFC 4579
struct Conference {
    enum State: Equatable {
        /// The originator waits for the first of those invited to accept.
        case inviting
        case running
        /// Everybody is being removed.
        case ending
        case ended
    }

    enum Timer: Hashable {
        /// The session has lasted as long as it may.
        case maximumDuration
        /// Those who are to be removed have had time to take what was sent to them.
        case draining
        /// The receivers of a message have had time to report.
        case report(Int)
    }

    enum Event {
        case dialog(ServedDialog.Notice, Participant.ID)
        case media(MSRPEndpoint.Notice, session: String, of: Participant.ID)
        /// A subscriber needs the whole state, with this reason for the last time.
        case stateWanted(subscriber: Int, last: Subscription.Reason?)
        case subscriptionEnded(Int)
        case timer(Timer)
        /// The group has other rules, or is no more.
        case groupChanged(GroupDocument?)
    }

    enum Effect: Equatable {
        /// Invite a user, through his terminating function.
        case invite(Participant.ID, SIPMessage)
        case command(ServedDialog.Command, Participant.ID)
        case media(MSRPEndpoint.Command, of: Participant.ID)
        case notify(subscriber: Int, Subscription.Notification?, last: Subscription.Reason?)
        /// Tell whoever has sent a REFER what came of it.
        case refer(Int, status: Int, reason: String?)
        case arm(Timer, after: Duration)
        case disarm(Timer)
        case end
    }

    /// Where the conference is, and how it presents itself.
    struct Place {
        /// The session identity.
        let identity: String
        /// The conference factory or the group, which answers for the conference.
        let publicURI: String
        let media: MediaPlace
        let terms: ServedDialog.Terms
        /// How much may wait for a participant, in bytes.
        let bufferSize: Int
    }

    struct Subscriber {
        let participant: Participant.ID
        var version: UInt32 = 0
    }

    /// A participant's offer of further media, of which the others are being asked.
    struct Extension {
        let by: Participant.ID
        let offered: [MediaDescription]
        /// The new lines of the conference, by the place that they have in the offer.
        let lines: [Int: Int]
        var unanswered: Set<Participant.ID>
        /// What the first who has accepted a line says of it.
        var accepted: [Int: MediaDescription] = [:]
    }

    let place: Place
    let kind: IMRequest.Kind
    let originator: Participant.ID
    let faults: Faults
    var rules: ConferenceRules
    /// The users who are invited when the session begins.
    var listed: [ResourceLists.Entry] = []
    var generator: SeededGenerator
    var state: State

    var participants: [Participant.ID: Participant] = [:]
    var aliases: AliasTable
    var lines: [ConferenceLine] = []
    var exchange: MSRPSwitch
    var subscribers: [Int: Subscriber] = [:]
    /// Who has been asked, and how those refused who did.
    var rejections: [Rejection] = []
    var growth: Extension?
    /// Lines that close for a participant once he has got what was sent to him.
    var closing: Set<MSRPSwitch.SeatID> = []
    private var nextParticipant = 1

    init(
        place: Place, kind: IMRequest.Kind, rules: ConferenceRules, state: State, faults: Faults,
        generator: SeededGenerator
    ) {
        self.place = place
        self.kind = kind
        self.rules = rules
        self.faults = faults
        self.state = state
        self.generator = generator
        originator = nextParticipant
        aliases = AliasTable(collision: rules.policy.aliasCollision)
        var addresses = [place.identity]
        if let group = rules.group { addresses.append(group.uri) }
        exchange = MSRPSwitch(addresses: addresses, bufferSize: place.bufferSize, faults: faults)
    }

    /// The URI that conference state is about.
    ///
    /// §7.2.2.10 step 1
    var entity: String { rules.group?.uri ?? place.identity }

    /// Participants in the order in which they came to be known.
    var inOrder: [Participant] { participants.values.sorted { $0.id < $1.id } }

    func participant(at address: String) -> Participant? { inOrder.first { $0.address == address } }

    /// The participant whom a URI names, as he or as others know him.
    func participant(named uri: String) -> Participant? {
        let address = (try? SIPURI(parsing: uri))?.userAddress ?? uri
        return inOrder.first { $0.address == address || $0.entity == uri }
    }

    /// How many users the session has, or has asked.
    var count: Int { inOrder.filter(\.counts).count }

    mutating func handle(_ event: Event) -> [Effect] {
        switch (state, event) {
        case (.inviting, .dialog(let notice, let id)), (.running, .dialog(let notice, let id)):
            return handle(notice, of: id)
        case (.ending, .dialog(let notice, let id)):
            return removed(notice, of: id)
        case (.inviting, .media(let notice, let session, let id)), (.running, .media(let notice, let session, let id)),
            (.ending, .media(let notice, let session, let id)):
            return handle(notice, session: session, of: id)
        case (.running, .stateWanted(let subscriber, let last)), (.inviting, .stateWanted(let subscriber, let last)):
            return wholeState(for: subscriber, last: last)
        case (_, .subscriptionEnded(let subscriber)):
            subscribers[subscriber] = nil
            return []
        case (.running, .timer(.maximumDuration)), (.inviting, .timer(.maximumDuration)):
            return finish()
        case (.ending, .timer(.draining)):
            return removeEverybody()
        case (_, .timer(.report(let number))):
            return perform(exchange.reportTimedOut(number))
        case (.running, .groupChanged(let group)), (.inviting, .groupChanged(let group)):
            return groupChanged(group)
        case (.ending, .stateWanted), (.ending, .groupChanged), (.ending, .timer(.maximumDuration)),
            (.inviting, .timer(.draining)), (.running, .timer(.draining)), (.ended, _):
            return []
        }
    }

    mutating func addParticipant(
        _ address: String, entity: String, displayName: String?, standing: Participant.Standing
    ) -> Participant.ID {
        let known = participant(at: address)
        let id = known?.id ?? nextParticipant
        if known == nil { nextParticipant += 1 }
        participants[id] = Participant(
            id: id, address: address, entity: entity, displayName: displayName, standing: standing,
            media: ParticipantMedia(
                place: place.media, token: generator.token(length: 16),
                descriptionID: String(generator.next() >> 33)))
        return id
    }

    /// What the switch asks for, in the words of the conference.
    func perform(_ effects: [MSRPSwitch.Effect]) -> [Effect] {
        effects.map { effect in
            switch effect {
            case .send(let message, let session, let id): .media(.send(message, session: session), of: id)
            case .judge(let messageID, let status, let session, let id):
                .media(.judge(messageID: messageID, status, session: session), of: id)
            case .report(let report, let session, let id): .media(.report(report, session: session), of: id)
            case .arm(let number): .arm(.report(number), after: MSRPSwitch.reportTimeout)
            case .disarm(let number): .disarm(.report(number))
            }
        }
    }
}
