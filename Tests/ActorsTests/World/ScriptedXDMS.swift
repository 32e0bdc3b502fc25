import Bytes
import HTTPSyntax
import MessageBodies
import Network

/// Document servers of a hundred lines: keep what is put, give what is asked for, and note every request.
struct ScriptedXDMS {
    static let address = SocketAddress(IPAddress(127, 0, 0, 1), port: 8080)

    /// What the servers do with a request besides answering it.
    enum Conduct {
        case answers
        case isSilent
        /// The connection ends after each response, and the response says so.
        case closesPolitely
        /// The connection ends instead of each response.
        case closesAtOnce
        case answersNonsense
    }

    var conduct = Conduct.answers
    /// The documents by their request-targets.
    var documents: [String: [UInt8]] = [:]
    /// What every request is answered with, where that is an error.
    var status: HTTPStatusCode?
    /// Who asks for credentials here.
    var gate: Gate?
    /// How many times a list is read before it shows what has been deleted.
    var delay = 0
    private(set) var requests: [HTTPMessage] = []
    private(set) var connections = 0
    private var framers: [ConnectionID: HTTPStreamFramer] = [:]

    /// The list of a store of a user, by the references of its items, the first of which is the oldest.
    mutating func store(_ references: [String], at target: String) {
        let items = references.enumerated().map { place, reference in
            StoredItem(
                reference: reference,
                content: .pager(.init(timeStamp: "2026-03-01T10:00:0\(place)Z", from: nil, to: nil)))
        }
        documents[target] = StoredItemList(items.reversed()).serialized()
    }

    mutating func accepted(_ id: ConnectionID) {
        connections += 1
        framers[id] = HTTPStreamFramer()
    }

    /// What goes back on the connection, and whether that ends then.
    mutating func received(_ bytes: [UInt8], on id: ConnectionID) -> (responses: [[UInt8]], closes: Bool) {
        var responses: [[UInt8]] = []
        framers[id]?.append(bytes)
        while let bytes = try? framers[id]?.next(), let request = try? HTTPMessage(parsing: bytes) {
            requests.append(request)
            switch conduct {
            case .answers: responses.append(answer(request).serialized())
            case .isSilent: break
            case .closesPolitely:
                var response = answer(request)
                response.set(.connection, "close")
                return ([response.serialized()], true)
            case .closesAtOnce: return ([], true)
            case .answersNonsense: responses.append(Array("Nonsense\r\n\r\n".utf8))
            }
        }
        return (responses, false)
    }

    private mutating func answer(_ request: HTTPMessage) -> HTTPMessage {
        let target = request.target ?? ""
        if let refusal = gate?.refusal(of: request) { return refusal }
        if let status { return HTTPMessage(status) }
        guard request.method == "GET" else {
            defer { documents[target] = request.content }
            return HTTPMessage(documents[target] == nil ? .created : .ok)
        }
        return documents[target].map { HTTPMessage(.ok, content: $0) } ?? HTTPMessage(.notFound)
    }
}
