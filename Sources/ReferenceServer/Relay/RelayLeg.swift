import MSRP
import Network

/// The end of the server in the message session that it has with one party.
///
/// OMA-TS-SIMPLE_IM-V1_0 §6.1.3
struct RelayLeg {
    enum Link: Equatable {
        /// The party made the offer, and has not opened its connection yet; these messages wait, oldest first.
        ///
        /// RFC 4975 §5.4
        case awaited([MSRPMessage])
        /// The server made the offer, and opens the connection.
        case opening(ConnectionID, [MSRPMessage])
        case open(ConnectionID)
        /// The connection is over, or was impossible to open.
        case broken
    }

    /// Where the answer to a request goes, and how it names its two ends.
    struct Origin: Equatable {
        let toPath: [String]
        let fromPath: [String]
    }

    let session: Int
    let side: Side
    /// The path of the server.
    let uri: MSRPURI
    /// The path of the party.
    var remotePath: [String]
    /// The session-id of the server's path in the leg to the other party.
    let other: String
    var link: Link
    /// Whether what passes is a file.
    let carriesFile: Bool

    /// The requests passed on to the party that it has not answered, by transaction, and where its answers go.
    var unanswered: [String: Origin] = [:]

    /// How many requests may wait for answers; answers to more are not passed back.
    static let maximumUnanswered = 10_000

    var connection: ConnectionID? {
        switch link {
        case .opening(let id, _), .open(let id): id
        case .awaited, .broken: nil
        }
    }

    var waiting: [MSRPMessage] {
        switch link {
        case .awaited(let messages), .opening(_, let messages): messages
        case .open, .broken: []
        }
    }
}
