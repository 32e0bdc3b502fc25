import SIPDialogs
import SIPSyntax
import SIPTransactions

/// The dialogs in which the server itself is one of the user agents, and how they are found.
struct DialogTable {
    private var dialogs: [Int: ServedDialog] = [:]
    private var owners: [Int: DialogOwner] = [:]
    private var byOwner: [DialogOwner: Int] = [:]
    private var byInvite: [TransactionKey: Int] = [:]
    private var byID: [DialogID: Int] = [:]

    var count: Int { dialogs.count }

    subscript(id: Int) -> ServedDialog? { dialogs[id] }

    /// Whose the dialog is, unless the owner has another in its place by now.
    func owner(of id: Int) -> DialogOwner? {
        guard let owner = owners[id], byOwner[owner] == id else { return nil }
        return owner
    }

    func dialog(of owner: DialogOwner) -> Int? { byOwner[owner] }

    /// The dialog that an INVITE of a party has begun.
    func dialog(begunBy invite: TransactionKey) -> Int? { byInvite[invite] }

    /// The dialog that a request belongs to.
    func dialog(of request: SIPMessage) -> Int? { DialogID(received: request).flatMap { byID[$0] } }

    /// The dialog with the other party of a 1-to-1 session, as that party has to be told of it, in the place of the one
    /// that the first party knows; nil when the server has no part in it.
    func counterpart(of replaces: Replaces) -> Replaces? {
        guard let (session, side) = party(to: replaces),
            let other = byOwner[.session(session, side.other)].flatMap({ dialogs[$0]?.id })
        else { return nil }
        return Replaces(callID: other.callID, toTag: other.remoteTag, fromTag: other.localTag)
    }

    /// The 1-to-1 session that is to be replaced.
    func session(of replaces: Replaces) -> Int? { party(to: replaces)?.0 }

    /// The party whose dialog is meant.
    ///
    /// RFC 3891 §3: to-tag is the tag of whoever gets the INVITE. Not everybody gets that right.
    private func party(to replaces: Replaces) -> (Int, Side)? {
        let (toTag, fromTag) = (replaces.toTag ?? "", replaces.fromTag ?? "")
        let known = [(toTag, fromTag), (fromTag, toTag)].lazy.compactMap { local, remote in
            byID[DialogID(callID: replaces.callID, localTag: local, remoteTag: remote)]
        }.first
        guard let known, case .session(let session, let side)? = owners[known] else { return nil }
        return (session, side)
    }

    mutating func insert(_ dialog: ServedDialog, as id: Int, of owner: DialogOwner) {
        dialogs[id] = dialog
        owners[id] = owner
        byOwner[owner] = id
        if let key = dialog.inviteKey { byInvite[key] = id }
    }

    mutating func handle(_ event: ServedDialog.Event, in id: Int) -> [ServedDialog.Effect] {
        change(id) { $0.handle(event) }
    }

    mutating func perform(_ command: ServedDialog.Command, in id: Int) -> [ServedDialog.Effect] {
        change(id) { $0.perform(command) }
    }

    mutating func remove(_ id: Int) {
        guard let dialog = dialogs.removeValue(forKey: id), let owner = owners.removeValue(forKey: id) else { return }
        if byOwner[owner] == id { byOwner[owner] = nil }
        if let key = dialog.inviteKey { byInvite[key] = nil }
        if let dialogID = dialog.id, byID[dialogID] == id { byID[dialogID] = nil }
    }

    private mutating func change(
        _ id: Int, _ change: (inout ServedDialog) -> [ServedDialog.Effect]
    ) -> [ServedDialog.Effect] {
        guard var dialog = dialogs[id] else { return [] }
        let effects = change(&dialog)
        dialogs[id] = dialog
        if let dialogID = dialog.id { byID[dialogID] = id }
        return effects
    }
}
