/// The bytes of a message for reading, with line ends and everything invisible shown.
struct MessageText {
    private let bytes: [UInt8]

    /// How many bytes a page shows of one message; `run.json` and the capture have them all.
    private static let limit = 65_536

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
        case .byte(let byte):
            """
            <span class="odd" title="not UTF-8">\\x\(byte < 16 ? "0" : "")\
            \(String(byte, radix: 16, uppercase: true))</span>
            """
        }
    }
}
