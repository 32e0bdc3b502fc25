import Bytes
import HTTPSyntax
import Testing

struct HTTPPropertyTests {
    static let seeds: [UInt64] = [1, 7, 42, 1_000_003]

    @Test(arguments: seeds)
    func `what is serialised is parsed to the same message`(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let message = generator.message()
            #expect(try HTTPMessage(parsing: message.serialized()) == message)
        }
    }

    @Test(arguments: seeds)
    func `a stream of messages comes out whatever the segments`(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let messages = (0..<100).map { _ in generator.message() }
        let stream = messages.flatMap { $0.serialized() }
        var framer = HTTPStreamFramer()
        var framed: [HTTPMessage] = []
        var start = 0
        while start < stream.count {
            let end = min(start + Int.random(in: 1...200, using: &generator), stream.count)
            framer.append(Array(stream[start..<end]))
            while let message = try framer.next() { framed.append(try HTTPMessage(parsing: message)) }
            start = end
        }
        #expect(framed == messages)
    }

    @Test(arguments: seeds)
    func `altered messages are read or refused, and what is read gives its bytes back`(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            var bytes = generator.message().serialized()
            for _ in 0...(generator.next() % 4) {
                let place = Int(generator.next() % UInt64(bytes.count))
                switch generator.next() % 3 {
                case 0: bytes[place] = UInt8(generator.next() & 0x7F)
                case 1: bytes.remove(at: place)
                default: bytes.insert(contentsOf: Array("\r\n".utf8), at: place)
                }
            }
            if let message = try? HTTPMessage(parsing: bytes) { #expect(message.serialized() == bytes) }
            var framer = HTTPStreamFramer()
            framer.append(bytes)
            while let message = try? framer.next() { #expect((try? HTTPMessage(parsing: message)) != nil) }
        }
    }
}

extension SeededGenerator {
    /// A request or a response, with content of any bytes, in chunks or with its length, or without any.
    mutating func message() -> HTTPMessage {
        let content = (0..<Int(next() % 300)).map { _ in UInt8(next() & 0xFF) }
        let fields = (0..<Int(next() % 5)).map { _ in
            HTTPField(HTTPFieldName("X-" + token(length: 4)), token(length: Int(next() % 20) + 1))
        }
        switch next() % 4 {
        case 0: return HTTPMessage("GET", "/" + token(length: 8), fields: fields)
        case 1: return HTTPMessage("PUT", "/" + token(length: 8), fields: fields, content: content)
        case 2: return HTTPMessage(next().isMultiple(of: 2) ? .ok : .conflict, fields: fields, content: content)
        default:
            var message = HTTPMessage("PUT", "/", fields: fields + [HTTPField(.transferEncoding, "chunked")])
            var rest = content[...]
            while !rest.isEmpty {
                let chunk = rest.prefix(Int(next() % 50) + 1)
                message.body += Array("\(String(chunk.count, radix: 16))\r\n".utf8) + chunk + Array("\r\n".utf8)
                rest = rest.dropFirst(chunk.count)
            }
            message.body += Array("0\r\n\r\n".utf8)
            return message
        }
    }
}
