import Bytes

/// Cuts a byte stream into messages, however the transport cut it.
///
/// A message without Content-Length ends with its empty line. After an error there is no way back into step: the
/// same error is thrown again.
///
/// RFC 3261 §18.3
package struct SIPStreamFramer: Sendable {
    private var buffer: [UInt8] = []

    /// Where the first byte that is not yet given away lies.
    private var start = 0

    /// Up to where the empty line has been looked for.
    private var searched = 0

    /// Where the message ends, once its head is complete.
    private var end: Int?

    private var failure: SIPSyntaxError?

    package init() {}

    /// Bytes that wait for the rest of their message.
    package var pending: ArraySlice<UInt8> { buffer[start...] }

    package mutating func append(_ bytes: [UInt8]) {
        if failure == nil { buffer += bytes }
    }

    /// The bytes of the next whole message, or nil until more have come.
    package mutating func next() throws(SIPSyntaxError) -> [UInt8]? {
        if let failure { throw failure }
        do throws(SIPSyntaxError) {
            return try nextMessage()
        } catch {
            failure = error
            throw error
        }
    }

    private mutating func nextMessage() throws(SIPSyntaxError) -> [UInt8]? {
        if end == nil {
            skipKeepAlives()
            guard let bodyStart = try endOfHead() else { return nil }
            end = bodyStart + (try contentLength(head: start..<bodyStart))
        }
        guard let end, end <= buffer.count else { return nil }
        let message = Array(buffer[start..<end])
        start = end
        searched = end
        self.end = nil
        dropGivenAway()
        return message
    }

    /// RFC 3261 §7.5: line ends before the start line are passed over.
    private mutating func skipKeepAlives() {
        guard searched == start else { return }
        while start < buffer.count, buffer[start] == .carriageReturn || buffer[start] == .lineFeed { start += 1 }
        searched = start
        dropGivenAway()
    }

    private mutating func endOfHead() throws(SIPSyntaxError) -> Int? {
        while searched < buffer.count {
            if buffer[searched] == .lineFeed, searched > start {
                let previous = buffer[searched - 1]
                let before = searched - 2 >= start ? buffer[searched - 2] : 0
                if previous == .lineFeed || previous == .carriageReturn && before == .lineFeed {
                    searched += 1
                    return searched
                }
            }
            searched += 1
            if searched - start > SIPLimits.headerBytes { throw SIPSyntaxError(.message, at: searched - start) }
        }
        return nil
    }

    /// What the Content-Length fields say, which must be one and the same number.
    private func contentLength(head: Range<Int>) throws(SIPSyntaxError) -> Int {
        var lines = SIPLines(Array(buffer[head]))
        _ = try lines.start()
        var length: Int?
        while let field = try lines.field() {
            guard field.known == .contentLength else { continue }
            var scanner = field.scanner
            let offset = scanner.position
            let value: Int = try scanner.number(.contentLength)
            guard scanner.isAtEnd, value <= SIPLimits.bodyBytes, length == nil || length == value else {
                throw SIPSyntaxError(.contentLength, at: offset)
            }
            length = value
        }
        return length ?? 0
    }

    private mutating func dropGivenAway() {
        guard start == buffer.count || start > 64 * 1024 else { return }
        buffer.removeFirst(start)
        searched -= start
        start = 0
    }
}
