import SIPSyntax

/// What becomes of branches between the transactions and the network.
extension Faults {
    /// A request as it leaves.
    func leaving(_ request: SIPMessage) -> SIPMessage {
        replacingBranch(of: request) { branch in
            branch.hasPrefix(Via.magicCookie) ? String(branch.dropFirst(Via.magicCookie.count)) : branch
        }
    }

    /// A response as its transaction knows it.
    func arriving(_ response: SIPMessage) -> SIPMessage {
        replacingBranch(of: response) { branch in
            branch.hasPrefix(Via.magicCookie) ? branch : Via.magicCookie + branch
        }
    }

    private func replacingBranch(of message: SIPMessage, by change: (String) -> String) -> SIPMessage {
        guard has(.viaBranchWithoutCookie), var via = try? message.via(), let branch = via.branch else {
            return message
        }
        via.parameters.set("branch", change(branch))
        var message = message
        message.replaceTopVia(with: via)
        return message
    }
}
