import SIPSyntax

extension SIPMessage {
    /// Whether the response ends its transaction.
    var isFinal: Bool { (status ?? 0) >= 200 }

    var isSuccess: Bool { (200..<300).contains(status ?? 0) }

    /// The status and reason, for people.
    var outcome: String {
        guard case .response(let status, let reason) = startLine else { return "" }
        return reason.isEmpty ? "\(status)" : "\(status) \(reason)"
    }

    /// Whether the response has the CSeq of the request.
    func answers(_ request: SIPMessage) -> Bool {
        guard let number = (try? cSeq())?.number else { return false }
        return number == (try? request.cSeq())?.number
    }
}
