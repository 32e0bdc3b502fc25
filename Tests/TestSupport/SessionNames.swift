/// What a client calls the sessions of a scenario, of which it knows only what invites it.
package struct SessionNames: Sendable {
    private var names: [String: String] = [:]
    /// Invitations that nobody has accepted or refused yet, by the client's own names.
    private var invitations: [String] = []

    package init() {}

    /// Begins a test case: its sessions are others than those before.
    package mutating func forget() { names = [:] }

    package mutating func invite(_ session: String) { invitations.append(session) }

    package mutating func end(_ session: String) { invitations.removeAll { $0 == session } }

    /// What the client calls a session; one that it does not know is the oldest to which it has been invited.
    package mutating func name(of session: String) -> String {
        if let name = names[session] { return name }
        guard !invitations.isEmpty else { return session }
        let name = invitations.removeFirst()
        names[session] = name
        return name
    }
}
