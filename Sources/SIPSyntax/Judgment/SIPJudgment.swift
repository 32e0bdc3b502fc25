/// One message under judgment, and what has been found so far.
struct SIPJudgment {
    let message: SIPMessage
    let bytes: [UInt8]
    let framing: SIPFraming
    let startLine: Range<Int>

    /// From the start line to the end of the empty line.
    let head: Range<Int>

    private var found: [SIPFlaw] = []

    /// The addresses whose grammar is right, with the fields that they stand in.
    var addresses: [(field: SIPField, address: NameAddress)] = []

    init(of message: SIPMessage, over framing: SIPFraming) {
        self.message = message
        self.framing = framing
        bytes = message.received ?? []
        var lines = SIPLines(bytes)
        lines.skipEmptyLines()
        let start = lines.position
        startLine = (try? lines.start()) ?? start..<start
        while (try? lines.field()) != nil {}
        head = start..<lines.position
    }

    mutating func flaws() -> [SIPFlaw] {
        judgeStartLine()
        judgeLineEnds()
        for field in message.fields { judgeGrammar(of: field) }
        judgeOccurrence()
        judgePresence()
        judgeBody()
        judgeTransactionFields()
        judgeTags()
        judgeAddresses()
        judgeContacts()
        judgeExtensions()
        return found.sorted { $0.offset < $1.offset }
    }

    mutating func note(
        _ rule: SIPFlawRule, in field: SIPField? = nil, at offset: Int? = nil, clause: String? = nil,
        _ explanation: String
    ) {
        found.append(
            SIPFlaw(rule, field: field?.name, at: offset ?? field?.offset ?? 0, clause: clause, explanation))
    }

    /// Notes that a field is not there; the place is the end of the head.
    mutating func noteMissing(_ name: SIPFieldName, clause: String, _ explanation: String) {
        found.append(SIPFlaw(.fieldMissing, field: name, at: endOfHead, clause: clause, explanation))
    }

    /// Where the empty line is.
    var endOfHead: Int { message.fields.last.map { $0.offset + $0.line.count } ?? 0 }

    /// The method of a request, or the one that a response says it answers.
    var method: SIPMethod? {
        if let method = message.method { return method }
        return (try? message.cSeq())?.method
    }

    func fields(_ name: SIPFieldName) -> [SIPField] {
        message.fields.filter { $0.name == name }
    }
}

extension SIPField {
    /// Where the line begins in the message.
    var offset: Int { nameRange.lowerBound }
}
