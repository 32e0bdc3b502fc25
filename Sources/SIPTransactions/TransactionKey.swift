package import SIPSyntax

/// What makes two messages belong to one transaction.
///
/// RFC 3261 §17.1.3 and §17.2.3
package struct TransactionKey: Hashable, Sendable, CustomStringConvertible {
    package enum Side: String, Hashable, Sendable {
        case client
        case server
    }

    package let side: Side
    package let method: SIPMethod

    /// The branch, on the server side with the sent-by; or the fields that stand in for a branch.
    package let identity: String

    init(side: Side, method: SIPMethod, identity: String) {
        self.side = side
        self.method = method
        self.identity = identity
    }

    /// The client transaction of a request about to be sent, or of a response that arrived.
    ///
    /// RFC 3261 §17.1.3: the branch of the top Via and the method of the CSeq.
    package init(client message: SIPMessage) {
        let method = (try? message.cSeq())?.method ?? message.method ?? SIPMethod("")
        let branch = (try? message.via())?.branch
        self.init(
            side: .client, method: method,
            identity: branch.map { $0.lowercased() } ?? Self.dialogFields(of: message).joined(separator: " "))
    }

    /// The server transaction of a request that arrived; an ACK belongs to its INVITE.
    ///
    /// RFC 3261 §17.2.3: the branch and the sent-by of the top Via and the method. A branch without the magic cookie
    /// need not be unique, so the whole Via stands in for it, with Call-ID, CSeq number and From tag.
    package init(server request: SIPMessage) {
        let method = request.method ?? SIPMethod("")
        let via = try? request.via()
        let identity: String
        if let via, let branch = via.branch?.lowercased(), branch.hasPrefix("z9hg4bk") {
            identity = "\(branch) \(via.host.lowercased())\(via.port.map { ":\($0)" } ?? "")"
        } else {
            let topVia = request.list(.via).first ?? ""
            identity = (Self.dialogFields(of: request) + [topVia]).joined(separator: " ")
        }
        self.init(side: .server, method: method == .ack ? .invite : method, identity: identity)
    }

    /// The INVITE transaction that a CANCEL with this key would cancel.
    ///
    /// RFC 3261 §9.2
    var invite: TransactionKey { TransactionKey(side: side, method: .invite, identity: identity) }

    package var description: String { "\(side.rawValue) \(method.name) \(identity)" }

    private static func dialogFields(of message: SIPMessage) -> [String] {
        let number = (try? message.cSeq()).map { String($0.number) }
        let tag = (try? message.from())?.tag
        return [message.callID ?? "", number ?? message.first(.cSeq) ?? "", tag ?? message.first(.from) ?? ""]
    }
}
