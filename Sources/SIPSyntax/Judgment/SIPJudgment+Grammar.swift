import Bytes

/// The judgment of each field by itself: its name, its text, and its grammar where that is known.
///
/// RFC 3261 §7.3.1, §25.1
extension SIPJudgment {
    mutating func judgeGrammar(of field: SIPField) {
        judgeName(of: field)
        guard let known = field.name.known else {
            judgeText(of: field, clause: SIPFlawRule.fieldText.clause)
            return
        }
        let definition = known.definition
        judgeText(of: field, clause: definition.clause)
        do throws(SIPSyntaxError) {
            switch definition.form {
            case .one(let type), .lines(let type):
                var scanner = field.scanner
                try judge(type, &scanner, in: field)
                scanner.skipWhitespace()
                if !scanner.isAtEnd { throw scanner.error(.headerValue) }
            case .list(let type):
                try judgeList(of: type, in: field)
            case .optionalList(let type):
                if !field.valueRange.isEmpty { try judgeList(of: type, in: field) }
            }
        } catch {
            note(
                .fieldGrammar, in: field, at: error.offset, clause: definition.clause,
                "The value of \(field.name) does not follow \(error.rule.rawValue).")
        }
    }

    private mutating func judgeList(
        of type: any SIPFieldValue.Type, in field: SIPField
    ) throws(SIPSyntaxError) {
        var scanner = field.scanner
        repeat {
            try judge(type, &scanner, in: field)
        } while scanner.takeSeparator(UInt8(ascii: ","))
        if !scanner.isAtEnd { throw scanner.error(.headerValue) }
    }

    private mutating func judge(
        _ type: any SIPFieldValue.Type, _ scanner: inout SIPScanner, in field: SIPField
    ) throws(SIPSyntaxError) {
        let value = try type.init(scanning: &scanner)
        judgeRepetition(in: value.parameters, of: field)
        if let address = value.nameAddress { addresses.append((field, address)) }
    }

    private mutating func judgeRepetition(in parameters: [Parameter], of field: SIPField) {
        guard parameters.count > 1 else { return }
        var names: Set<String> = []
        for parameter in parameters where !names.insert(parameter.name.lowercased()).inserted {
            note(.parameterRepeated, in: field, "\(field.name) has the parameter \(parameter.name) more than once.")
        }
    }

    private mutating func judgeName(of field: SIPField) {
        let name = bytes[field.nameRange]
        if let wrong = name.firstIndex(where: { !$0.isTokenCharacter }) {
            note(.fieldName, in: field, at: wrong, "A line is no header field: its name is not a token.")
        } else if name.isEmpty {
            note(.fieldName, in: field, "A header field has no name.")
        } else if !field.line.dropFirst(name.count).contains(UInt8(ascii: ":")) {
            note(.fieldName, in: field, "A line is no header field: it has no colon.")
        }
    }

    /// Control characters, and bytes that are no UTF-8.
    private mutating func judgeText(of field: SIPField, clause: String) {
        var scanner = field.scanner
        if field.name.known == nil, (try? scanner.textUTF8()) == nil {
            note(.fieldText, in: field, at: scanner.position, "\(field.name) has a control character in its value.")
        }
        let value = bytes[field.valueRange]
        if !value.isUTF8 {
            let offset = value.firstIndex { $0 >= 0x80 }
            note(.fieldText, in: field, at: offset, clause: clause, "\(field.name) is not UTF-8 text.")
        }
    }
}

extension ArraySlice<UInt8> {
    /// Whether the bytes are well-formed UTF-8.
    fileprivate var isUTF8: Bool {
        allSatisfy { $0 < 0x80 } || String(validating: self, as: UTF8.self) != nil
    }
}
