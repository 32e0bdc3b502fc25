import Bytes
import Foundation
import SIPSyntax
import Testing

/// The strict judgment: conformant messages, and each of them spoilt in one way.
struct FlawTests {
    struct Fixture: Decodable {
        /// Conformant messages as lines, which CRLF joins.
        let bases: [String: [String]]
        let cases: [Case]
    }

    struct Case: Decodable, CustomTestStringConvertible {
        let name: String
        let base: String

        /// Pairs of a text in the base, found once, and what takes its place.
        let edits: [[String]]
        let flaws: [String]
        let framing: String?

        var testDescription: String { "\(base): \(name)" }

        func bytes() throws -> [UInt8] {
            var text = try #require(fixture.bases[base]).joined(separator: "\r\n")
            for edit in edits {
                let range = try #require(text.range(of: edit[0]))
                text.replaceSubrange(range, with: edit[1])
            }
            return Array(text.utf8)
        }
    }

    static let fixture =
        (try? Fixtures.decoded("sip/vectors/flaws.json", as: Fixture.self)) ?? Fixture(bases: [:], cases: [])

    @Test(arguments: fixture.cases) func `A message has the flaws that its case says and no others`(
        _ flawed: Case
    ) throws {
        let message = try SIPMessage(parsing: flawed.bytes())
        let flaws = message.flaws(over: flawed.framing == "stream" ? .stream : .datagram)
        #expect(flaws.map(\.rule.rawValue) == flawed.flaws, "\(flaws.map(\.explanation))")
    }

    @Test func `Every rule is broken by a case`() {
        let broken = Set(Self.fixture.cases.flatMap(\.flaws))
        let known = Set(SIPFlawRule.allCases.map(\.rawValue))
        #expect(known.subtracting(broken) == ["framing"])
        #expect(broken.subtracting(known).isEmpty)
    }

    @Test func `A flaw names its field, its byte, its clause and what is wrong`() throws {
        let mismatch = try #require(Self.fixture.cases.first { $0.flaws == ["cseq.method"] })
        let bytes = try mismatch.bytes()
        let flaw = try #require(SIPMessage(parsing: bytes).flaws().first)
        #expect(flaw.field == .cSeq)
        #expect(bytes[flaw.offset...].starts(with: "CSeq".utf8))
        #expect(flaw.clause == "RFC 3261 §8.1.1.5")
        #expect(flaw.explanation == "CSeq says INVITE, and the method is MESSAGE.")
    }

    @Test func `A composed message is judged as it would be written`() {
        let message = SIPMessage(
            .message, uri: "sip:bob@domain.example", fields: [SIPField(.via, "SIP/2.0/UDP host;branch=1")])
        #expect(message.flaws().map(\.rule).contains(.viaBranch))
        let broken = SIPMessage(.message, uri: "")
        #expect(broken.flaws().map(\.rule) == [.framing])
    }

    @Test func `A message that is changed is judged anew`() throws {
        let good = try #require(Self.fixture.cases.first { $0.base == "MESSAGE" && $0.flaws.isEmpty })
        var message = try SIPMessage(parsing: good.bytes())
        message.set(.cSeq, "1 INVITE")
        #expect(message.flaws().map(\.rule) == [.cSeqMethod])
    }
}
