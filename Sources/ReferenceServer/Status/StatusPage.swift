import HTTPSyntax
package import Network

/// A page for the operator that shows what the server has; it is read, and changes nothing.
package struct StatusPage {
    package let address: SocketAddress
    private var connections: XCAPServer
    private let patience: Duration

    package init(at address: SocketAddress, limits: ReferenceServer.Limits = ReferenceServer.Limits()) {
        self.address = address
        connections = XCAPServer(limits: limits)
        patience = limits.halfOpenConnection
    }

    package var listeningPoints: [ListeningPoint] { [ListeningPoint(.tcp, address)] }

    /// Takes an event; the status is asked for only where it is shown.
    package mutating func handle(_ event: NodeEvent, showing status: () -> ServerStatus) -> [NodeEffect] {
        var effects: ArraySlice<XCAPServer.Effect>
        switch event {
        case .accepted(let id, _, _): effects = connections.handle(.accepted(id))[...]
        case .received(let id, let bytes): effects = connections.handle(.received(id, bytes))[...]
        case .closed(let id, _): effects = connections.handle(.closed(id))[...]
        case .timer(let timer):
            guard let number = Int(timer.name) else { return [] }
            effects = connections.handle(.requestDue(ConnectionID(number)))[...]
        case .start, .connected, .certified, .refused, .datagram, .undeliverable: return []
        }
        var outbox: [NodeEffect] = []
        while let effect = effects.popFirst() {
            switch effect {
            case .write(let id, let bytes): outbox.append(.write(id, bytes))
            case .close(let id): outbox.append(.close(id))
            case .watch(let id): outbox.append(.arm(TimerID(String(id.number)), after: patience))
            case .unwatch(let id): outbox.append(.cancel(TimerID(String(id.number))))
            case .answer(let request, let id):
                effects += connections.respond(answer(request, status), on: id)
            }
        }
        return outbox
    }

    private func answer(_ request: HTTPMessage, _ status: () -> ServerStatus) -> HTTPMessage {
        guard request.method == "GET" || request.method == "HEAD" else {
            return HTTPMessage(.methodNotAllowed, fields: [HTTPField(.allow, "GET, HEAD")])
        }
        guard request.target == "/" else { return HTTPMessage(.notFound) }
        let fields = [
            HTTPField(.contentType, "text/html; charset=utf-8"), HTTPField(HTTPFieldName("Cache-Control"), "no-store"),
        ]
        return HTTPMessage(.ok, fields: fields, content: Array(status().page.utf8))
    }
}

extension ServerStatus {
    /// The page as HTML.
    fileprivate var page: String {
        let registrations = registrations.map { registration in
            let seconds = (registration.expires - time).components.seconds
            return [registration.user, registration.contact, "\(seconds) s"]
        }
        let stores = stores.map { [$0.user, "\($0.deferredMessages)", "\($0.conversations)"] }
        return """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>Reference server of \(domain.escaped)</title></head><body>
            <h1>Reference server of \(domain.escaped)</h1>
            \(table("Registrations", ["User", "Contact", "Expires in"], registrations))
            \(table("Sessions", ["Kind", "Name", "Users"], sessions.map { [$0.kind.rawValue, $0.name, $0.users.joined(separator: ", ")] }))
            \(table("Stored messages", ["User", "Deferred", "Conversations"], stores))
            <p>\(documents) \(documents == 1 ? "document" : "documents")</p>
            </body></html>

            """
    }

    private func table(_ title: String, _ columns: [String], _ rows: [[String]]) -> String {
        func row(_ cells: [String], _ element: String) -> String {
            "<tr>" + cells.map { "<\(element)>\($0.escaped)</\(element)>" }.joined() + "</tr>"
        }
        let lines = [row(columns, "th")] + rows.map { row($0, "td") }
        return "<h2>\(title): \(rows.count)</h2>\n<table>\n\(lines.joined(separator: "\n"))\n</table>"
    }
}

extension String {
    /// The text as it stands in HTML; what is shown has come from others.
    fileprivate var escaped: String {
        reduce(into: "") { result, character in
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.append(character)
            }
        }
    }
}
