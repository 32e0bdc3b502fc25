/// The state of a conference, or what changed of it.
///
/// RFC 4575 §4, with the subset and the attribute `yourown` of OMA-TS-SIMPLE_IM-V1_0 §7.2.2.10 and Appendix M
package struct ConferenceInfo: Equatable, Sendable {
    package static let mediaType = "application/conference-info+xml"
    package static let namespace = "urn:ietf:params:xml:ns:conference-info"

    /// The most users that are read of one document.
    package static let maximumUsers = 1000

    /// The most endpoints that are read of one user.
    package static let maximumEndpoints = 16

    /// How much an element tells of what it describes; one that does not say so tells all of it.
    ///
    /// RFC 4575 §4.4
    package enum State: String, Sendable {
        case full
        case partial
        case deleted
    }

    /// The IM Group Identity of a pre-defined group, the session identity of an ad-hoc one.
    package var entity: String
    package var state: State
    package var version: UInt32?

    /// How much the element `users` tells; nil when there is none.
    package var usersState: State?
    package var users: [User]

    /// A document; what it tells of its users is as much as it tells of the conference, unless stated otherwise.
    package init(
        entity: String, state: State, version: UInt32?, usersState: State? = nil, users: [User]
    ) {
        self.entity = entity
        self.state = state
        self.version = version
        self.usersState = usersState ?? (state == .deleted && users.isEmpty ? nil : state)
        self.users = users
    }
}

extension ConferenceInfo {
    package struct User: Equatable, Sendable {
        package var entity: String
        package var displayText: String?

        /// Whether this is the user to whom the document is sent: `yourown`.
        package var isOwn: Bool
        package var state: State

        /// Where the user takes part; the specification allows one.
        package var endpoints: [Endpoint]

        package init(
            entity: String, displayText: String? = nil, isOwn: Bool = false, state: State = .full,
            endpoints: [Endpoint]
        ) {
            self.entity = entity
            self.displayText = displayText
            self.isOwn = isOwn
            self.state = state
            self.endpoints = endpoints
        }

        /// A user with the one endpoint that the specification asks for, by default named as the user is.
        package init(
            entity: String, displayText: String? = nil, isOwn: Bool = false, endpoint: String? = nil, status: Status
        ) {
            self.init(
                entity: entity, displayText: displayText, isOwn: isOwn,
                endpoints: [Endpoint(entity: endpoint ?? entity, status: status)])
        }

        /// Whether one endpoint is connected.
        package var isConnected: Bool { endpoints.contains { $0.status == .connected } }
    }

    package struct Endpoint: Equatable, Sendable {
        package var entity: String?
        package var status: Status?
        package var state: State

        package init(entity: String?, status: Status?, state: State = .full) {
            self.entity = entity
            self.status = status
            self.state = state
        }
    }

    /// Whether an endpoint takes part; the specification defines the use of two values.
    ///
    /// RFC 4575 §5.7
    package struct Status: RawRepresentable, Hashable, Sendable {
        package let rawValue: String

        package init(rawValue: String) {
            self.rawValue = rawValue
        }

        package static let connected = Status(rawValue: "connected")
        package static let disconnected = Status(rawValue: "disconnected")
    }
}
