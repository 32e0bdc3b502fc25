import MSRP
import Network
import SIPSyntax

/// Puts the parts of a record one behind the other: each with its length before it, numbers as their eight bytes.
struct JournalWriter {
    private(set) var bytes: [UInt8] = []

    mutating func write(_ number: Int64) {
        withUnsafeBytes(of: number.littleEndian) { bytes += $0 }
    }

    mutating func write(_ count: Int) { write(Int64(count)) }

    mutating func write(_ time: Instant) { write(time.nanoseconds) }

    mutating func write(_ part: some Collection<UInt8>) {
        write(part.count)
        bytes += part
    }

    mutating func write(_ text: String) { write(text.utf8) }

    mutating func write<Value>(_ value: Value?, _ body: (inout JournalWriter, Value) -> Void) {
        write(value == nil ? 0 : 1)
        if let value { body(&self, value) }
    }

    mutating func write<Value>(_ values: [Value], _ body: (inout JournalWriter, Value) -> Void) {
        write(values.count)
        for value in values { body(&self, value) }
    }

    mutating func write(_ message: SIPMessage) {
        switch message.startLine {
        case .request(let method, let uri):
            write(0)
            write(method.name)
            write(uri)
        case .response(let status, let reason):
            write(status)
            write(reason)
        }
        write(message.version)
        write(message.fields) { writer, field in
            writer.write(field.spelling)
            writer.write(field.value)
        }
        write(message.body)
    }

    mutating func write(_ message: MSRPMessage) {
        write(message.transactionID)
        switch message.startLine {
        case .request(let method):
            write(0)
            write(method)
        case .response(let status, let comment):
            write(status)
            write(comment) { $0.write($1) }
        }
        write(message.fields) { $0.write($1.line) }
        write(message.body) { $0.write($1) }
        write(Int(message.continuation.rawValue))
    }
}
