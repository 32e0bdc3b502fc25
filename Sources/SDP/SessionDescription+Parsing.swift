import Bytes

/// Reading and writing session descriptions.
///
/// RFC 4566 §9
extension SessionDescription {
    /// The description that the bytes write.
    ///
    /// Lines may come in any order within their section and end in LF alone, which `flaws(in:)` notes.
    package init(parsing bytes: [UInt8]) throws(SDPSyntaxError) {
        let lines = try NumberedLine.lines(of: bytes)
        let firstMedia = lines.firstIndex { $0.type == "m" } ?? lines.count
        let session = lines[..<firstMedia]
        guard let version = session.first, version.type == "v" else { throw SDPSyntaxError(.version, line: 1) }
        guard version.value == "0" else { throw SDPSyntaxError(.version, line: version.number) }
        guard let origin = session.first(where: { $0.type == "o" }), let origin = Origin(origin.value) else {
            throw SDPSyntaxError(.origin, line: session.first { $0.type == "o" }?.number ?? 2)
        }
        self.init(origin: origin, sessionName: "", connection: nil, timing: "")
        for line in session {
            switch line.type {
            case "v", "o": continue
            case "s": sessionName = line.value
            case "c": connection = try line.connection()
            case "t" where timing.isEmpty: timing = line.value
            case "a": attributes.append(Attribute(parsing: line.value))
            default: otherLines.append(Line(line.type, line.value))
            }
        }
        otherLines = Self.beforeConnection(otherLines) + Self.bandwidths(otherLines) + Self.afterTime(otherLines)
        for line in lines[firstMedia...] {
            try addToMedia(line)
        }
    }

    private mutating func addToMedia(_ line: NumberedLine) throws(SDPSyntaxError) {
        guard line.type != "m" else {
            media.append(try MediaDescription(line))
            return
        }
        let last = media.count - 1
        switch line.type {
        case "c": media[last].connection = try line.connection()
        case "a": media[last].attributes.append(Attribute(parsing: line.value))
        case "i":
            let titles = media[last].otherLines.prefix { $0.type == "i" }
            media[last].otherLines.insert(Line(line.type, line.value), at: titles.endIndex)
        default: media[last].otherLines.append(Line(line.type, line.value))
        }
    }

    /// The bytes of the description, in the order of the grammar and with CRLF.
    package func serialized() -> [UInt8] {
        var lines = ["v=0", "o=\(origin)", "s=\(sessionName)"]
        lines += Self.beforeConnection(otherLines).map(\.text)
        if let connection { lines.append("c=\(connection)") }
        lines += Self.bandwidths(otherLines).map(\.text)
        lines.append("t=\(timing)")
        lines += Self.afterTime(otherLines).map(\.text)
        lines += attributes.map { "a=\($0)" }
        lines += media.flatMap(\.lines)
        return lines.flatMap { Array($0.utf8) + [.carriageReturn, .lineFeed] }
    }

    private static func beforeConnection(_ lines: [Line]) -> [Line] { lines.filter { "iuep".contains($0.type) } }

    private static func bandwidths(_ lines: [Line]) -> [Line] { lines.filter { $0.type == "b" } }

    private static func afterTime(_ lines: [Line]) -> [Line] { lines.filter { !"iuepb".contains($0.type) } }
}

extension MediaDescription {
    fileprivate init(_ line: NumberedLine) throws(SDPSyntaxError) {
        let parts = line.value.split(separator: " ").map(String.init)
        guard parts.count >= 3 else { throw SDPSyntaxError(.media, line: line.number) }
        // `port/number` is of no use to message sessions; the number is dropped.
        guard let port = UInt16(parts[1].prefix { $0 != "/" }) else { throw SDPSyntaxError(.port, line: line.number) }
        self.init(kind: parts[0], port: port, transport: parts[2], formats: Array(parts[3...]))
    }

    fileprivate var lines: [String] {
        var lines = [(["m=\(kind)", String(port), transport] + formats).joined(separator: " ")]
        lines += otherLines.prefix { $0.type == "i" }.map(\.text)
        if let connection { lines.append("c=\(connection)") }
        lines += otherLines.drop { $0.type == "i" }.map(\.text)
        return lines + attributes.map { "a=\($0)" }
    }
}

extension Line {
    fileprivate var text: String { "\(type)=\(value)" }
}
