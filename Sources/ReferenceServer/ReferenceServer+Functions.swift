import SIPSyntax
import SIPTransactions

/// Requests to the functions that have addresses of their own.
extension ReferenceServer {
    mutating func serve(
        _ request: SIPMessage, _ key: TransactionKey, at function: ServiceFunction, from identity: Originator?
    ) {
        if function == .conversationHistory, request.method == .refer {
            return refer(toHistory: request, key, by: identity)
        }
        if let refusal = refusal(of: request, at: function, from: identity) { return refuse(refusal, key) }
        guard let user = identity?.user else { return refuse(Refusal(403, because: "Originator not identified"), key) }
        switch (function, request.method) {
        case (.conferenceFactory, .message?) where configuration.policy.listMessages == .byExploder:
            refuse(Refusal(405, fields: [SIPField(.allow, "INVITE")]), key)
        case (.conferenceFactory, .message?), (.exploder, .message?):
            explode(listIn: request, key, from: identity ?? Originator(user: user))
        case (.conferenceFactory, .invite?):
            startConference(request, key, from: identity)
        case (.deferredMessages, .invite?):
            retrieveDeferredMessages(request, key, by: user)
        case (.conversationHistory, .invite?):
            retrieveConversations(request, key, by: user)
        case (.deletion, .refer?):
            delete(request, key, by: user)
        case (.conferenceFactory, _), (.exploder, _), (.deferredMessages, _), (.conversationHistory, _),
            (.deletion, _):
            let isKnown = request.method?.isKnown == true
            refuse(Refusal(isKnown ? 405 : 501, fields: [SIPField(.allow, function.methods)]), key)
        }
    }

    /// What the originating function has against a request to a function.
    private func refusal(
        of request: SIPMessage, at function: ServiceFunction, from identity: Originator?
    ) -> Refusal? {
        guard request.method == .message else { return originating.refusal(of: request, by: identity, at: now) }
        let page = IMRequest(
            kind: .pager, message: request, originator: identity, recipient: function.uri(in: configuration.domain))
        return originating.refusal(of: page, at: now)
    }
}

extension ServiceFunction {
    /// The methods that begin something at the function.
    fileprivate var methods: String {
        switch self {
        case .conferenceFactory: "INVITE, MESSAGE"
        case .exploder: "MESSAGE"
        case .deferredMessages: "INVITE"
        case .conversationHistory: "INVITE, REFER"
        case .deletion: "REFER"
        }
    }
}
