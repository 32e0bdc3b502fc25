import Bytes

/// The bytes of a connection, cut into requests or responses.
///
/// RFC 9112 §6. Once bytes cannot be a message there is no telling where the next one begins, and every call throws.
package struct HTTPStreamFramer: Sendable {
    /// How much of one message the framer holds before it gives up.
    package struct Limits: Sendable, Equatable {
        /// Bytes of start-line and fields.
        package var header: Int
        /// Bytes of the body as it is on the wire.
        package var body: Int

        package init(header: Int = 32_768, body: Int = 4 << 20) {
            self.header = header
            self.body = body
        }
    }

    private enum State: Sendable {
        case head
        /// A body that begins and ends there.
        case body(Range<Int>)
        /// A body that begins there.
        case chunks(ChunkedBody, start: Int)
        /// A body that the end of the connection ends.
        case untilClose(start: Int)
        case failed(HTTPSyntaxError)
    }

    private let limits: Limits
    private var state = State.head
    private var buffer: [UInt8] = []
    /// Where the current message begins in the buffer.
    private var start = 0
    /// Up to where the end of the head has been looked for.
    private var searched = 0
    /// The methods of the requests that responses are awaited for, oldest first.
    private var expected: [String] = []

    package init() {
        self.init(limits: Limits())
    }

    package init(limits: Limits) {
        self.limits = limits
    }

    /// The bytes received and not yet returned as part of a message.
    package var remaining: ArraySlice<UInt8> { buffer[start...] }

    /// The message whose content is still to come: its start-line and fields.
    package var head: HTTPMessage? {
        switch state {
        case .head, .failed: nil
        case .body(let range): try? HTTPMessage(head: buffer[start..<range.lowerBound])
        case .chunks(_, let body), .untilClose(let body): try? HTTPMessage(head: buffer[start..<body])
        }
    }

    /// Notes that a request of this method has been sent, whose response may come on this connection.
    package mutating func expectResponse(to method: String) {
        expected.append(method)
    }

    package mutating func append(_ bytes: [UInt8]) {
        if case .failed = state { return }
        if start > 0, start == buffer.count || start > buffer.count / 2 { dropGivenAway() }
        buffer += bytes
    }

    /// The bytes of the next whole message, or nil while it is incomplete.
    package mutating func next() throws(HTTPSyntaxError) -> [UInt8]? {
        do throws(HTTPSyntaxError) {
            return try advance()
        } catch {
            state = .failed(error)
            throw error
        }
    }

    /// The message that ends with the connection, if there is one.
    package mutating func finish() throws(HTTPSyntaxError) -> [UInt8]? {
        if let message = try next() { return message }
        switch state {
        case .head where start == buffer.count: return nil
        case .untilClose: return taken(to: buffer.count)
        case .head, .body, .chunks, .failed: throw HTTPSyntaxError(.message, at: buffer.count - start)
        }
    }

    private mutating func advance() throws(HTTPSyntaxError) -> [UInt8]? {
        while true {
            switch state {
            case .head:
                guard try readHead() else { return nil }
            case .body(let range):
                return buffer.count < range.upperBound ? nil : taken(to: range.upperBound)
            case .chunks(var chunks, let body):
                // Free while it is changed, so that the list of chunks is not copied for each segment.
                state = .untilClose(start: body)
                let isComplete = try read(&chunks, from: body)
                if isComplete { return taken(to: body + chunks.offset) }
                state = .chunks(chunks, start: body)
                return nil
            case .untilClose(let body):
                try checkBody(buffer.count - body, from: body)
                return nil
            case .failed(let error):
                throw error
            }
        }
    }

    private mutating func readHead() throws(HTTPSyntaxError) -> Bool {
        // §2.2: blank lines before a message are passed over.
        while searched <= start, remaining.starts(with: [.carriageReturn, .lineFeed]) {
            start += 2
            searched = start
        }
        let end = buffer.endOfHead(from: start, searched: searched)
        guard (end ?? buffer.count) - start <= limits.header else {
            throw HTTPSyntaxError(.headerLimit, at: limits.header)
        }
        guard let end else {
            // One CR alone may yet be the beginning of a blank line.
            if !remaining.isEmpty, !remaining.elementsEqual([.carriageReturn]) { searched = buffer.count }
            return false
        }
        let head = try HTTPMessage(head: buffer[start..<end])
        switch try BodyLength(of: head, requestMethod: requestMethod(for: head), offset: end - start) {
        case .bytes(let length):
            try checkBody(length, from: end)
            state = .body(end..<end + length)
        case .chunked:
            state = .chunks(ChunkedBody(), start: end)
        case .untilClose:
            state = .untilClose(start: end)
        }
        return true
    }

    /// The method that a response answers; provisional ones answer nothing yet.
    private mutating func requestMethod(for head: HTTPMessage) -> String? {
        guard let status = head.status, status >= 200, !expected.isEmpty else { return nil }
        return expected.removeFirst()
    }

    private func read(_ chunks: inout ChunkedBody, from body: Int) throws(HTTPSyntaxError) -> Bool {
        do throws(HTTPSyntaxError) {
            let isComplete = try chunks.read(buffer[body...])
            try checkBody(isComplete ? chunks.offset : buffer.count - body, from: body)
            return isComplete
        } catch {
            throw HTTPSyntaxError(error.rule, at: error.rule == .bodyLimit ? error.offset : body - start + error.offset)
        }
    }

    private func checkBody(_ count: Int, from body: Int) throws(HTTPSyntaxError) {
        guard count <= limits.body else { throw HTTPSyntaxError(.bodyLimit, at: body - start + limits.body) }
    }

    private mutating func taken(to end: Int) -> [UInt8] {
        let message = Array(buffer[start..<end])
        start = end
        searched = end
        state = .head
        return message
    }

    private mutating func dropGivenAway() {
        buffer.removeSubrange(..<start)
        searched -= start
        switch state {
        case .head, .failed: break
        case .body(let range): state = .body(range.lowerBound - start..<range.upperBound - start)
        case .chunks(let chunks, let body): state = .chunks(chunks, start: body - start)
        case .untilClose(let body): state = .untilClose(start: body - start)
        }
        start = 0
    }
}
