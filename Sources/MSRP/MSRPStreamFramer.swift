import Bytes

/// The bytes of a connection, cut into requests and responses.
///
/// The end of each is the end-line with its own transaction identifier, wherever the segments end (RFC 4975 §5.1).
package struct MSRPStreamFramer: Sendable {
    /// How much of one message the framer holds before it gives up.
    package struct Limits: Sendable, Equatable {
        /// Bytes of start-line and header fields.
        package var header: Int
        /// Bytes of one request or response, from the start-line to the end-line.
        package var chunk: Int

        package init(header: Int = 16_384, chunk: Int = 64 << 20) {
            self.header = header
            self.chunk = chunk
        }
    }

    private enum State: Sendable {
        /// Before the end of the start-line.
        case startLine
        /// Among the header fields; the current line begins at `line`.
        case header(EndLine, line: Int)
        case body(EndLine)
        case failed(MSRPSyntaxError)
    }

    private let limits: Limits
    private var state = State.startLine
    private var buffer: [UInt8] = []
    /// Where the current message begins in the buffer.
    private var start = 0
    /// Up to where the current state has looked.
    private var examined = 0

    package init() {
        self.init(limits: Limits())
    }

    package init(limits: Limits) {
        self.limits = limits
    }

    /// The bytes received and not yet returned as part of a message.
    package var remaining: ArraySlice<UInt8> { buffer[start...] }

    package mutating func append(_ bytes: [UInt8]) {
        if start > 0, start == buffer.count || start > buffer.count / 2 {
            buffer.removeSubrange(..<start)
            examined -= start
            if case .header(let endLine, let line) = state { state = .header(endLine, line: line - start) }
            start = 0
        }
        buffer.append(contentsOf: bytes)
    }

    /// The bytes of the next whole message, or nil while it is incomplete.
    ///
    /// Once bytes cannot be the start of a message there is no telling where the next one begins, and every call throws.
    package mutating func next() throws(MSRPSyntaxError) -> [UInt8]? {
        do throws(MSRPSyntaxError) {
            guard let end = try advance() else {
                guard buffer.count - start <= limits.chunk else {
                    throw MSRPSyntaxError(.sizeLimit, at: limits.chunk)
                }
                return nil
            }
            guard fits(end, limits.chunk) else { throw MSRPSyntaxError(.sizeLimit, at: limits.chunk) }
            let message = Array(buffer[start..<end])
            start = end
            examined = end
            state = .startLine
            return message
        } catch {
            state = .failed(error)
            throw error
        }
    }

    /// Moves through the states as far as the bytes allow and returns where the message ends.
    private mutating func advance() throws(MSRPSyntaxError) -> Int? {
        while true {
            switch state {
            case .startLine:
                guard let endLine = try readStartLine() else { return nil }
                state = .header(endLine, line: examined)
            case .header(let endLine, let line):
                guard let lineEnd = nextLineEnd() else {
                    state = .header(endLine, line: line)
                    guard buffer.count - start <= limits.header else {
                        throw MSRPSyntaxError(.headers, at: line - start)
                    }
                    return nil
                }
                guard fits(lineEnd, limits.header) else { throw MSRPSyntaxError(.headers, at: line - start) }
                if case .found(_, _, let end) = match(endLine, at: line - 2), end == lineEnd { return end }
                if lineEnd == line + 2 {
                    state = .body(endLine)
                    examined = line
                } else {
                    state = .header(endLine, line: lineEnd)
                }
            case .body(let endLine):
                switch buffer.withUnsafeBufferPointer({ endLine.search($0, from: examined) }) {
                case .found(_, _, let end):
                    return end
                case .absent(let resume):
                    examined = resume
                    return nil
                }
            case .failed(let error):
                throw error
            }
        }
    }

    private mutating func readStartLine() throws(MSRPSyntaxError) -> EndLine? {
        let prefix: StaticString = "MSRP "
        for index in 0..<min(prefix.utf8CodeUnitCount, buffer.count - start)
        where buffer[start + index] != prefix.utf8Start[index] {
            throw MSRPSyntaxError(.start, at: index)
        }
        guard let end = nextLineEnd() else {
            guard buffer.count - start <= limits.header else { throw MSRPSyntaxError(.start, at: limits.header) }
            return nil
        }
        guard fits(end, limits.header) else { throw MSRPSyntaxError(.start, at: limits.header) }
        let rest = buffer[(start + 5)..<(end - 2)]
        let identifier = rest.prefix { $0 != .space }
        guard !identifier.isEmpty, identifier.endIndex < rest.endIndex else {
            throw MSRPSyntaxError(.transactionID, at: 5)
        }
        return EndLine(transactionID: identifier)
    }

    /// Whether what ends there had been held up to its last byte, so that segments make no difference to what is refused.
    private func fits(_ end: Int, _ limit: Int) -> Bool { end - start - 1 <= limit }

    private func match(_ endLine: EndLine, at offset: Int) -> EndLine.Match {
        buffer.withUnsafeBufferPointer { endLine.match($0, at: offset) }
    }

    /// The offset after the next CRLF, from where the last look ended.
    private mutating func nextLineEnd() -> Int? {
        let found = buffer.withUnsafeBufferPointer { bytes -> Int? in
            var index = max(examined, start + 1)
            while index < bytes.count {
                if bytes[index] == .lineFeed, bytes[index - 1] == .carriageReturn { return index + 1 }
                index += 1
            }
            return nil
        }
        examined = found ?? buffer.count
        return found
    }
}
