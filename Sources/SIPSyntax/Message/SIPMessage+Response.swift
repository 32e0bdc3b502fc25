extension SIPMessage {
    /// A response to a request, with the fields that every response takes from it.
    ///
    /// RFC 3261 §8.2.6
    package init(status: Int, reason: String? = nil, to request: SIPMessage, toTag: String? = nil) {
        var copied: [SIPField] = []
        for field in request.fields {
            switch field.known {
            case .via, .from, .callID, .cSeq: copied.append(field)
            case .timestamp where status == 100: copied.append(field)
            case .to: copied.append(status > 100 ? field.tagged(toTag) : field)
            default: break
            }
        }
        startLine = .response(status: status, reason: reason ?? SIPReasonPhrase.standard(for: status))
        fields = copied
        body = []
    }
}

extension SIPField {
    /// The field with a tag where it has none.
    fileprivate func tagged(_ tag: String?) -> SIPField {
        guard let tag, (try? NameAddress(parsing: value))?.tag == nil else { return self }
        return SIPField(spelling: spelling, value: "\(value);tag=\(tag)")
    }
}
