import MessageBodies
import SIPDialogs
import SIPSyntax
import SIPTransactions

/// SUBSCRIBE and REFER to conferences.
///
/// OMA-TS-SIMPLE_IM-V1_0 §7.2.1.7, §7.2.1.8 and §7.2.1.12
extension ReferenceServer {
    /// A SUBSCRIBE to a session, or to a group that may have none.
    mutating func subscribe(
        _ request: SIPMessage, _ key: TransactionKey, by identity: Originator?, toConference id: Int?,
        group: GroupDocument?
    ) {
        do throws(Refusal) {
            guard ((try? request.event()) ?? nil)?.package == "conference" else {
                throw Refusal(489, fields: [SIPField(.allowEvents, "conference")])
            }
            guard id != nil || group?.supportsIM == true else { throw Refusal(404) }
            if let refusal = originating.refusal(of: request, by: identity, at: now) { throw refusal }
            if let refusal = RequestValidation().refusal(of: request, understanding: ["pref"]) { throw refusal }
            guard let id, let conference = conferences[id], let user = identity?.user else {
                throw Refusal(403, .functionNotAllowed)
            }
            if let refusal = conference.refusal(ofSubscriptionBy: user) { throw refusal }
            guard request.accepts(ConferenceInfo.mediaType) else {
                throw Refusal(406, fields: [SIPField(.accept, ConferenceInfo.mediaType)])
            }
            subscribe(request, key, to: .conference(id)) { server, subscriber in
                _ = server.conferences.change(id) { $0.subscribe(user, as: subscriber) }
            }
        } catch {
            refuse(error, key)
        }
    }

    /// A REFER that wants users added to a session or removed from it.
    mutating func refer(
        _ request: SIPMessage, _ key: TransactionKey, by identity: Originator?, inConference id: Int?,
        session: DialogOwner? = nil
    ) {
        do throws(Refusal) {
            if session == nil, let refusal = originating.refusal(of: request, by: identity, at: now) { throw refusal }
            let extensions: Set<String> = ["pref", "norefersub", "multiple-refer"]
            if let refusal = RequestValidation().refusal(of: request, understanding: extensions) { throw refusal }
            guard let target = (try? request.referTo()) ?? nil else { throw Refusal(400, because: "No Refer-To") }
            guard let id, let conference = conferences[id], let identity else {
                throw Refusal(403, .functionNotAllowed)
            }
            let uri = target.sipURI
            switch uri?.parameter("method")??.uppercased() {
            case "BYE":
                let entry = ResourceLists.Entry(target.uri).identity
                if let refusal = conference.refusal(ofExpelling: entry, by: identity.user) { throw refusal }
                let referral = acceptRefer(request, key, inSession: session)
                perform(conferences.change(id) { $0.expel(entry, referral: referral) } ?? [], inConference: id)
            case nil, "INVITE":
                let entries = try request.referred(by: target)
                let inviter = Inviter(ConferenceRequest(message: request, originator: identity, kind: .session))
                if let refusal = conference.refusal(ofAdding: entries, by: inviter) { throw refusal }
                let referral = acceptRefer(request, key, inSession: session)
                perform(
                    conferences.change(id) { $0.add(entries, by: inviter, referral: referral) } ?? [],
                    inConference: id)
            case .some:
                throw Refusal(403, .functionNotAllowed)
            }
        } catch {
            refuse(error, key)
        }
    }
}

extension SIPMessage {
    /// Whether the sender takes bodies of this type; a request that does not say so takes those of its event.
    fileprivate func accepts(_ mediaType: String) -> Bool {
        let ranges = list(.accept).map { $0.prefix { $0 != ";" }.filter { !$0.isWhitespace }.lowercased() }
        guard !ranges.isEmpty else { return true }
        let type = mediaType.prefix { $0 != "/" }
        return ranges.contains { $0 == "*/*" || $0 == mediaType || $0 == "\(type)/*" }
    }

    /// The users that a REFER names: one, or those of the list that it points to.
    ///
    /// RFC 3515 §2.1, RFC 5368 §5
    fileprivate func referred(by target: NameAddress) throws(Refusal) -> [ResourceLists.Entry] {
        guard target.uri.lowercased().hasPrefix("cid:") else {
            guard target.sipURI != nil else { throw Refusal(400, because: "Refer-To is not a SIP URI") }
            return [ResourceLists.Entry(target.uri, displayName: target.displayName)]
        }
        guard let entries = recipientList?.entries, !entries.isEmpty else {
            throw Refusal(400, because: "No list of users")
        }
        return entries
    }
}
