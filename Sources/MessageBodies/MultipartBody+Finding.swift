import Bytes

extension MultipartBody {
    /// How deep multipart bodies are looked for inside each other.
    package static let maximumDepth = 4

    /// The parts that are no multipart bodies themselves, at any depth that is read, in the order of the bytes.
    ///
    /// An inner body that is not what its Content-Type says stays one part; no more than a hundred are given.
    package var leaves: [BodyPart] {
        var leaves: [BodyPart] = []
        collectLeaves(into: &leaves, depth: Self.maximumDepth)
        return leaves
    }

    /// The first part with this media type, parameters left aside, at any depth.
    package func first(type essence: String) -> BodyPart? {
        leaves.first { $0.essence == essence.lowercased() }
    }

    /// The first part with this Content-Disposition, parameters left aside, at any depth.
    package func first(disposition: String) -> BodyPart? {
        leaves.first { $0.disposition?.type == disposition.lowercased() }
    }

    /// The part that a `cid:` URL refers to, at any depth.
    ///
    /// RFC 2392 §2; the URL may stand in angle brackets, as in a Refer-To field.
    package func part(at url: String) -> BodyPart? {
        var url = url.trimmed[...]
        if url.first == "<", url.last == ">" { url = url.dropFirst().dropLast() }
        guard url.prefix(4).lowercased() == "cid:", let id = url.dropFirst(4).removingPercentEscapes else { return nil }
        return leaves.first { $0.contentID == id }
    }

    private func collectLeaves(into leaves: inout [BodyPart], depth: Int) {
        for part in parts where leaves.count < Self.maximumParts {
            if depth > 1, part.essence.hasPrefix("multipart/"),
                let inner = try? MultipartBody(parsing: part.body, contentType: part.contentType)
            {
                inner.collectLeaves(into: &leaves, depth: depth - 1)
            } else {
                leaves.append(part)
            }
        }
    }
}

extension StringProtocol {
    /// The text with every escape such as `%40` resolved, or nil where one is malformed or the bytes are not UTF-8.
    ///
    /// RFC 3986 §2.1
    var removingPercentEscapes: String? {
        var bytes: [UInt8] = []
        var rest = Array(utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst(), let low = rest.popFirst(), high.isHexDigit, low.isHexDigit,
                let value = UInt8(String(decoding: [high, low], as: UTF8.self), radix: 16)
            else { return nil }
            bytes.append(value)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
