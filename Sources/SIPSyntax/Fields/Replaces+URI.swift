extension Replaces {
    /// The field that a URI asks for in the request that is made of it, as the entry of a list does; nil without one.
    ///
    /// RFC 3261 §19.1.5, RFC 5366 §5
    package init?(inHeadersOf uri: String) {
        guard let header = (try? SIPURI(parsing: uri))?.headers.first(where: { $0.name.lowercased() == "replaces" }),
            let value = header.value.percentDecoded, let replaces = try? Replaces(parsing: value)
        else { return nil }
        self = replaces
    }
}

extension String {
    /// The text with every `%` and two digits replaced by the byte they mean; nil where they are not digits.
    ///
    /// RFC 3986 §2.1
    fileprivate var percentDecoded: String? {
        var bytes: [UInt8] = []
        var rest = Array(utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst(), let low = rest.popFirst(),
                let value = UInt8(String(decoding: [high, low], as: UTF8.self), radix: 16)
            else { return nil }
            bytes.append(value)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
