import SIPSyntax

/// A function of the IM server that has an address of its own.
///
/// OMA-TS-SIMPLE_IM-V1_0 §7.1.1.3, §12.1.1, §12.1.3.1, §13.1.1 and Appendix I
package enum ServiceFunction: String, Sendable, CaseIterable {
    case conferenceFactory = "conference-factory"
    case exploder
    case deferredMessages = "Deferred"
    case conversationHistory = "History"
    case deletion = "Delete"

    /// The function that a URI of this domain names; the specification itself writes the names in either case.
    init?(_ uri: SIPURI, in domain: String) {
        guard uri.host.lowercased() == domain.lowercased(), let user = uri.user?.lowercased(),
            let function = Self.allCases.first(where: { $0.rawValue.lowercased() == user })
        else { return nil }
        self = function
    }

    package func uri(in domain: String) -> String { "sip:\(rawValue)@\(domain)" }
}
