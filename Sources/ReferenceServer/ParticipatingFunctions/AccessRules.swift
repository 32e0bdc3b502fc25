import MessageBodies
import SDP
import SIPSyntax

/// Whom a user lets in touch with him, with the lists that his rules refer to.
///
/// OMA-TS-SIMPLE_IM-V1_0 §6.1.2.1 step 2
struct AccessRules {
    let policy: AuthPolicy
    /// The user whose lists these are.
    let user: String
    let lists: ResourceLists?

    /// Whether some rule rejects a request.
    func reject(_ request: IMRequest) -> Bool {
        guard let sender = request.originator?.user else { return false }
        let entries = { @Sendable [user, lists] (anchor: String) -> [ResourceLists.Entry] in
            guard let anchor = ListAnchor(anchor), anchor.user.canonicalURI == user.canonicalURI else { return [] }
            return lists?.list(named: anchor.list)?.entries ?? []
        }
        return policy.rejects(
            sender: sender, media: request.medium, isAnonymous: request.message.asksForPrivacy,
            isOnList: { anchor in
                entries(anchor).contains { $0.uri.canonicalURI == sender.canonicalURI }
            })
    }
}

extension IMRequest {
    /// What the request is about, as conditions of access rules name it.
    ///
    /// Steps 2d and 2e name neither file transfer nor 1-to-1 sessions, for which the conditions exist all the same.
    var medium: AuthPolicy.Medium {
        switch kind {
        case .pager: isGroupAdvertisement ? .groupAdvertisement : .pagerModeMessage
        case .largeMessage: .pagerModeMessage
        case .session: offer?.media.contains { $0.fileSelector != nil } == true ? .fileTransfer : .messageSession
        }
    }
}
