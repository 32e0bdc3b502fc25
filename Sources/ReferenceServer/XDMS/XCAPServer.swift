import HTTPSyntax
import Network

/// The HTTP connections of the document servers: bytes on one side, requests and responses on the other.
///
/// RFC 9112 §9: one request of a connection is answered after the other.
struct XCAPServer {
    enum Event {
        case accepted(ConnectionID)
        case received(ConnectionID, [UInt8])
        case closed(ConnectionID)
        /// A connection has had its time for a whole request.
        case requestDue(ConnectionID)
    }

    enum Effect: Equatable {
        case write(ConnectionID, [UInt8])
        case close(ConnectionID)
        /// Armed when a connection opens and after each answer.
        case watch(ConnectionID)
        case unwatch(ConnectionID)
        /// To be answered with `respond`.
        case answer(HTTPMessage, ConnectionID)
    }

    private struct Connection {
        var framer: HTTPStreamFramer
        /// Whether the client has been told to send the content that it holds back.
        var hasContinued = false
        /// The request that is being answered.
        var request: HTTPMessage?
    }

    let limits: ReferenceServer.Limits
    private var connections: [ConnectionID: Connection] = [:]

    init(limits: ReferenceServer.Limits) {
        self.limits = limits
    }

    var connectionCount: Int { connections.count }

    func owns(_ id: ConnectionID) -> Bool { connections[id] != nil }

    /// How many bytes of a connection are no whole message yet.
    func pendingCount(on id: ConnectionID) -> Int { connections[id]?.framer.remaining.count ?? 0 }

    mutating func handle(_ event: Event) -> [Effect] {
        switch event {
        case .accepted(let id):
            guard connections.count < limits.connections else { return [.close(id)] }
            connections[id] = Connection(framer: HTTPStreamFramer(limits: .init(body: limits.requestBody)))
            return [.watch(id)]
        case .received(let id, let bytes):
            connections[id]?.framer.append(bytes)
            return connections[id]?.request == nil ? nextRequest(on: id) : bounded(id)
        case .closed(let id):
            guard connections.removeValue(forKey: id) != nil else { return [] }
            return [.unwatch(id)]
        case .requestDue(let id):
            guard let connection = connections[id] else { return [] }
            // Whoever has begun a request may still be listening.
            return connection.framer.remaining.isEmpty ? close(id) : refuse(.requestTimeout, on: id)
        }
    }

    /// Answers the present request of a connection, and goes on with what has come after it.
    mutating func respond(_ response: HTTPMessage, on id: ConnectionID) -> [Effect] {
        guard let request = connections[id]?.request else { return [] }
        connections[id]?.request = nil
        connections[id]?.hasContinued = false
        let closes = request.closesConnection
        let written = write(response, on: id, closing: closes, isHead: request.method == "HEAD")
        return closes ? written + close(id) : written + [.watch(id)] + nextRequest(on: id)
    }

    private mutating func nextRequest(on id: ConnectionID) -> [Effect] {
        do throws(HTTPSyntaxError) {
            guard let whole = try connections[id]?.framer.next() else { return continuing(id) }
            let request = try HTTPMessage(parsing: whole)
            // RFC 9112 §3.2: a request without Host, or with two, is refused.
            guard request.method != nil, request.version != "HTTP/1.1" || request.all(.host).count == 1 else {
                return refuse(.badRequest, on: id)
            }
            connections[id]?.request = request
            return [.unwatch(id), .answer(request, id)]
        } catch {
            return refuse(error.rule.refusal, on: id)
        }
    }

    /// Tells a client to go on that waits to be told so.
    ///
    /// RFC 9110 §10.1.1
    private mutating func continuing(_ id: ConnectionID) -> [Effect] {
        guard let connection = connections[id], !connection.hasContinued, connection.framer.head?.awaitsContinue == true
        else { return [] }
        connections[id]?.hasContinued = true
        return [.write(id, HTTPMessage(.continue).serialized())]
    }

    /// Gives a client up that sends more requests than it waits for answers to.
    private mutating func bounded(_ id: ConnectionID) -> [Effect] {
        connections[id]?.framer.remaining.count ?? 0 <= limits.connectionBuffer ? [] : close(id)
    }

    /// Where the next request begins cannot be told.
    private mutating func refuse(_ status: HTTPStatusCode, on id: ConnectionID) -> [Effect] {
        write(HTTPMessage(status), on: id, closing: true, isHead: false) + close(id)
    }

    private func write(_ response: HTTPMessage, on id: ConnectionID, closing: Bool, isHead: Bool) -> [Effect] {
        var response = response
        response.set(.server, ReleaseVersion.server)
        if closing { response.set(.connection, "close") }
        if isHead { response.body = [] }
        return [.write(id, response.serialized())]
    }

    private mutating func close(_ id: ConnectionID) -> [Effect] {
        guard connections.removeValue(forKey: id) != nil else { return [] }
        return [.unwatch(id), .close(id)]
    }
}

extension HTTPRule {
    /// What a request that breaks the rule is answered with.
    fileprivate var refusal: HTTPStatusCode {
        switch self {
        case .headerLimit: .requestHeaderFieldsTooLarge
        case .bodyLimit: .contentTooLarge
        case .version: .versionNotSupported
        case .message, .startLine, .method, .requestTarget, .statusCode, .fieldLine, .fieldName, .fieldValue,
            .contentLength, .transferEncoding, .chunkSize, .chunkExtension, .chunkData, .trailerSection:
            .badRequest
        }
    }
}
