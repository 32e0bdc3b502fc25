import MessageBodies
import SIPSyntax

/// What becomes of what a focus says and does.
extension Faults {
    /// The parameters by which the Contact of a focus is one.
    var focusParameters: [Parameter] { has(.focusTagMissing) ? [] : [Parameter("isfocus")] }

    /// The feature tags of a session.
    func tags(of kind: IMRequest.Kind) -> [FeatureTag] {
        kind == .largeMessage && !has(.largeMessageTagLost)
            ? [.instantMessaging, .largeMessage] : [.instantMessaging]
    }

    /// Who is invited of those who should be, and with what.
    func invited(_ entries: [ResourceLists.Entry]) -> [ResourceLists.Entry] {
        var entries = entries
        if has(.firstOfListOnly) { entries = Array(entries.prefix(1)) }
        if has(.replacesAtOthers), let header = entries.compactMap(\.headers).first {
            entries = entries.map { entry in
                ResourceLists.Entry(
                    entry.identity + (entry.headers == nil ? header : ""), displayName: entry.displayName)
            }
        }
        return entries
    }

    /// An invitation of a focus, on behalf of a request with this list.
    func invitation(_ invite: SIPMessage, listed: [ResourceLists.Entry]) -> SIPMessage {
        var invite = invite
        if has(.referrerMissing) { invite.remove(.referredBy) }
        if has(.replacesMissing) {
            invite.remove(.replaces)
            invite.remove(.require)
        }
        guard has(.listPassedOn), !listed.isEmpty else { return invite }
        let parts = [
            MultipartBody.BodyPart(contentType: "application/sdp", body: invite.body),
            MultipartBody.BodyPart(
                contentType: ResourceLists.mediaType, disposition: .recipientList,
                body: ResourceLists(listed.map(\.uri)).serialized()),
        ]
        let body = MultipartBody(boundary: "list-passed-on", parts: parts)
        invite.set(.contentType, body.contentType)
        invite.body = body.serialized()
        return invite
    }

    /// The fields of the 200 to whoever has called a focus.
    func acceptance(_ fields: [SIPField]) -> [SIPField] { has(.focusIdentityMissing) ? [] : fields }

    /// How a user who hides is called.
    func alias(_ alias: AliasTable.Alias, of user: String, wanting from: NameAddress) -> AliasTable.Alias {
        if has(.aliasShared) { return AliasTable.Alias(entity: from.uri, displayName: from.displayName) }
        if has(.aliasShowsAddress) { return AliasTable.Alias(entity: user, displayName: alias.displayName) }
        return alias
    }

    /// Whether the others are told that somebody has come or gone.
    func tells(of standing: Participant.Standing) -> Bool {
        switch standing {
        case .invited, .joining, .connected, .leaving: !has(.joinNotTold)
        case .absent: !has(.departureNotTold)
        case .expelled, .banned: !has(.expulsionNotTold)
        }
    }

    /// Conference state on its way to one subscriber.
    func state(_ document: ConferenceInfo) -> ConferenceInfo {
        var document = document
        if has(.stateEntityWrong) { document.entity = "sip:another-session@conference.invalid" }
        if has(.stateVersionStuck) { document.version = 1 }
        if has(.othersNotListed) { document.users.removeAll { !$0.isOwn } }
        for index in document.users.indices {
            if has(.ownUserNotMarked) { document.users[index].isOwn = false }
            if has(.wrongUserMarked) { document.users[index].isOwn.toggle() }
        }
        return document
    }

    /// Whether the leaving of its originator ends a session that it should end.
    func endsWithOriginator(_ kind: IMRequest.Kind, isAdHoc: Bool) -> Bool {
        if kind == .largeMessage { return !has(.largeMessageNotReleased) }
        return isAdHoc || !has(.autoReleaseIgnored)
    }
}

extension ResourceLists.Entry {
    /// The headers that the URI has, with the question mark before them.
    fileprivate var headers: String? {
        uri.firstIndex(of: "?").map { String(uri[$0...]) }
    }
}
