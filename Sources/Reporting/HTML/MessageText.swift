import Bytes

/// The bytes of a message for reading, with line ends and everything invisible shown.
struct MessageText {
    private let bytes: [UInt8]

    /// How many bytes a page shows of one message; `run.json` and the capture have them all.
    private static let limit = 65_536

    /// How many bytes a page shows of a stretch that is no text, such as a picture.
    private static let binaryLimit = 256

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var markup: Markup {
        guard !bytes.isEmpty else { return "<p class=\"meta\">No bytes.</p>\n" }
        let rest = bytes.count - Self.limit
        let note: Markup? =
            rest > 0 ? "<p class=\"meta\">\(plural(rest, "more byte")): see run.json or the capture.</p>\n" : nil
        return "<pre class=\"bytes\">\(ByteText(bytes.prefix(Self.limit)).pieces.map(piece))</pre>\n\(note)"
    }

    private func piece(_ piece: ByteText.Piece) -> Markup {
        switch piece {
        case .text(let text): "\(text)"
        case .lineEnd(.crlf): "<span class=\"eol\">↵</span>\n"
        case .lineEnd(.lineFeed): "<span class=\"odd\" title=\"LF without CR\">‹LF›</span>\n"
        case .lineEnd(.carriageReturn): "<span class=\"odd\" title=\"CR without LF\">‹CR›</span>\n"
        case .invisible(let form): "<span class=\"odd\">\(form)</span>"
        case .binary(let bytes):
            "<span class=\"odd\" title=\"not UTF-8\">\(Self.escaped(bytes.prefix(Self.binaryLimit)))</span>\(rest(of: bytes))"
        }
    }

    private func rest(of bytes: [UInt8]) -> Markup? {
        let rest = bytes.count - Self.binaryLimit
        return rest > 0 ? "<span class=\"odd\">‹\(plural(rest, "more byte"))›</span>" : nil
    }

    /// Bytes as source code writes them: visible ASCII as it is, and everything else by its number.
    private static func escaped(_ bytes: ArraySlice<UInt8>) -> String {
        bytes.map { byte in
            byte.isPlain
                ? String(UnicodeScalar(byte))
                : "\\x" + byte.hexPair
        }.joined()
    }
}
