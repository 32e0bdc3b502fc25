/// A way to be wrong on purpose.
package enum MSRPAlteration: Sendable, Equatable {
    /// Alters every message with this method or status code, such as `SEND` or `200`, on its way out.
    case alter(String, Change)
    /// Answers REPORT requests, which RFC 4975 §7.1.2 forbids.
    case answerReports

    package enum Change: Sendable, Equatable {
        /// Replaces every occurrence of the field by one, or adds it.
        case set(MSRPFieldName, String)
        case omit(MSRPFieldName)
        /// Moves the Byte-Range this many bytes on.
        case shiftByteRange(Int)
        /// Claims that the message is this many bytes longer than it is.
        case stretchTotal(Int)
        case body([UInt8]?)
        case continuation(MSRPMessage.Continuation)
        /// Sends the message this many times; none when 0.
        case `repeat`(Int)
        /// Sends these bytes instead.
        case raw([UInt8])
    }
}

extension [MSRPAlteration] {
    /// The bytes to write in place of a message, once for each time it is to be sent.
    func composing(_ message: MSRPMessage) -> [[UInt8]] {
        let kind = message.method ?? message.status.map(String.init)
        var message = message
        var copies = 1
        var raw: [UInt8]?
        for case .alter(kind, let change) in self {
            switch change {
            case .set(let name, let value): message.set(name, value)
            case .omit(let name): message.remove(name)
            case .shiftByteRange(let distance): message.shiftByteRange(by: distance)
            case .stretchTotal(let distance): message.stretchTotal(by: distance)
            case .body(let body): message.body = body
            case .continuation(let continuation): message.continuation = continuation
            case .repeat(let count): copies = count
            case .raw(let bytes): raw = bytes
            }
        }
        return [[UInt8]](repeating: raw ?? message.serialized(), count: Swift.max(0, copies))
    }
}

extension MSRPMessage {
    fileprivate mutating func shiftByteRange(by distance: Int) {
        guard var range = byteRange else { return }
        range.start = Swift.max(0, range.start + distance)
        range.end = range.end.map { Swift.max(0, $0 + distance) }
        set(.byteRange, range.description)
    }

    fileprivate mutating func stretchTotal(by distance: Int) {
        guard var range = byteRange else { return }
        range.total = range.total.map { Swift.max(0, $0 + distance) }
        set(.byteRange, range.description)
    }
}
