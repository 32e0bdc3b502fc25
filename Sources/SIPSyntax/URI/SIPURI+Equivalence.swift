import Bytes

extension SIPURI {
    /// Whether both URIs name the same resource.
    ///
    /// RFC 3261 §19.1.4
    package func isEquivalent(to other: SIPURI) -> Bool {
        scheme == other.scheme
            && user.map(unescaped) == other.user.map(unescaped)
            && password.map(unescaped) == other.password.map(unescaped)
            && host.isEqualIgnoringCase(other.host)
            && port == other.port
            && parametersAgree(with: other)
            && headersAgree(with: other)
    }

    /// The URI that a location service knows the resource by: no password, parameters or headers.
    ///
    /// RFC 3261 §10.3 step 5
    package var addressOfRecord: String {
        var text = scheme + ":"
        if let user { text += unescaped(user) + "@" }
        text += host.lowercased()
        if let port { text += ":\(port)" }
        return text
    }

    /// The URI without what may not stand in To and From: it names somebody and leads nowhere.
    ///
    /// RFC 3261 §19.1.1 Table 1
    package var asRecipient: SIPURI {
        var uri = self
        uri.port = nil
        uri.headers = []
        uri.parameters.removeAll { ["method", "maddr", "ttl", "transport", "lr"].contains($0.name.lowercased()) }
        return uri
    }

    /// A parameter in one URI only is ignored, unless it is one of those that never are.
    private func parametersAgree(with other: SIPURI) -> Bool {
        for (mine, theirs) in [(self, other), (other, self)] {
            for parameter in mine.parameters {
                if let match = theirs.parameters.first(parameter.name) {
                    let values = (parameter.value.map(unescaped) ?? "", match.value.map(unescaped) ?? "")
                    if !values.0.isEqualIgnoringCase(values.1) { return false }
                } else if ["user", "ttl", "method", "maddr", "transport"].contains(parameter.name.lowercased()) {
                    return false
                }
            }
        }
        return true
    }

    /// Headers are never ignored, and their order does not count.
    private func headersAgree(with other: SIPURI) -> Bool {
        func canonical(_ headers: [Header]) -> [String] {
            headers.map { unescaped($0.name).lowercased() + "=" + unescaped($0.value) }.sorted()
        }
        return canonical(headers) == canonical(other.headers)
    }

    /// Escapes of characters that are not reserved mean the characters; the others stay escapes.
    private func unescaped(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
                let high = bytes[index + 1].hexValue, let low = bytes[index + 2].hexValue
            {
                let byte = high << 4 | low
                if byte.isReserved || byte == UInt8(ascii: "%") || !byte.isVisible {
                    result += bytes[index..<(index + 3)].map { $0.isAlpha ? $0 & 0xDF : $0 }
                } else {
                    result.append(byte)
                }
                index += 3
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return result.text
    }
}
