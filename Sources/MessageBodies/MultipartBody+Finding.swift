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
