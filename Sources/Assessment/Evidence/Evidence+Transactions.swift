import Conformance
import Dissection
import Network

// How messages hang together in transactions and dialogs.
extension Evidence {
    func isSuccess(_ response: DissectedMessage, to method: String) -> Bool {
        response.isSIP && response.isSuccess && dissection.request(of: response)?.requestMethod == method
    }

    /// The SIP messages with the Call-ID of this one, in the order of the trace.
    func call(of message: DissectedMessage) -> [DissectedMessage] {
        (message.sipSummary.flatMap { calls[$0.callID] } ?? []).map { dissection[$0] }
    }

    /// The SIP messages with this Call-ID, in the order of the trace.
    func messages(ofCall callID: String) -> [DissectedMessage] { (calls[callID] ?? []).map { dissection[$0] } }

    /// The SIP messages of the dialog of this one, in the order of the trace.
    func dialog(of message: DissectedMessage) -> [DissectedMessage] {
        (message.sipSummary.flatMap { dialogs[$0.dialog] } ?? []).map { dissection[$0] }
    }

    /// Whether the trace begins before anything was sent, as that of a run does, which marks the steps.
    var showsBeginning: Bool { messages.first?.step == "preamble" }

    /// Whether the place of the message in the trace is its place among what its sender sent.
    func showsOrder(of message: DissectedMessage) -> Bool {
        isOrdered(message) || !message.wasReceived
    }

    /// Whether the path of the message neither loses nor reorders.
    func isOrdered(_ message: DissectedMessage) -> Bool {
        message.transport == .tcp || dissection.trace.datagramsKeepOrder
    }

    /// Whether the order in which two messages were seen is that in which they were sent.
    ///
    /// It is where both were seen as they left, and on one ordered path; elsewhere one may have overtaken the other,
    /// unless more time lies between them than networks take.
    func showsOrder(_ former: DissectedMessage, _ latter: DissectedMessage) -> Bool {
        if former.wasSent, latter.wasSent { return true }
        let isOnePath = Route(former) == Route(latter)
        if isOnePath, isOrdered(former) { return true }
        return latter.time - former.time > quietWindow
    }

    /// Whether the server has passed the request on and has no final response to it itself.
    func waitsForOnward(_ request: DissectedMessage) -> Bool {
        guard request.receiver == .server else { return false }
        guard let onward = onward(of: request) ?? pageOnward(of: request) else { return false }
        return !dissection.responses(to: onward).contains(where: \.isFinal)
    }

    /// The MESSAGE by which a server between two transactions passes the same text on.
    func pageOnward(of request: DissectedMessage) -> DissectedMessage? {
        guard request.isSIP, request.requestMethod == "MESSAGE" else { return nil }
        return pagesOnward[request.body]?.first { number in
            number > request.number && dissection[number].receiver != request.sender
        }.map { dissection[$0] }
    }
}
