package import SIPSyntax

/// What names a dialog at one of its two user agents.
///
/// RFC 3261 §12
package struct DialogID: Hashable, Sendable {
    package let callID: String
    package let localTag: String
    /// Empty when the peer gave none, as RFC 2543 allowed.
    package let remoteTag: String

    package init(callID: String, localTag: String, remoteTag: String) {
        self.callID = callID
        self.localTag = localTag
        self.remoteTag = remoteTag
    }

    /// The dialog that a request which arrived claims to belong to.
    ///
    /// - Returns: nil for a request outside any dialog, whose To has no tag, and for one that cannot be understood.
    package init?(received request: SIPMessage) {
        guard let callID = request.callID, let localTag = (try? request.to())?.tag else { return nil }
        self.init(callID: callID, localTag: localTag, remoteTag: (try? request.from())?.tag ?? "")
    }

    /// The dialog that a response which arrived creates or belongs to.
    ///
    /// - Returns: nil for a response without a To tag, and for one that cannot be understood.
    package init?(response: SIPMessage) {
        guard let callID = response.callID, let remoteTag = (try? response.to())?.tag else { return nil }
        self.init(callID: callID, localTag: (try? response.from())?.tag ?? "", remoteTag: remoteTag)
    }
}
