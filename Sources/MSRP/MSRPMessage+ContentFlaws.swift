import Bytes

/// Judgment of what SEND and REPORT say about a message and its bytes.
extension MSRPMessage.Judgment {
    mutating func judgeSend() {
        judgeMessageID()
        judgeValue(of: .successReport, .successReportValue, among: ["yes", "no"])
        judgeValue(of: .failureReport, .failureReportValue, among: ["yes", "no", "partial"])
        // A first chunk may lack it, and that a chunk is not the first shows in nothing else.
        guard let field = index(of: .byteRange), let range = judgeByteRangeForm(field) else { return }
        judgeConsistency(of: range, in: field)
    }

    mutating func judgeReport() {
        judgeMessageID()
        if let field = index(of: .byteRange) {
            if let range = judgeByteRangeForm(field) { judgeOrder(of: range, in: field) }
        } else if message.statusHeader?.status == 200 {
            note(.byteRangeMissing, at: end, "A REPORT of success says which bytes have arrived.")
        }
        for name in [MSRPFieldName.successReport, .failureReport] {
            guard let field = index(of: name) else { continue }
            note(.reportOnReport, in: field, "A REPORT asks for no reports.")
        }
        guard let field = index(of: .status) else {
            note(.statusMissing, at: end, "A REPORT has a Status.")
            return
        }
        let value = message.fields[field].value
        if StatusHeader(value) == nil {
            note(.statusForm, in: field, "“\(value)” is not a namespace and a status of three digits each.")
        }
    }

    mutating func judgeContent() {
        let type = index(of: .contentType)
        if message.body != nil, message.method != nil, type == nil {
            note(.contentTypeMissing, at: end, "There is a body and no Content-Type.")
        }
        guard let type else { return }
        if message.body == nil {
            note(.contentWithoutBody, in: type, "There is a Content-Type and no body.")
        } else if type != message.fields.count - 1 {
            note(.contentTypeLast, in: type, "Content-Type is not the last field before the body.")
        }
        let value = message.fields[type].value
        if !Array(value.utf8).isMediaType {
            note(.contentTypeForm, in: type, "“\(value)” is not a media type.")
        }
    }

    private mutating func judgeMessageID() {
        guard let field = index(of: .messageID) else {
            note(.messageIDMissing, at: end, "There is no Message-ID.")
            return
        }
        let value = message.fields[field].value
        if !value.utf8.isIdentifier {
            note(.messageIDForm, in: field, "“\(value)” is not 4 to 32 letters, digits and . - + % =.")
        }
    }

    private mutating func judgeValue(
        of name: MSRPFieldName, _ rule: MSRPFlaw.Rule, among values: [String]
    ) {
        guard let field = index(of: name) else { return }
        let value = message.fields[field].value
        if !values.contains(value.lowercased()) {
            note(rule, in: field, "“\(value)” is none of \(values.joined(separator: ", ")).")
        }
    }

    private mutating func judgeByteRangeForm(_ field: Int) -> ByteRange? {
        let value = message.fields[field].value
        let range = ByteRange(value)
        if range == nil { note(.byteRangeForm, in: field, "“\(value)” is not start-end/total.") }
        return range
    }

    /// Judges whether 1 ≤ start ≤ end + 1 and end ≤ total.
    private mutating func judgeOrder(of range: ByteRange, in field: Int) {
        if range.start < 1 {
            note(.byteRangeOrder, in: field, "The first byte of a message is number 1.")
        }
        if let end = range.end, end < range.start - 1 {
            note(.byteRangeOrder, in: field, "The range \(range) ends before it starts.")
        }
        if let end = range.end, let total = range.total, end > total {
            note(.byteRangeOrder, in: field, "The range \(range) ends after the message.")
        }
    }

    private mutating func judgeConsistency(of range: ByteRange, in field: Int) {
        judgeOrder(of: range, in: field)
        let length = message.body?.count ?? 0
        let last = range.start - 1 + length
        if let announced = range.end, announced != last, message.continuation != .aborted {
            note(.byteRangeLength, in: field, "The range \(range) has not the \(length) bytes of the body.")
        }
        if let total = range.total {
            if last > total {
                note(.byteRangeTotal, in: field, "The body ends at byte \(last) of a message of \(total).")
            } else if last < total, message.continuation == .complete {
                note(.byteRangeTotal, in: field, "The message of \(total) bytes is said to end at byte \(last).")
            }
        }
        if length > 2048, range.end != nil {
            note(.interruptible, in: field, "A chunk of more than 2048 bytes needs a range that ends in *.")
        }
    }
}

extension [UInt8] {
    /// Whether the bytes are `media-type`.
    fileprivate var isMediaType: Bool {
        var cursor = ByteCursor(self)
        guard !cursor.take(while: \.isInToken).isEmpty, cursor.take(UInt8(ascii: "/")),
            !cursor.take(while: \.isInToken).isEmpty
        else { return false }
        while !cursor.isAtEnd {
            _ = cursor.take(while: \.isWhitespace)
            guard cursor.take(UInt8(ascii: ";")) else { return false }
            _ = cursor.take(while: \.isWhitespace)
            guard !cursor.take(while: \.isInToken).isEmpty else { return false }
            guard cursor.take(UInt8(ascii: "=")) else { continue }
            guard cursor.takeQuotedString() || !cursor.take(while: \.isInToken).isEmpty else { return false }
        }
        return true
    }
}

extension ByteCursor {
    /// Consumes a `quoted-string`; an unfinished one is consumed as well and counts as none.
    fileprivate mutating func takeQuotedString() -> Bool {
        guard take(.doubleQuote) else { return false }
        while let byte = take() {
            if byte == .doubleQuote { return true }
            if byte == UInt8(ascii: "\\"), take() == nil { return false }
        }
        return false
    }
}
