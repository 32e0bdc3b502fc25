import Bytes
package import Conformance
package import Network

/// What a capture says about itself, in readable lines of its section comment.
///
///     Parley capture, format 1
///     test case: IM-2.0-int-101
///     run: 20260821T143000Z-k3f9a
///     party: A client sip:alice@home.example 127.0.0.11
///     party: server server - 127.0.0.1
///     group: ChatRoom1 sip:chatroom1@home.example
///     datagrams keep order: yes
///     deviation: one-to-one-by-factory
///     observed until: 1787322600.123456789
///     defect: …
package struct CaptureMetadata: Sendable, Equatable {
    private static let title = "Parley capture, format 1"

    package var testCaseID: String?
    package var runID: String?
    package var cast: Cast
    package var datagramsKeepOrder: Bool
    /// In what the system was known to deviate.
    package var deviations: Set<Deviation>
    /// When observation ended.
    package var end: Instant
    /// What the evidence lacks.
    package var defects: [String]

    package init(
        testCaseID: String?, runID: String?, cast: Cast, datagramsKeepOrder: Bool,
        knownFor deviations: Set<Deviation> = [], end: Instant, defects: [String] = []
    ) {
        self.testCaseID = testCaseID
        self.runID = runID
        self.cast = cast
        self.datagramsKeepOrder = datagramsKeepOrder
        self.deviations = deviations
        self.end = end
        self.defects = defects
    }

    package init(of trace: Trace, runID: String?) {
        self.init(
            testCaseID: trace.testCaseID, runID: runID, cast: trace.cast,
            datagramsKeepOrder: trace.datagramsKeepOrder, knownFor: trace.deviations, end: trace.end,
            defects: trace.defects)
    }

    /// The metadata that the comment writes.
    ///
    /// - Returns: nil for the comment of another program.
    package init?(parsing comment: String) {
        let lines = comment.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.first.map(String.init) == Self.title else { return nil }
        self.init(
            testCaseID: nil, runID: nil, cast: Cast([]), datagramsKeepOrder: false, end: Instant(nanoseconds: 0))
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = Substring(line[colon...].dropFirst(2))
            switch String(line[..<colon]) {
            case "test case": testCaseID = String(value)
            case "run": runID = String(value)
            case "party": if let party = Party(line: value) { cast.parties.append(party) }
            case "group": if let (name, uri) = Cast.group(line: value) { cast.groups[name] = uri }
            case "datagrams keep order": datagramsKeepOrder = value == "yes"
            case "deviation": if let way = Deviation(rawValue: String(value)) { deviations.insert(way) }
            case "observed until": end = Instant(seconds: value) ?? end
            case "defect": defects.append(String(value))
            default: break
            }
        }
    }

    package var comment: String {
        var lines = [Self.title]
        if let testCaseID { lines.append("test case: \(testCaseID.onOneLine)") }
        if let runID { lines.append("run: \(runID.onOneLine)") }
        lines += cast.parties.map { "party: \($0.line)" }
        lines += cast.groups.sorted { $0.key < $1.key }.map { "group: \($0.key.asWord) \($0.value.asWord)" }
        lines.append("datagrams keep order: \(datagramsKeepOrder ? "yes" : "no")")
        lines += Deviation.allCases.filter(deviations.contains).map { "deviation: \($0.rawValue)" }
        lines.append("observed until: \(end.seconds)")
        lines += defects.map { "defect: \($0.onOneLine)" }
        return lines.joined(separator: "\n")
    }
}

extension Party {
    fileprivate var line: String {
        let places = addresses.map(\.description).joined(separator: ",")
        return [name.description, role.rawValue, imAddress ?? "-", places].map(\.asWord).joined(separator: " ")
    }

    fileprivate init?(line: Substring) {
        let words = line.split(separator: " ", omittingEmptySubsequences: false).map { $0.utf8.percentDecoded }
        guard words.count == 4, let role = Role(rawValue: words[1]) else { return nil }
        self.init(
            name: PartyName(words[0]), role: role, imAddress: words[2] == "-" ? nil : words[2],
            addresses: words[3].split(separator: ",").compactMap { IPAddress(String($0)) })
    }
}

extension Cast {
    fileprivate static func group(line: Substring) -> (name: String, uri: String)? {
        let words = line.split(separator: " ", omittingEmptySubsequences: false).map { $0.utf8.percentDecoded }
        return words.count == 2 ? (words[0], words[1]) : nil
    }
}

extension Instant {
    /// Seconds since the Unix epoch, with all nine digits of the nanoseconds.
    fileprivate var seconds: String {
        let (whole, part) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        let digits = String(part.magnitude)
        return "\(whole)." + String(repeating: "0", count: 9 - digits.count) + digits
    }

    fileprivate init?(seconds text: Substring) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[1].utf8.count == 9, let whole = Int64(parts[0]), let part = Int64(parts[1]),
            (0...7_200_000_000).contains(whole), part >= 0
        else { return nil }
        self.init(nanoseconds: whole * 1_000_000_000 + part)
    }
}

extension String {
    /// The text with blanks where it would end its line.
    fileprivate var onOneLine: String {
        String(String.UnicodeScalarView(unicodeScalars.map { $0 == "\n" ? " " : $0 }))
    }

    /// The text as one word: everything but visible ASCII written as in a URI.
    fileprivate var asWord: String {
        var word = ""
        for byte in utf8 {
            if !byte.isVisible || byte == 0x25 {
                word += "%" + byte.hexPair
            } else {
                word.unicodeScalars.append(Unicode.Scalar(byte))
            }
        }
        return word
    }
}

extension Collection<UInt8> {
    /// The text in which every percent sign and two digits stand for a byte.
    fileprivate var percentDecoded: String {
        var bytes: [UInt8] = []
        var rest = self[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(2)
            if byte == 0x25, digits.count == 2, let value = UInt8(digits.text, radix: 16) {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return bytes.text
    }
}
