import Bytes
import MSRP
import Network
import SIPSyntax

/// Takes the parts of a record apart again.
struct JournalReader {
    /// The bytes are no record.
    struct Failure: Error {}

    private var cursor: ByteCursor

    init(_ bytes: [UInt8]) {
        cursor = ByteCursor(bytes)
    }

    var isAtEnd: Bool { cursor.isAtEnd }

    mutating func number() throws(Failure) -> Int64 {
        guard let bytes = cursor.take(count: 8) else { throw Failure() }
        return Int64(bitPattern: bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) })
    }

    mutating func count() throws(Failure) -> Int {
        guard let count = Int(exactly: try number()), count >= 0 else { throw Failure() }
        return count
    }

    mutating func time() throws(Failure) -> Instant { Instant(nanoseconds: try number()) }

    mutating func bytes() throws(Failure) -> [UInt8] {
        guard let bytes = cursor.take(count: try count()) else { throw Failure() }
        return Array(bytes)
    }

    mutating func text() throws(Failure) -> String {
        guard let text = String(validating: try bytes(), as: UTF8.self) else { throw Failure() }
        return text
    }

    mutating func optional<Value>(_ body: (inout JournalReader) throws(Failure) -> Value) throws(Failure) -> Value? {
        switch try number() {
        case 0: return nil
        case 1: return try body(&self)
        case _: throw Failure()
        }
    }

    mutating func list<Value>(_ body: (inout JournalReader) throws(Failure) -> Value) throws(Failure) -> [Value] {
        var values: [Value] = []
        // No room is made beforehand: the count may be wrong.
        for _ in 0..<(try count()) { values.append(try body(&self)) }
        return values
    }

    mutating func sipMessage() throws(Failure) -> SIPMessage {
        let status = try count()
        let startLine: SIPMessage.StartLine =
            status == 0
            ? .request(SIPMethod(try text()), uri: try text()) : .response(status: status, reason: try text())
        var message = SIPMessage(.message, uri: "")
        message.startLine = startLine
        message.version = try text()
        message.fields = try list { (reader) throws(Failure) in
            SIPField(spelling: try reader.text(), value: try reader.text())
        }
        message.body = try bytes()
        return message
    }

    mutating func msrpMessage() throws(Failure) -> MSRPMessage {
        let transactionID = try text()
        let status = try count()
        let startLine: MSRPMessage.StartLine =
            status == 0
            ? .request(method: try text())
            : .response(status: status, comment: try optional { (reader) throws(Failure) in try reader.text() })
        var message = MSRPMessage(transactionID: transactionID, startLine, toPath: [], fromPath: [])
        message.fields = try list { (reader) throws(Failure) in MSRPField(line: try reader.bytes()) }
        message.body = try optional { (reader) throws(Failure) in try reader.bytes() }
        guard let flag = UInt8(exactly: try number()), let continuation = MSRPMessage.Continuation(rawValue: flag)
        else {
            throw Failure()
        }
        message.continuation = continuation
        return message
    }
}
