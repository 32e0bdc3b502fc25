import Bytes
import MessageBodies
import SDP
import SIPDialogs
import SIPSyntax
import SIPTransactions
import XCAP
import XMLTree

/// INVITE requests to the conference factory, to groups, and to sessions.
///
/// OMA-TS-SIMPLE_IM-V1_0 §7.2.1.2 to §7.2.1.5, each check in the order of the specification
extension ReferenceServer {
    /// An INVITE to the conference factory.
    ///
    /// §7.2.1.2
    mutating func startConference(_ message: SIPMessage, _ key: TransactionKey, from identity: Originator?) {
        do throws(Refusal) {
            let request = try conferenceRequest(message, from: identity)
            if request.asksForPrivacy, configuration.policy.anonymity == .refused {
                throw Refusal(403, .anonymityNotAllowed)
            }
            try checkOffer(of: request)
            guard let listed = request.entries else { throw Refusal(400, because: "No list of users") }
            let recorders = listed.filter { isRecorder($0.uri) }
            let entries = listed.filter { $0.address != request.originator.user && !isRecorder($0.uri) }
            guard !entries.isEmpty else { throw Refusal(400, because: "No users") }
            if configuration.policy.conferencesOfTwo == .bySession, entries.count == 1, entries[0].replaces == nil {
                throw Refusal(403, .functionNotAllowed)
            }
            guard entries.count < configuration.conferences.maximumAdHocParticipants else {
                throw Refusal(486, .tooManyParticipants)
            }
            let id = try begin(
                request, key, inviting: entries, .adHoc,
                as: ServiceFunction.conferenceFactory.uri(in: configuration.domain))
            if let recorder = recorders.first { noteWish(for: recorder.uri, by: request, inConference: id) }
        } catch {
            refuse(error, key)
        }
    }

    /// A request to a group.
    mutating func serve(
        _ message: SIPMessage, _ key: TransactionKey, at group: GroupDocument, _ uri: String,
        from identity: Originator?
    ) {
        switch message.method {
        case .subscribe?:
            subscribe(message, key, by: identity, toConference: conferences.session(ofGroup: uri), group: group)
        default:
            startOrJoin(message, key, group, uri, from: identity)
        }
    }

    /// An INVITE to a group.
    ///
    /// §7.2.1.3 and §7.2.1.4
    private mutating func startOrJoin(
        _ message: SIPMessage, _ key: TransactionKey, _ group: GroupDocument, _ uri: String, from identity: Originator?
    ) {
        do throws(Refusal) {
            let request = try conferenceRequest(message, from: identity)
            guard group.supportsIM else { throw Refusal(404) }
            if let id = conferences.session(ofGroup: uri) { return try join(request, key, id, through: .group) }
            let user = request.originator.user
            if request.comesFromFocus { throw refusalOfFocus(request) }
            let permissions = group.permissions(of: user)
            guard permissions.contains(.initiateConference) else { throw Refusal(403, .serviceNotAuthorised) }
            try checkAge(of: user, for: group)
            guard !request.asksForPrivacy || permissions.contains(.anonymity) else {
                throw Refusal(403, .anonymityNotAllowed)
            }
            try checkOffer(of: request)
            let others = group.members.filter { $0.address != user }
            let invited = group.invitesMembers ? Array(others.prefix((group.maximumParticipants ?? .max) - 1)) : []
            try begin(request, key, inviting: invited, .group(group), as: uri)
        } catch {
            refuse(error, key)
        }
    }

    /// A request to a session identity.
    mutating func serve(_ message: SIPMessage, _ key: TransactionKey, atSessionFrom identity: Originator?) {
        let id = message.sipRequestURI.flatMap { conferences.conference(at: $0) }
        if message.belongsToDialog { return refuse(Refusal(481), key) }
        switch message.method {
        case .subscribe?:
            subscribe(message, key, by: identity, toConference: id, group: nil)
        case .refer?:
            refer(message, key, by: identity, inConference: id)
        default:
            rejoin(message, key, id, from: identity)
        }
    }

    /// An INVITE to a session identity.
    ///
    /// §7.2.1.5
    private mutating func rejoin(_ message: SIPMessage, _ key: TransactionKey, _ id: Int?, from identity: Originator?) {
        do throws(Refusal) {
            let request = try conferenceRequest(message, from: identity)
            guard let id, let state = conferences[id]?.state, state == .running || state == .inviting else {
                throw Refusal(403, .sessionDoesNotExist)
            }
            try join(request, key, id, through: .session)
        } catch {
            refuse(error, key)
        }
    }

    // MARK: Steps

