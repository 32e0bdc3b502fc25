import HTTPSyntax
import Network
import XCAP

/// Documents that users read and write, and what the server makes of the changes.
extension ReferenceServer {
    mutating func handle(_ event: XCAPServer.Event) {
        var effects = xcap.handle(event)[...]
        while let effect = effects.popFirst() {
            switch effect {
            case .write(let id, let bytes): outbox.append(.write(id, bytes))
            case .close(let id): outbox.append(.close(id))
            case .watch(let id): watch(id, among: \.silentHTTP, ServerTimer.requestDue)
            case .unwatch(let id): unwatch(id, among: \.silentHTTP, ServerTimer.requestDue)
            case .answer(let request, let id): effects += xcap.respond(answer(request), on: id)
            }
        }
    }

    private mutating func answer(_ request: HTTPMessage) -> HTTPMessage {
        do throws(XCAPRefusal) {
            let answer = xdms.answer(request, by: try requester(of: request))
            if let changed = answer.changed {
                let content = xdms.documents[changed]?.content
                journal.append(content.map { .document($0, changed) } ?? .documentDeleted(changed))
                documentChanged(changed)
            }
            return answer.response
        } catch {
            return error.response
        }
    }

    /// Hears that a user has written or deleted a document; a deleted group has no session any more.
    mutating func documentChanged(_ selector: DocumentSelector) {
        for (id, uri) in conferences.groups {
            handle(.groupChanged(group(at: uri)), inConference: id)
        }
    }
}
