package import Conformance

extension Trace {
    /// Whether every request has its final response, as far as it asks for one.
    package var isSettled: Bool {
        var transactions = TransactionIndex()
        var open: Set<Int> = []
        for var message in TraceReader(self).messages {
            transactions.place(&message)
            if message.isFinal, let request = message.answers {
                open.remove(request)
            } else if message.repeats == nil, message.asksForResponse {
                open.insert(message.number)
            }
        }
        return open.isEmpty
    }
}

extension DissectedMessage {
    /// Whether it is a request to which a response must come.
    fileprivate var asksForResponse: Bool {
        guard let requestMethod, !["ACK", "REPORT"].contains(requestMethod) else { return false }
        return msrpSummary?.response ?? .always == .always
    }
}
