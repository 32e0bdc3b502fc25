package import Network
import SIPDialogs

/// What the server has at one moment, for its operator.
package struct ServerStatus: Sendable, Equatable {
    package struct Registration: Sendable, Equatable {
        package var user: String
        package var contact: String
        package var expires: Instant
    }

    package struct Session: Sendable, Equatable {
        package enum Kind: String, Sendable {
            case oneToOne = "1-to-1"
            case conference
            case delivery
        }

        package var kind: Kind
        /// The group of a conference or its identity; empty for sessions of other kinds.
        package var name = ""
        package var users: [String]
    }

    /// How many things are kept for a user.
    package struct Store: Sendable, Equatable {
        package var user: String
        package var deferredMessages: Int
        package var conversations: Int
    }

    package var time: Instant
    package var domain: String
    package var registrations: [Registration]
    package var sessions: [Session]
    package var stores: [Store]
    package var documents: Int
}

extension ReferenceServer {
    package func status(at time: Instant) -> ServerStatus {
        let registrations = registrar.users.flatMap { user in
            registrar.bindings(of: user, at: time).map { binding in
                ServerStatus.Registration(user: user, contact: binding.requestURI, expires: binding.expires)
            }
        }
        func party(_ owner: DialogOwner) -> String? {
            dialogs.dialog(of: owner).flatMap { dialogs[$0]?.dialog?.remoteURI }
        }
        var sessions = sessions.keys.sorted().map { id in
            ServerStatus.Session(
                kind: .oneToOne,
                users: [party(.session(id, .caller)), party(.session(id, .callee))].compactMap(\.self))
        }
        sessions += conferences.ids.compactMap { conferences[$0] }.map { conference in
            ServerStatus.Session(
                kind: .conference, name: conference.entity, users: conference.inOrder.filter(\.counts).map(\.address))
        }
        sessions += deliveries.keys.sorted().compactMap { deliveries[$0] }.map { delivery in
            ServerStatus.Session(kind: .delivery, users: [delivery.user])
        }
        let stores = Set(deferred.users + conversations.users).sorted().map { user in
            ServerStatus.Store(
                user: user, deferredMessages: deferred[user].count, conversations: conversations[user].count)
        }
        return ServerStatus(
            time: time, domain: configuration.domain, registrations: registrations, sessions: sessions, stores: stores,
            documents: xdms.documents.count)
    }
}
