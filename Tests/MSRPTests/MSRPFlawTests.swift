import MSRP
import Testing

struct MSRPFlawTests {
    @Test(arguments: MSRPFlaw.Rule.allCases)
    func `every rule has a message that breaks it`(_ rule: MSRPFlaw.Rule) {
        #expect(MessageVector.all.contains { $0.flaws.contains(rule.rawValue) })
    }

    @Test(arguments: MessageVector.all)
    func `a flaw names its clause, its place in the message and a sentence`(_ vector: MessageVector) throws {
        for flaw in try MSRPMessage(parsing: vector.bytes).flaws() {
            #expect(flaw.clause.hasPrefix("RFC 4975 §"))
            #expect(flaw.explanation.hasSuffix("."))
            #expect((0..<vector.bytes.count).contains(flaw.offset))
            guard let field = flaw.field else { continue }
            let line = vector.bytes[flaw.offset...].prefix { $0 != 0x0D }
            #expect(line.starts(with: field.utf8) || flaw.rule == .uri)
        }
    }

    @Test func `the flaw of an address points into the address`() throws {
        let text = "MSRP d93kswow 200 OK\r\nTo-Path: msrp://a/b;tcp msrp://h:1/s\r\nFrom-Path: msrp://c/d;tcp\r\n"
        let message = try MSRPMessage(parsing: Array((text + "-------d93kswow$\r\n").utf8))
        let flaw = try #require(message.flaws().first)
        #expect(flaw.rule == .uri)
        #expect(String(decoding: Array(text.utf8)[..<flaw.offset], as: UTF8.self).hasSuffix("msrp://h:1/s"))
    }

    @Test func `a chunk that was interrupted may be shorter than announced only when its range is open`() throws {
        func flaws(_ range: String) throws -> [MSRPFlaw.Rule] {
            let text = """
                MSRP d93kswow SEND\r\nTo-Path: msrp://a/b;tcp\r\nFrom-Path: msrp://c/d;tcp\r\nMessage-ID: 12339sdqwer\r
                Byte-Range: \(range)\r\nContent-Type: text/plain\r\n\r\nHi\r\n-------d93kswow+\r\n
                """
            return try MSRPMessage(parsing: Array(text.utf8)).flaws().map(\.rule)
        }
        #expect(try flaws("1-*/8") == [])
        #expect(try flaws("1-8/8") == [.byteRangeLength])
    }
}
