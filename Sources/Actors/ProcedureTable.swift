import SIPDialogs
import SIPSyntax
import SIPTransactions

/// The number of a procedure within its client.
struct ProcedureID: Hashable, Sendable {
    let number: Int
}

/// What makes a request part of a procedure's dialog; the remote tag is for the dialog itself to judge.
struct DialogClaim: Hashable, Sendable {
    let callID: String
    let tag: String
}

/// The procedures that a client is engaged in, and which of them each arriving thing is for.
struct ProcedureTable: Sendable {
    /// How many procedures there may be; requests beyond them are refused.
    static let capacity = 256

    /// What a client transaction is for.
    struct Errand: Sendable {
        let procedure: ProcedureID
        let method: SIPMethod
    }

    /// A session and the IM Address of its peer.
    struct Session: Sendable {
        let procedure: ProcedureID
        let peer: String
    }

    private var procedures: [ProcedureID: any Procedure] = [:]
    private var begun = 0

    var errands: [TransactionKey: Errand] = [:]
    /// The INVITE that each procedure has sent last.
    private(set) var invites: [ProcedureID: TransactionKey] = [:]
    /// INVITEs that await the final answer of a procedure here.
    var pendingInvites: [TransactionKey: ProcedureID] = [:]
    var claims: [DialogClaim: ProcedureID] = [:]
    /// The MSRP sessions by their own session-id.
    var mediaSessions: [String: ProcedureID] = [:]
    /// The sessions by the name that actions and reports use.
    var sessions: [String: Session] = [:]
    /// The sessions that are over and may be entered again, by their names.
    private(set) var departed: [String: DepartedSession] = [:]
    /// The other procedure around the same session, of either.
    private var companions: [ProcedureID: ProcedureID] = [:]

    var isFull: Bool { procedures.count >= Self.capacity }

    mutating func add(_ procedure: any Procedure) -> ProcedureID {
        let id = ProcedureID(number: begun)
        begun += 1
        procedures[id] = procedure
        return id
    }

    mutating func replace(_ id: ProcedureID, by procedure: any Procedure) {
        guard procedures[id] != nil else { return }
        procedures[id] = procedure
    }

    /// Lets the procedure hear the event.
    mutating func handle(_ event: ProcedureEvent, at id: ProcedureID) -> [ProcedureEffect] {
        guard var procedure = procedures[id] else { return [] }
        let effects = procedure.handle(event)
        procedures[id] = procedure
        return effects
    }

    /// Notes what a client transaction is for.
    mutating func assign(_ key: TransactionKey, to id: ProcedureID) {
        errands[key] = Errand(procedure: id, method: key.method)
        if key.method == .invite { invites[id] = key }
    }

    /// Notes that two procedures belong to the same session.
    mutating func pair(_ one: ProcedureID, _ other: ProcedureID) {
        companions[one] = other
        companions[other] = one
    }

    func companion(of id: ProcedureID) -> ProcedureID? { companions[id] }

    /// Remembers a session that is over, in the place of another where there are too many.
    mutating func remember(_ session: DepartedSession) {
        if departed[session.name] == nil, departed.count >= DepartedSession.capacity,
            let forgotten = departed.keys.min()
        {
            departed[forgotten] = nil
        }
        departed[session.name] = session
    }

    mutating func forget(session name: String) { departed[name] = nil }

    /// The procedure whose established session has this dialog.
    ///
    /// RFC 3891 §3
    func procedure(replaceableBy replaces: Replaces) -> ProcedureID? {
        let dialog = DialogID(
            callID: replaces.callID, localTag: replaces.toTag ?? "", remoteTag: replaces.fromTag ?? "")
        return procedures.first { $0.value.replaceable == dialog }?.key
    }

    /// The tag under which the procedure is in a dialog with this Call-ID.
    func tag(of id: ProcedureID, callID: String?) -> String? {
        claims.first { $0.value == id && $0.key.callID == callID }?.key.tag
    }

    /// Forgets the procedure and all that was its own.
    mutating func remove(_ id: ProcedureID) {
        procedures[id] = nil
        errands = errands.filter { $0.value.procedure != id }
        invites[id] = nil
        pendingInvites = pendingInvites.filter { $0.value != id }
        claims = claims.filter { $0.value != id }
        mediaSessions = mediaSessions.filter { $0.value != id }
        sessions = sessions.filter { $0.value.procedure != id }
        companions = companions.filter { $0.key != id && $0.value != id }
    }
}
