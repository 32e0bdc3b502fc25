import Bytes

/// Strict judgment of a message that was framed leniently.
extension MSRPMessage {
    /// Every rule that the message breaks, in the order of their places.
    ///
    /// Offsets count in the message as it is serialised, which is how it was parsed.
    package func flaws() -> [MSRPFlaw] {
        var judgment = Judgment(self)
        judgment.judgeStartLine()
        judgment.judgeFields()
        judgment.judgePaths()
        switch startLine {
        case .request("SEND"): judgment.judgeSend()
        case .request("REPORT"): judgment.judgeReport()
        case .request: break
        case .response: judgment.judgeResponse()
        }
        judgment.judgeContent()
        return judgment.flaws.sorted { $0.offset < $1.offset }
    }

    /// The flaws found so far, and where each field begins.
    struct Judgment {
        let message: MSRPMessage
        let offsets: [Int]
        let end: Int
        var flaws: [MSRPFlaw] = []

        init(_ message: MSRPMessage) {
            self.message = message
            var offset = message.startLineLength
            var offsets: [Int] = []
            for field in message.fields {
                offsets.append(offset)
                offset += field.line.count + 2
            }
            self.offsets = offsets
            end = offset
        }

        mutating func note(_ rule: MSRPFlaw.Rule, at offset: Int, _ explanation: String) {
            flaws.append(MSRPFlaw(rule, offset: offset, explanation))
        }

        /// Notes a flaw of the field with this index.
        mutating func note(_ rule: MSRPFlaw.Rule, in field: Int, _ explanation: String) {
            let spelling = message.fields[field].spelling
            flaws.append(MSRPFlaw(rule, field: spelling, offset: offsets[field], explanation))
        }

        func index(of name: MSRPFieldName) -> Int? { message.fields.firstIndex { $0.isNamed(name) } }
    }

    fileprivate var startLineLength: Int {
        let rest =
            switch startLine {
            case .request(let method): method.utf8.count
            case .response(_, let comment): 3 + (comment.map { $0.utf8.count + 1 } ?? 0)
            }
        return 5 + transactionID.utf8.count + 1 + rest + 2
    }
}

extension MSRPMessage.Judgment {
    mutating func judgeStartLine() {
        let identifier = message.transactionID
        if !identifier.utf8.isIdentifier {
            note(.transactionID, at: 5, "“\(identifier)” is not 4 to 32 letters, digits and . - + % =.")
        }
        switch message.startLine {
        case .request(let method):
            if !method.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) {
                note(.method, at: 6 + identifier.utf8.count, "“\(method)” is not a word of capital letters.")
            }
        case .response(_, let comment):
            if let comment, !comment.utf8.isText || comment.unicodeScalars.contains("\u{FFFD}") {
                note(.comment, at: 10 + identifier.utf8.count, "The comment holds what is not text.")
            }
        }
    }

    mutating func judgeFields() {
        var seen: Set<MSRPFieldName> = []
        for (index, field) in message.fields.enumerated() {
            let name = field.line[..<field.colon]
            let rest = field.line[field.colon...]
            if field.line.isEmpty {
                note(.fieldForm, in: index, "There is a blank line and no body after it.")
            } else if rest.isEmpty {
                note(.fieldForm, in: index, "The line has no colon.")
            } else if name.first?.isAlpha != true || !name.allSatisfy(\.isInToken) {
                note(.fieldForm, in: index, "“\(name.text)” is not the name of a field.")
            } else if !rest.starts(with: ": ".utf8) {
                note(.fieldForm, in: index, "A space must follow the colon.")
            }
            if !field.rawValue.isText {
                note(.fieldText, in: index, "The value of \(name.text) holds what is not text.")
            }
            if MSRPFieldName.single.contains(field.name), !seen.insert(field.name).inserted {
                note(.repeatedField, in: index, "\(name.text) occurs more than once.")
            }
        }
    }

    mutating func judgePaths() {
        let fields = message.fields
        if fields.first?.isNamed(.toPath) != true {
            note(.toPathFirst, at: offsets.first ?? end, "To-Path is not the first field.")
        }
        if fields.count < 2 || !fields[1].isNamed(.fromPath) {
            note(.fromPathSecond, at: offsets.count > 1 ? offsets[1] : end, "From-Path is not the second field.")
        }
        for (index, field) in fields.enumerated() where field.isNamed(.toPath) || field.isNamed(.fromPath) {
            let words = field.rawValue.dropFirst().split(separator: .space, omittingEmptySubsequences: false)
            if words.contains(where: \.isEmpty) {
                note(.pathForm, in: index, "The URIs of \(field.spelling) are not separated by single spaces.")
            }
            for uri in words where !uri.isEmpty {
                do throws(MSRPSyntaxError) {
                    _ = try MSRPURI(parsing: uri.text)
                } catch {
                    let place = offsets[index] + uri.startIndex + error.offset
                    let explanation = "“\(uri.text)” breaks the rule \(error.rule.rawValue)."
                    flaws.append(MSRPFlaw(.uri, field: field.spelling, offset: place, explanation))
                }
            }
        }
    }

    mutating func judgeResponse() {
        if message.body != nil { note(.responseBody, at: end, "A response has no body.") }
    }
}

extension MSRPFieldName {
    /// Fields that make a message contradict itself when they occur twice.
    fileprivate static let single: Set<MSRPFieldName> = [
        .toPath, .fromPath, .messageID, .successReport, .failureReport, .byteRange, .status, .contentType,
    ]
}

extension Collection<UInt8> {
    /// Whether the bytes are `ident`.
    var isIdentifier: Bool {
        (4...32).contains(count) && first?.isAlphanumeric == true && dropFirst().allSatisfy(\.isInIdentifier)
    }

    /// Whether the bytes are `utf8text`: UTF-8 without control characters but the tab.
    var isText: Bool {
        allSatisfy { !$0.isControl || $0 == .horizontalTab } && String(validating: self, as: UTF8.self) != nil
    }
}
