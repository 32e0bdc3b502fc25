import MessageBodies
import SIPDialogs
import SIPSyntax
import SIPTransactions

/// The subscription of a participant to the state of a conference, for as long as the participant is in it.
///
/// OMA-TS-SIMPLE_IM-V1_0 §7.1.1.11, RFC 4575, RFC 6665
struct ConferenceSubscription: Procedure {
    private enum Presence: Sendable {
        case inside
        /// The session is over; what is still notified interests nobody.
        case outside
    }

    /// How long the focus may take to end the subscription of a session that it has ended.
    private static let courtesy = Duration.seconds(5)

    private var presence = Presence.inside
    private let session: String
    private let fields: ClientFields
    private var subscriber: Subscriber
    private let beginning: [Subscriber.Effect]
    private var roster = ConferenceRoster()
    /// Whether all of the state has been asked for since the last time that some was missing.
    private var hasAskedForAll = false

    init(
        to conference: Conference, session: String, profile: IMClient.Profile, fields: ClientFields,
        identifiers: inout Identifiers
    ) {
        self.session = session
        self.fields = fields
        var request = fields.initialRequest(
            .subscribe, to: conference.identity, callID: identifiers.callID(), tag: identifiers.tag())
        fields.address(&request)
        request.add(.contact, fields.taggedContact)
        request.add(.event, "conference")
        request.add(.accept, ConferenceInfo.mediaType)
        request.add(.supported, ClientFields.supported)
        request.add(.expires, "\(profile.registrationInterval.components.seconds)")
        guard let (subscriber, effects) = Subscriber.begin(request, patience: profile.timing.timeout) else {
            preconditionFailure("A SUBSCRIBE with an Event asks for a subscription")
        }
        self.subscriber = subscriber
        beginning = effects
    }

    mutating func handle(_ event: ProcedureEvent) -> [ProcedureEffect] {
        switch (presence, event) {
        case (_, .begin):
            let claim = ProcedureEffect.claim(callID: subscriber.callID, tag: subscriber.localTag)
            return [claim] + translate(beginning)
        case (_, .response(let response, to: .subscribe)):
            return translate(subscriber.handle(.response(response)))
        case (_, .failed(.subscribe, let failure)):
            return translate(subscriber.handle(.failed(status: failure.status)))
        case (_, .request(let request, let key)) where request.method == .notify:
            return translate(subscriber.handle(.notify(request)), answering: (request, key))
        case (_, .request(let request, let key)):
            return [.respond(fields.unknownDialog(request), to: key)]
        case (_, .timer(let timer)):
            if timer == .giveUp { return translate(subscriber.handle(.unsubscribe)) }
            return Subscriber.Timer(timer).map { translate(subscriber.handle(.timer($0))) } ?? []
        case (.inside, .told(.left)):
            presence = .outside
            return translate(subscriber.handle(.unsubscribe))
        case (.inside, .told(.released)):
            presence = .outside
            return [.arm(.giveUp, after: Self.courtesy)]
        case (.inside, _), (.outside, _):
            return []
        }
    }

    private mutating func translate(
        _ effects: [Subscriber.Effect], answering request: (SIPMessage, TransactionKey)? = nil
    ) -> [ProcedureEffect] {
        effects.flatMap { effect -> [ProcedureEffect] in
            switch effect {
            case .send(let request): return [.send(request)]
            case .answer(let status):
                return request.map { [.respond(fields.response(status, to: $0), to: $1)] } ?? []
            case .notified(let notify, _): return read(notify)
            case .arm(let timer, let delay): return [.arm(ProcedureTimer(timer), after: delay)]
            case .cancel(let timer): return [.disarm(ProcedureTimer(timer))]
            case .ended(let ending): return end(ending)
            }
        }
    }

    /// Takes in the conference state of a notification, or asks for all of it where some is missing.
    ///
    /// RFC 4575 §4.6
    private mutating func read(_ notify: SIPMessage) -> [ProcedureEffect] {
        guard presence == .inside, !notify.body.isEmpty else { return [] }
        let before = roster
        do throws(XMLBodyError) {
            switch roster.merge(try ConferenceInfo(parsing: notify.body)) {
            case .updated:
                hasAskedForAll = false
                guard roster != before else { return [] }
                let knowsItself = roster.entity(of: fields.sender.uri) != nil
                return [
                    .tell(.roster(roster)),
                    .report(.participants(roster.connected.count, session: session, knowsItself: knowsItself)),
                ]
            case .outdated, .ended: return []
            case .gap:
                guard !hasAskedForAll else { return [] }
                hasAskedForAll = true
                return translate(subscriber.handle(.refresh))
            }
        } catch {
            return [.report(.protocolTrouble("The conference state cannot be read: \(error)"))]
        }
    }

    private func end(_ ending: Subscriber.Ending) -> [ProcedureEffect] {
        switch (presence, ending) {
        case (.outside, _), (.inside, .terminated(reason: "noresource")):
            return [.finish]
        case (.inside, _):
            return [.tell(.unobservable), .report(.unsubscribed(session: session, reason: ending.words)), .finish]
        }
    }
}

extension Subscriber {
    var callID: String { request.callID ?? "" }
    var localTag: String { (try? request.from())?.tag ?? "" }
}

extension Subscriber.Ending {
    /// How it ended, for people.
    var words: String {
        switch self {
        case .terminated(let reason): "the notifier has ended it (\(reason ?? "no reason given"))"
        case .refused(let status): "the request was answered \(status)"
        case .notCreated: "there is no subscription"
        case .unnotified: "no NOTIFY has come"
        case .expired: "it was not refreshed in time"
        }
    }
}

extension Subscriber.Timer {
    init?(_ timer: ProcedureTimer) {
        switch timer {
        case .notification: self = .notify
        case .subscriptionRefresh: self = .refresh
        case .subscriptionExpiry: self = .expiry
        case .registrationRefresh, .publicationRefresh, .sessionRefresh, .sessionExpiry, .patience, .retransmit,
            .giveUp, .poll, .nextFile, .audience:
            return nil
        }
    }
}

extension ProcedureTimer {
    init(_ timer: Subscriber.Timer) {
        switch timer {
        case .notify: self = .notification
        case .refresh: self = .subscriptionRefresh
        case .expiry: self = .subscriptionExpiry
        }
    }
}
