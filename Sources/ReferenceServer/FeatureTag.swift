import SIPSyntax

/// The feature tags of the service.
///
/// OMA-TS-SIMPLE_IM-V1_0 §5.2.1, §5.4, §9.1.1.2
enum FeatureTag: String, CaseIterable {
    case instantMessaging = "+g.oma.sip-im"
    case largeMessage = "+g.oma.sip-im.large-message"
    case systemMessage = "+g.oma.sip-im.system-message"

    /// The tag as a parameter of a Contact.
    var parameter: Parameter { Parameter(rawValue) }
}

extension SIPMessage {
    /// Whether the request prefers contacts with the tag.
    ///
    /// RFC 3841 §9.2
    func prefersContact(with tag: FeatureTag) -> Bool {
        list(.acceptContact).contains { value in
            value.split(separator: ";").dropFirst().contains { parameter in
                let name = parameter.split(separator: "=").first ?? ""
                return name.filter { !$0.isWhitespace }.lowercased() == tag.rawValue
            }
        }
    }
}

extension NameAddress {
    /// Whether the contact has the tag.
    ///
    /// RFC 3840 §9
    func has(_ tag: FeatureTag) -> Bool { parameters.first(tag.rawValue) != nil }
}
