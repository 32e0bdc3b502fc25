import Bytes

/// Strict judgment of a description that is read leniently.
extension SessionDescription {
    /// Every rule that the bytes break, in the order of the lines.
    package static func flaws(in bytes: [UInt8]) -> [SDPFlaw] {
        var judgment = Judgment()
        judgment.judgeLineEnds(bytes)
        do throws(SDPSyntaxError) {
            let description = try SessionDescription(parsing: bytes)
            let lines = try NumberedLine.lines(of: bytes)
            judgment.judgeOrder(lines)
            judgment.judgeSession(lines, of: description)
            judgment.judgeAttributes(lines)
            judgment.judgeMedia(lines, of: description)
        } catch {
            judgment.note(.syntax, error.line, "The line breaks the rule \(error.rule.rawValue).")
        }
        return judgment.flaws.sorted { $0.line < $1.line }
    }

    struct Judgment {
        var flaws: [SDPFlaw] = []

        mutating func note(_ rule: SDPFlaw.Rule, _ line: Int, _ explanation: String) {
            flaws.append(SDPFlaw(rule, line: line, explanation))
        }
    }
}

extension SessionDescription.Judgment {
    /// Judges ends and bytes of lines; the first line that ends in LF alone speaks for all.
    mutating func judgeLineEnds(_ bytes: [UInt8]) {
        if bytes.last != .lineFeed {
            note(.lastLineEnd, NumberedLine.rawLines(of: bytes).count, "The last line has no end.")
        }
        let lines = bytes.split(separator: .lineFeed, omittingEmptySubsequences: false).dropLast()
        if let bare = lines.firstIndex(where: { $0.last != .carriageReturn }) {
            note(.lineEnd, bare + 1, "The line ends in LF without CR.")
        }
        for (index, line) in NumberedLine.rawLines(of: bytes).enumerated() {
            if line.contains(.carriageReturn) || line.contains(0) || String(validating: line, as: UTF8.self) == nil {
                note(.text, index + 1, "The line holds NUL, CR or ill-formed UTF-8.")
            }
        }
    }

    mutating func judgeOrder(_ lines: [NumberedLine]) {
        var order = "vosiuepcbtzka"
        var onlyOnce: Set<Character> = ["v", "o", "s", "i", "u", "c", "z", "k"]
        var last = 0
        var seen: Set<Character> = []
        for line in lines {
            if line.type == "m" {
                (order, onlyOnce, last, seen) = ("micbka", ["i", "k"], 0, [])
                continue
            }
            // Each repetition belongs to the time before it.
            let type: Character = line.type == "r" ? "t" : line.type
            guard let place = order.firstIndex(of: type) else {
                note(.unknownLine, line.number, "A line of type \(line.type) is unknown here.")
                continue
            }
            let rank = order.distance(from: order.startIndex, to: place)
            if rank < last { note(.lineOrder, line.number, "A line of type \(line.type) comes too late.") }
            if onlyOnce.contains(type), !seen.insert(type).inserted {
                note(.repeatedLine, line.number, "There is another line of type \(line.type).")
            }
            last = max(last, rank)
        }
    }

    mutating func judgeSession(_ lines: [NumberedLine], of description: SessionDescription) {
        for line in lines.prefix(while: { $0.type != "m" }) {
            switch line.type {
            case "o" where !Self.isOrigin(line.value):
                note(.originForm, line.number, "“\(line.value)” is not username, two numbers, network and address.")
            case "s" where line.value.isEmpty:
                note(.sessionNameEmpty, line.number, "The session name is empty.")
            case "t" where !Self.isTiming(line.value):
                note(.timingForm, line.number, "“\(line.value)” is not two numbers.")
            default:
                break
            }
        }
        let session = lines.prefix { $0.type != "m" }
        if !session.contains(where: { $0.type == "s" }) {
            note(.sessionNameEmpty, session.count, "There is no session name.")
        }
        if !session.contains(where: { $0.type == "t" }) {
            note(.timingMissing, session.count, "There is no time line.")
        }
    }

    private static func isOrigin(_ value: String) -> Bool {
        let parts = value.split(separator: " ", omittingEmptySubsequences: false)
        return parts.count == 6 && parts.allSatisfy { !$0.isEmpty } && isNumber(parts[1]) && isNumber(parts[2])
            && parts[3] == "IN" && (parts[4] == "IP4" || parts[4] == "IP6")
    }

    private static func isTiming(_ value: String) -> Bool {
        let parts = value.split(separator: " ", omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy(isNumber)
    }

    static func isNumber(_ text: Substring) -> Bool { !text.isEmpty && text.utf8.allSatisfy(\.isDigit) }
}
