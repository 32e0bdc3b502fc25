import SIPSyntax

/// What every request must pass before a procedure sees it.
///
/// RFC 3261 §8.2
extension ClientFields {
    /// Methods that exist but that the client takes nowhere.
    private static let known: Set<SIPMethod> = [.register, .publish, .subscribe, .refer, .info, .update, .prack]

    /// The response that turns the request away, or nil when it may pass.
    func refusal(of request: SIPMessage, tag: String) -> SIPMessage? {
        guard let method = request.method else { return nil }
        guard Self.methods.contains(method) else {
            var refusal = response(Self.known.contains(method) ? 405 : 501, to: request, tag: tag)
            refusal.add(.allow, Self.allow)
            return refusal
        }
        let scheme = request.requestURI?.prefix { $0 != ":" }.lowercased() ?? ""
        guard ["sip", "sips", "tel"].contains(scheme) else { return response(416, to: request, tag: tag) }
        let unsupported = request.list(.require).filter { !Self.extensions.contains($0.lowercased()) }
        guard unsupported.isEmpty else {
            var refusal = response(420, to: request, tag: tag)
            refusal.add(.unsupported, unsupported.joined(separator: ", "))
            return refusal
        }
        return nil
    }

    /// The answer to a request within a dialog that does not exist.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §7.1.2.2 (1) for a modification, RFC 3261 §12.2.2 for the rest
    func unknownDialog(_ request: SIPMessage) -> SIPMessage {
        guard request.method == .invite else { return response(481, to: request) }
        var refusal = response(606, to: request)
        refusal.add(.warning, "399 \(host) \"The session does not exist\"")
        return refusal
    }
}
