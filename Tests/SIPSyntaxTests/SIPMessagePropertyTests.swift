import Bytes
import SIPSyntax
import Testing

/// What must hold for every message, tried on many that a seed makes.
struct SIPMessagePropertyTests {
    static let seeds: [UInt64] = [1, 7, 42, 4711, 0xDEAD_BEEF]

    @Test(arguments: seeds) func `Reading what was written gives the message back`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let message = MessageMaker.message(&generator)
            #expect(try SIPMessage(parsing: message.serialized()) == message)
        }
    }

    @Test(arguments: seeds) func `Typed values are read as they were written`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let address = MessageMaker.address(&generator)
            #expect(try NameAddress(parsing: address.description) == address)
            let via = MessageMaker.via(&generator)
            #expect(try Via(parsing: via.description) == via)
            let uri = MessageMaker.uri(&generator)
            #expect(try SIPURI(parsing: uri.description) == uri)
        }
    }

    @Test(arguments: seeds) func `No input traps, and what is framed can be written and read`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            var bytes = MessageMaker.message(&generator).serialized()
            for _ in 0..<Int.random(in: 1...8, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0...2, using: &generator) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
                case 1: bytes.remove(at: place)
                default:
                    bytes.insert(
                        UInt8(ascii: "\r\n\t ;,<>\"\\:=".unicodeScalars.randomElement(using: &generator) ?? " "),
                        at: place)
                }
            }
            guard let message = try? SIPMessage(parsing: bytes) else { continue }
            _ = message.flaws()
            _ = try? message.vias()
            _ = try? message.contacts()
            #expect((try? SIPMessage(parsing: message.serialized())) != nil)
        }
    }
}

/// Makes messages of all shapes from a generator.
enum MessageMaker {
    static func message(_ generator: inout SeededGenerator) -> SIPMessage {
        let body = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
            UInt8.random(in: 0...255, using: &generator)
        }
        var message = SIPMessage(.message, uri: uri(&generator).description, body: body)
        for _ in 0..<Int.random(in: 1...3, using: &generator) { message.add(.via, via(&generator).description) }
        message.add(.from, address(&generator).description)
        message.add(.to, address(&generator).description)
        message.add(.callID, generator.token(length: 20))
        message.add(.cSeq, CSeq(.random(in: 0...UInt32.max, using: &generator), .message).description)
        message.add(SIPFieldName("X-" + generator.token(length: 5)), word(&generator))
        message.fields.append(SIPField(spelling: "s", value: word(&generator)))
        message.add(.contentLength, "\(body.count)")
        if Bool.random(using: &generator) {
            message.startLine = .response(status: .random(in: 100...699, using: &generator), reason: word(&generator))
        }
        return message
    }

    static func uri(_ generator: inout SeededGenerator) -> SIPURI {
        SIPURI(
            scheme: Bool.random(using: &generator) ? "sip" : "sips",
            user: Bool.random(using: &generator) ? generator.token(length: 6) : nil,
            host: generator.token(length: 4) + ".example",
            port: Bool.random(using: &generator) ? .random(in: 1...65535, using: &generator) : nil,
            parameters: parameters(&generator))
    }

    static func address(_ generator: inout SeededGenerator) -> NameAddress {
        NameAddress(
            displayName: Bool.random(using: &generator) ? word(&generator) : nil, uri: uri(&generator).description,
            parameters: parameters(&generator))
    }

    static func via(_ generator: inout SeededGenerator) -> Via {
        Via(
            transport: ["UDP", "TCP", "TLS"].randomElement(using: &generator) ?? "UDP",
            host: ["192.0.2.1", "[2001:db8::1]", "a.example"].randomElement(using: &generator) ?? "a.example",
            port: Bool.random(using: &generator) ? .random(in: 1...65535, using: &generator) : nil,
            parameters: [Parameter("branch", Via.magicCookie + generator.token(length: 8))])
    }

    private static func parameters(_ generator: inout SeededGenerator) -> [Parameter] {
        (0..<Int.random(in: 0...3, using: &generator)).map { index in
            Parameter("p\(index)", Bool.random(using: &generator) ? generator.token(length: 4) : nil)
        }
    }

    /// Text with the characters that quoting has to care for, and others than ASCII.
    private static func word(_ generator: inout SeededGenerator) -> String {
        let alphabet = Array("aB3 \\\"<>,;:@é漢")
        let text = (0..<Int.random(in: 1...12, using: &generator)).map { _ in
            alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
        }
        return "w" + String(text) + "w"
    }
}
