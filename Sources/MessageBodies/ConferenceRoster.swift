/// The users of a conference as far as the notifications of one subscription have told.
///
/// RFC 4575 §4.6
package struct ConferenceRoster: Equatable, Sendable {
    package enum Outcome: Equatable, Sendable {
        /// The roster says what the document says.
        case updated
        /// The document is older than the roster, or is one that it knows.
        case outdated
        /// Notifications before this one are missing, so that only full state helps; the roster is as it was.
        case gap(after: UInt32?)
        /// The conference no longer exists.
        case ended
    }

    package private(set) var entity: String?
    package private(set) var version: UInt32?

    /// The users in the order in which they were first told of, those that have left included.
    package private(set) var users: [ConferenceInfo.User] = []

    package init() {}

    /// Takes in a document.
    package mutating func merge(_ document: ConferenceInfo) -> Outcome {
        switch document.state {
        case .full:
            entity = document.entity
            version = document.version
            users = []
            mergeUsers(of: document)
            return .updated
        case .partial:
            if let outcome = refusal(of: document) { return outcome }
            version = document.version ?? version
            mergeUsers(of: document)
            return .updated
        case .deleted:
            if let outcome = refusal(of: document) { return outcome }
            version = document.version ?? version
            users = []
            return .ended
        }
    }

    /// The users who take part now.
    package var connected: [ConferenceInfo.User] { users.filter(\.isConnected) }

    /// The user whom the notifications call the receiver's own.
    package var own: ConferenceInfo.User? { users.first(where: \.isOwn) }

    package func user(_ entity: String) -> ConferenceInfo.User? { users.first { $0.entity == entity } }

    /// Why a document that is not full cannot be taken in, or nil when it can.
    private func refusal(of document: ConferenceInfo) -> Outcome? {
        guard entity != nil else { return .gap(after: nil) }
        guard let version, let next = document.version else { return nil }
        if next <= version { return .outdated }
        return next - version == 1 ? nil : .gap(after: version)
    }

    private mutating func mergeUsers(of document: ConferenceInfo) {
        switch document.usersState {
        case nil: return
        case .full, .deleted: users = []
        case .partial: break
        }
        for user in document.users { merge(user) }
    }

    private mutating func merge(_ user: ConferenceInfo.User) {
        let index = users.firstIndex { $0.entity == user.entity }
        switch (user.state, index) {
        case (.full, let index?): users[index] = user
        case (.full, nil), (.partial, nil): users.append(user)
        case (.partial, let index?): users[index].merge(user)
        case (.deleted, let index?): users.remove(at: index)
        case (.deleted, nil): break
        }
    }
}

extension ConferenceInfo.User {
    /// Takes in what a partial element tells of the user; what it leaves out stays as it was.
    fileprivate mutating func merge(_ change: ConferenceInfo.User) {
        displayText = change.displayText ?? displayText
        isOwn = isOwn || change.isOwn
        for endpoint in change.endpoints {
            let index = endpoints.firstIndex { $0.entity == endpoint.entity }
            switch (endpoint.state, index) {
            case (.full, let index?): endpoints[index] = endpoint
            case (.full, nil), (.partial, nil): endpoints.append(endpoint)
            case (.partial, let index?): endpoints[index].status = endpoint.status ?? endpoints[index].status
            case (.deleted, let index?): endpoints.remove(at: index)
            case (.deleted, nil): break
            }
        }
    }
}
