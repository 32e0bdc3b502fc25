import SIPSyntax

/// What a SIP message says about its transaction and dialog.
package struct SIPSummary: Sendable, Hashable {
    /// One Via: the element that sent the request, and its transaction there.
    package struct Hop: Sendable, Hashable {
        package var sentBy: String
        package var branch: String?
    }

    package var callID: String
    /// The URI and the tag of From.
    package var from: String?
    package var fromTag: String?
    /// The URI and the tag of To.
    package var to: String?
    package var toTag: String?
    package var sequence: Int?
    /// The method of a request, or the one that the CSeq of a response names.
    package var method: String
    /// The Via fields, topmost first; empty where one of them cannot be read.
    package var hops: [Hop]

    init(_ message: SIPMessage) {
        let (from, to) = (try? message.from(), try? message.to())
        let cSeq = try? message.cSeq()
        callID = message.callID ?? ""
        self.from = from?.uri
        fromTag = from?.tag
        self.to = to?.uri
        toTag = to?.tag
        sequence = cSeq.map { Int($0.number) }
        method = message.method?.name ?? cSeq?.method.name ?? ""
        let vias = (try? message.vias()) ?? []
        hops = vias.map { Hop(sentBy: $0.sentBy.lowercased(), branch: $0.branch?.lowercased()) }
    }

    /// The dialog as one side sees it: Call-ID and tags, whichever is whose.
    ///
    /// RFC 3261 §12
    package var dialog: DialogName { DialogName(callID: callID, tags: Set([fromTag, toTag].compactMap(\.self))) }
}

/// The name that both sides of a dialog have for it.
package struct DialogName: Sendable, Hashable {
    package var callID: String
    package var tags: Set<String>
}
