import MessageBodies
import Network
import SIPSyntax
import SIPTransactions
import XCAP

/// Requests on their way to a served user.
///
/// OMA-TS-SIMPLE_IM-V1_0 §6.1.2
extension ReferenceServer {
    /// Delivers a request that has passed the originating side, keeps it for later, or refuses it.
    mutating func terminate(_ request: IMRequest, for inquirer: Inquirer) {
        guard isProvisioned(request.recipient) else { return refuse(Refusal(404), inquirer) }
        let (settings, rules) = (settings[request.recipient], accessRules(of: request.recipient))
        switch terminating.decision(on: request, settings: settings, rules: rules, at: now) {
        case .refusal(let refusal): refuse(refusal, inquirer)
        case .deferral:
            // What a conference would have delivered is not kept.
            if case .conference = inquirer { return refuse(Refusal(480), inquirer) }
            recordPage(request)
            deferDelivery(of: request, for: inquirer)
        case .delivery:
            recordPage(request)
            deliver(request, for: inquirer)
        }
    }

    /// The rules that a user has written, if they can be read.
    private func accessRules(of user: String) -> AccessRules? {
        guard let content = xdms.document(auid: .accessRules, xui: user, name: "access-rules"),
            let policy = try? AuthPolicy(parsing: content)
        else { return nil }
        let lists = xdms.document(auid: .resourceLists, xui: user, name: "index")
        return AccessRules(policy: policy, user: user, lists: lists.flatMap { try? ResourceLists(parsing: $0) })
    }

    private mutating func deliver(_ request: IMRequest, for inquirer: Inquirer) {
        let bindings = registrar.bindings(of: request.recipient, for: request.message, at: now)
        guard let binding = bindings.first(where: \.isForIM) else { return refuse(Refusal(480), inquirer) }
        let target = binding.requestURI(for: request.message)
        switch (inquirer, request.kind, routing(of: request)) {
        case (.client(let key), .pager, _):
            var message = request.message
            message.set(.userAgent, ReleaseVersion.server)
            forward(message, key, to: target, from: request.originator)
        case (.client(let key), .session, .recordRoute), (.client(let key), .largeMessage, .recordRoute):
            forward(request.message, key, to: target, from: request.originator)
        case (.client(let key), .session, .backToBack), (.client(let key), .largeMessage, .backToBack):
            beginSession(request, key, to: binding)
        case (.function(let errand), _, _):
            var message = request.message
            message.startLine = .request(.message, uri: target)
            let sender = request.originator.flatMap { contact(of: $0.user) }
            send(message, for: .page(errand), sender: sender)
        case (.conference(let id, let participant), _, _):
            var invite = request.message
            invite.startLine = .request(.invite, uri: target)
            call(invite, terms: conferenceTerms, for: .conference(id, participant))
        }
    }

    /// Where the messages of a session go: through the server, where somebody wants them recorded.
    ///
    /// §6.1.1.2.2
    private func routing(of request: IMRequest) -> SessionRouting {
        recordingUsers(of: request).isEmpty ? configuration.sessionRouting : .backToBack
    }

    /// Where requests to a user go, while he is registered.
    func contact(of user: String) -> String? { registrar.bindings(of: user, at: now).first?.requestURI }

    mutating func refuse(_ refusal: Refusal, _ inquirer: Inquirer) {
        switch inquirer {
        case .client(let key): refuse(refusal, key)
        case .function(let errand): noteOutcome(refusal.status, of: errand)
        case .conference(let id, let participant):
            notices.append(.dialog(.refused(.unanswered(refusal)), .conference(id, participant)))
        }
    }

    /// Answers a request in the place of its recipient.
    mutating func accept(_ status: Int, _ inquirer: Inquirer) {
        switch inquirer {
        case .client(let key):
            guard let request = transactions.request(of: key) else { return }
            respond(SIPMessage(status: status, to: request, toTag: newTag()), key)
        case .function(let errand):
            noteOutcome(status, of: errand)
        case .conference:
            break
        }
    }

    /// Tells the function that has sent a MESSAGE what has come of it.
    mutating func noteOutcome(_ status: Int, of errand: PageErrand) {
        switch errand {
        case .copy(let id, let recipient): noteOutcome(status, of: recipient, inGroupMessage: id)
        case .notice: break
        }
    }
}