    private func conferenceRequest(
        _ message: SIPMessage, from identity: Originator?
    ) throws(Refusal) -> ConferenceRequest {
        if let refusal = originating.refusal(of: message, by: identity, at: now) { throw refusal }
        guard let identity else { throw Refusal(403, because: "Originator not identified") }
        if let refusal = RequestValidation().refusal(of: message, understanding: conferenceTerms.extensions) {
            throw refusal
        }
        let kind: IMRequest.Kind =
            InitialFilterCriteria(message) == .participatingFunctions(.largeMessage) ? .largeMessage : .session
        return ConferenceRequest(message: message, originator: identity, kind: kind)
    }

    @discardableResult
    private mutating func begin(
        _ request: ConferenceRequest, _ key: TransactionKey, inviting entries: [ResourceLists.Entry],
        _ audience: ConferenceRules.Audience, as uri: String
    ) throws(Refusal) -> Int {
        guard conferences.count < configuration.limits.sessions else {
            throw Refusal(503, fields: [SIPField(.retryAfter, "60")])
        }
        let terms = conferenceTerms
        let place = Conference.Place(
            identity: configuration.uri(of: generator.token(length: 16)), publicURI: uri,
            media: configuration.mediaPlace, terms: terms, bufferSize: configuration.limits.messageSize)
        let rules = ConferenceRules(
            policy: configuration.conferences, anonymity: configuration.policy.anonymity, audience: audience)
        let (conference, effects) = try Conference.begin(
            request, inviting: entries, at: place, rules: rules, faults: faults, generator: generator.split())
        let dialog = try ServedDialog.invited(
            request.message, key, localTag: newTag(), contact: conference.contact, terms: terms)
        let id = nextSerial()
        conferences.insert(conference, as: id, group: rules.group == nil ? nil : uri)
        admit(dialog, for: .conference(id, conference.originator))
        perform(effects, inConference: id)
        return id
    }

    private mutating func join(
        _ request: ConferenceRequest, _ key: TransactionKey, _ id: Int, through door: Conference.Door
    ) throws(Refusal) {
        guard let conference = conferences[id] else { throw Refusal(403, .sessionDoesNotExist) }
        if let refusal = conference.refusal(of: request, through: door) { throw refusal }
        if let group = conference.rules.group { try checkAge(of: request.originator.user, for: group) }
        try checkOffer(of: request)
        let dialog = try ServedDialog.invited(
            request.message, key, localTag: newTag(), contact: conference.contact, terms: conferenceTerms)
        perform(conferences.change(id) { $0.replace(request.originator.user) } ?? [], inConference: id)
        let joined = try conferences.change(id) { conference throws(Refusal) in try conference.join(request) }
        guard let participant = joined else { return }
        admit(dialog, for: .conference(id, participant))
        perform(conferences.change(id) { $0.accept(participant) } ?? [], inConference: id)
    }

    /// Whether the offer has message sessions as the policy allows them, wrapped as a conference needs it.
    ///
    /// §7.2.1.2 step 7 and §7.1.1.3 step 5
    private func checkOffer(of request: ConferenceRequest) throws(Refusal) {
        let policy = configuration.policy
        let inner = IMRequest(
            kind: request.kind, message: request.message, originator: request.originator, recipient: "")
        if let refusal = inner.refusal(by: policy, host: configuration.domain) { throw refusal }
        guard request.kind == .session else { return }
        let conversations = request.lines.filter { $0.canBeAnchored && !$0.carriesFile }
        guard conversations.allSatisfy({ $0.offers("message/cpim") }) else {
            throw policy.refusalOfOffer(because: "message/cpim is needed in a conference", host: configuration.domain)
        }
    }

    /// Whether the user has the age that the group asks for.
    ///
    /// §7.2.2.9
    private func checkAge(of user: String, for group: GroupDocument) throws(Refusal) {
        guard let restriction = group.ageRestriction else { return }
        let profile = xdms.documents.first {
            $0.key.usage == .userProfile && $0.key.tree == .user(user)
        }?.value.content
        let age = profile.flatMap { try? XMLDocument(parsing: $0) }?.root.number(ofElement: "age")
        guard let age, restriction.allows(age: age) else { throw Refusal(403, .ageLimit) }
    }

    /// The refusal of a user who comes from a conference of his own, with a list of him.
    ///
    /// §7.2.1.3 step 2, in the words of a draft that RFC 5318 has changed since
    private func refusalOfFocus(_ request: ConferenceRequest) -> Refusal {
        let contact = (try? request.message.contact())?.uri ?? ""
        return Refusal(
            495, .isFocusAssigned,
            fields: [SIPField(.contentType, ResourceLists.mediaType)], body: ResourceLists([contact]).serialized())
    }
}

extension XMLElement {
    /// The number in the first element of this name, at any depth.
    fileprivate func number(ofElement local: String) -> Int? {
        for element in elements {
            if element.name.local == local { return Int(element.text.filter { !$0.isWhitespace }) }
            if let number = element.number(ofElement: local) { return number }
        }
        return nil
    }
}
