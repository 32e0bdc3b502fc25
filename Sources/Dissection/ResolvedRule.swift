import Bytes
package import Conformance

/// A rule for a field, with what other messages of the trace say where it compares with them.
package struct ResolvedRule: Sendable {
    package let rule: FieldRule
    private let dissection: Dissection
    private let theirs: [String]

    package init(_ rule: FieldRule, in dissection: Dissection) {
        self.rule = rule
        self.dissection = dissection
        switch rule.matcher {
        case .same(let field, let selector), .other(let field, let selector):
            theirs = dissection.messages(matching: selector).flatMap { message in
                dissection.values(of: field, in: message) + message.elements(of: field)
            }
        case .namesGroup(let group): theirs = [dissection.trace.cast.groups[group]].compactMap(\.self)
        case .present, .absent, .equals, .differs, .contains, .oneOf, .names: theirs = []
        }
    }

    /// Whether there is nothing that the rule could be compared with.
    package var lacksComparison: Bool {
        switch rule.matcher {
        case .same, .other, .namesGroup: theirs.isEmpty
        case .present, .absent, .equals, .differs, .contains, .oneOf, .names: false
        }
    }

    package func holds(in message: DissectedMessage) -> Bool {
        let values = dissection.values(of: rule.field, in: message)
        func some(_ matches: (String) -> Bool) -> Bool {
            (values + message.elements(of: rule.field)).contains(where: matches)
        }
        switch rule.matcher {
        case .present: return !values.isEmpty
        case .absent: return values.isEmpty
        case .contains(let wanted): return values.contains { $0.mentions(wanted) }
        case .equals(let wanted): return some { $0.isSame(as: wanted) }
        case .differs(let unwanted): return !values.isEmpty && !some { $0.isSame(as: unwanted) }
        case .oneOf(let wanted): return some { value in wanted.contains { value.isSame(as: $0) } }
        case .names(let client):
            guard let own = dissection.trace.cast[client]?.imAddress else { return false }
            return some { UserAddress(ofValue: $0) == UserAddress(own) }
        case .same, .namesGroup: return some { value in theirs.contains { value.means($0) } }
        case .other: return !values.isEmpty && !some { value in theirs.contains { value.means($0) } }
        }
    }
}

extension String {
    /// Whether both say the same, without regard to case and surrounding blanks.
    fileprivate func isSame(as other: String) -> Bool { trimmed.lowercased() == other.trimmed.lowercased() }

    /// Whether both are the same text, or addresses of the same resource.
    fileprivate func means(_ other: String) -> Bool {
        if trimmed == other.trimmed { return true }
        guard let mine = SIPTarget(ofValue: self), let theirs = SIPTarget(ofValue: other) else { return false }
        return mine.isSame(as: theirs)
    }

    /// Whether the text contains the other, without regard to case; a feature tag must stand there whole.
    ///
    /// RFC 3840 §9: `+g.oma.sip-im.large-message` is not `+g.oma.sip-im`
    fileprivate func mentions(_ wanted: String) -> Bool {
        let (bytes, wanted) = (Array(lowercased().utf8), Array(wanted.lowercased().utf8))
        var start = 0
        while let place = bytes.firstIndex(ofRun: wanted, from: start) {
            let end = place + wanted.count
            guard wanted.first == UInt8(ascii: "+"), end < bytes.count, bytes[end].isOfFeatureTag else { return true }
            start = end
        }
        return false
    }

    private var trimmed: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}

extension UInt8 {
    /// Whether the byte can go on a feature tag; a byte of a letter beyond ASCII can as well as not.
    fileprivate var isOfFeatureTag: Bool {
        isAlpha || isDigit || self == UInt8(ascii: ".") || self == UInt8(ascii: "-") || self >= 0x80
    }
}
