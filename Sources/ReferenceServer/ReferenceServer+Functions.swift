import SIPSyntax
import SIPTransactions

/// Requests to the functions that have addresses of their own.
extension ReferenceServer {
    mutating func serve(
        _ request: SIPMessage, _ key: TransactionKey, at function: ServiceFunction, from identity: Originator?
    ) {
        switch (function, request.method) {
        case (.conferenceFactory, .message?), (.exploder, .message?):
            let page = IMRequest(
                kind: .pager, message: request, originator: identity, recipient: function.uri(in: configuration.domain))
            if let refusal = originating.refusal(of: page, at: now) { return refuse(refusal, key) }
            if let identity { explode(listIn: request, key, from: identity) }
        case (.conferenceFactory, .invite?):
            startConference(request, key, from: identity)
        case (.conferenceFactory, _), (.exploder, _), (.deferredMessages, _), (.conversationHistory, _),
            (.deletion, _):
            let isKnown = request.method?.isKnown == true
            refuse(Refusal(isKnown ? 405 : 501, fields: [SIPField(.allow, "INVITE, MESSAGE")]), key)
        }
    }
}
