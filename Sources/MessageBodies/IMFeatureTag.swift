/// The feature tag of the service, as access rules write it.
///
/// OMA-TS-SIMPLE_IM-V1_0 §5.2.1; §6.1.2.1 and Appendix S misspell it, each in its own way.
package enum IMFeatureTag {
    package static let name = "+g.oma.sip-im"

    /// Whether the text is the tag in one of its three spellings, quoted or not, in any case.
    package static func isIM(_ text: String) -> Bool {
        ["+g.oma.sip-im", "+g.oma-sip-im", "+g.oma-im-sip"].contains(text.filter { $0 != "\"" }.lowercased())
    }
}
