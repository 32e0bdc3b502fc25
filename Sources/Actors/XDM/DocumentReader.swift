import Authentication
import Bytes
import HTTPSyntax
package import Network

/// A client that reads one document, as its user, and does nothing else.
///
/// RFC 4825 §7.4
package struct DocumentReader: Node, Sendable {
    /// What is there to read, whatever the users have stored.
    package enum Document: Sendable {
        /// What the server supports, which every server says.
        case capabilities
        /// The lists of the user, who may have none.
        case resourceLists
    }

    package enum Answer: Sendable, Equatable {
        /// The final response; the outcome is its status and reason, and the date what it says the time is.
        case answered(status: Int, outcome: String, date: String?, content: [UInt8])
        case unanswered(reason: String)
    }

    /// What has come of it; nil until then.
    package private(set) var answer: Answer?
    private let request: DocumentRequest
    private var client: XDMClient

    package init(_ document: Document, for profile: IMClient.Profile, seed: UInt64, patience: Duration) {
        request =
            switch document {
            case .capabilities: .capabilities
            case .resourceLists: .resourceLists
            }
        let responder = profile.account.map { account in
            DigestResponder(
                username: account.username, secret: account.secret, generator: SeededGenerator(seed: seed))
        }
        client = XDMClient(profile, patience: patience, defects: [], responder: responder)
    }

    package var listeningPoints: [ListeningPoint] { [] }

    package mutating func handle(_ event: NodeEvent, at time: Instant) -> [NodeEffect] {
        switch event {
        case .start: carryOut(client.handle(.request(request, of: ProcedureID(number: 0))))
        case .connected(let id, _, _): carryOut(client.handle(.connected(id)))
        case .received(let id, let bytes): carryOut(client.handle(.received(bytes, on: id)))
        case .closed(let id, let reason): carryOut(client.handle(.closed(id, reason: reason ?? "closed by the peer")))
        case .timer: carryOut(client.handle(.timer))
        case .datagram, .accepted, .certified, .refused, .undeliverable: []
        }
    }

    private mutating func carryOut(_ effects: [XDMClient.Effect]) -> [NodeEffect] {
        effects.compactMap { effect in
            switch effect {
            case .network(let effect): return effect
            case .arm(let delay): return .arm(Self.timer, after: delay)
            case .disarm: return .cancel(Self.timer)
            case .outcome(let outcome, _): answer = Answer(outcome)
            case .trouble: break
            }
            return nil
        }
    }

    private static let timer = TimerID("documents")
}

extension DocumentReader.Answer {
    fileprivate init(_ outcome: DocumentOutcome) {
        switch outcome {
        case .answered(let response):
            self = .answered(
                status: response.status ?? 0, outcome: response.outcome,
                date: response.first(HTTPFieldName("Date")), content: response.content)
        case .unanswered(let reason): self = .unanswered(reason: reason)
        case .abandoned: self = .unanswered(reason: "It was given up")
        }
    }
}
