import Bytes
import Conformance
import Network
import Reporting
import Testing

@Suite struct WordsTests {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000000000Z"), (1_787_322_600_123_456_789, "2026-08-21T14:30:00.123456789Z"),
        (951_782_400_000_000_000, "2000-02-29T00:00:00.000000000Z"), (-1, "1969-12-31T23:59:59.999999999Z"),
        (4_107_542_399_000_000_000, "2100-02-28T23:59:59.000000000Z"), (Int64.max, "2262-04-11T23:47:16.854775807Z"),
    ])
    func `A moment is written in UTC to the nanosecond`(nanoseconds: Int64, text: String) {
        #expect(Instant(nanoseconds: nanoseconds).timestamp == text)
        if text < "2262" { #expect(Instant(timestamp: text) == Instant(nanoseconds: nanoseconds)) }
    }

    @Test(arguments: [
        "", "2026-08-21T14:30:00Z", "2026-13-21T14:30:00.123456789Z", "2026-08-21 14:30:00.123456789Z",
        "2026-08-21T24:30:00.123456789Z", "2026-08-21T14:30:00.12345678xZ", "1500-08-21T14:30:00.123456789Z",
    ])
    func `Another form is no moment`(text: String) {
        #expect(Instant(timestamp: text) == nil)
    }

    @Test func `Every day of four centuries is read as it is written`() {
        for day in stride(from: -100_000, to: 100_000 as Int64, by: 37) {
            let moment = Instant(nanoseconds: day * 86_400_000_000_000)
            #expect(Instant(timestamp: moment.timestamp) == moment)
        }
    }

    @Test(arguments: [
        (Duration.zero, "0 ms"), (.microseconds(300), "< 1 ms"), (.milliseconds(430), "430 ms"),
        (.milliseconds(3_200), "3.2 s"), (.milliseconds(3_204), "3.2 s"), (.milliseconds(3_050), "3.05 s"),
        (.seconds(3), "3 s"), (.seconds(125), "2 min 5 s"), (.seconds(3_720), "1 h 2 min"),
    ])
    func `A duration is told to people`(duration: Duration, text: String) {
        #expect(duration.readable == text)
    }

    @Test(arguments: [
        ("plain é 你 😀", "plain é 你 😀"), ("\u{1B}[31m\u{7}", "‹ESC›[31m‹BEL›"), ("a\r\nb", "a‹CR›\nb"),
        ("\u{85}\u{AD}", "‹U+0085›‹U+00AD›"), ("\u{202E}x\u{2066}", "‹U+202E›x‹U+2066›"), ("\u{FFFE}", "‹U+FFFE›"),
        ("\u{E000}", "‹U+E000›"), ("\u{E0041}", "‹U+E0041›"), ("\u{7F}", "‹DEL›"),
    ])
    func `What is invisible is made visible`(text: String, visible: String) {
        #expect(text.visible == visible)
    }

    @Test func `Text is cut by columns, and wide characters take two`() {
        #expect("Hello".shortened(to: 5) == "Hello")
        #expect("Hello".shortened(to: 4) == "Hel…")
        #expect("你好你好".shortened(to: 5) == "你好…")
        #expect("你好".columnCount == 4)
    }

    @Test(
        arguments: [
            ([], []), (Array("a\r\nb".utf8), [.text("a"), .lineEnd(.crlf), .text("b")]),
            (Array("\n\r".utf8), [.lineEnd(.lineFeed), .lineEnd(.carriageReturn)]),
            (Array("\r\r\n".utf8), [.lineEnd(.carriageReturn), .lineEnd(.crlf)]),
            ([0x00, 0xC3, 0x28], [.invisible("‹NUL›"), .binary([0xC3]), .text("(")]),
            ([0xE2, 0x82], [.binary([0xE2, 0x82])]), (Array("é".utf8), [.text("é")]),
            ([0x0D, 0xFF], [.lineEnd(.carriageReturn), .binary([0xFF])]),
            ([0xFF, 0x41, 0x00, 0x42], [.binary([0xFF, 0x41, 0x00]), .text("B")]),
            // What stands between two bytes that are no text is text only where it is long enough.
            (
                [0x41, 0xFF, 0x42, 0x0A, 0x43, 0xFE, 0x44],
                [.text("A"), .binary([0xFF, 0x42, 0x0A, 0x43, 0xFE]), .text("D")]
            ),
            // Fields in Latin-1 on lines that follow each other
            (
                [0x47, 0xFC, 0x0D, 0x0A, 0x41, 0x3A, 0xE9],
                [.text("G"), .binary([0xFC]), .lineEnd(.crlf), .text("A:"), .binary([0xE9])]
            ),
            // What no text has tells a picture.
            ([0x89, 0x50, 0x0D, 0x0A, 0x1A, 0x0A], [.binary([0x89, 0x50, 0x0D, 0x0A, 0x1A]), .lineEnd(.lineFeed)]),
            (
                [0xFF] + Array("seventeen letters".utf8) + [0xFF],
                [.binary([0xFF]), .text("seventeen letters"), .binary([0xFF])]
            ),
        ] as [([UInt8], [ByteText.Piece])])
    func `Bytes are text, line ends, and what is neither`(bytes: [UInt8], pieces: [ByteText.Piece]) {
        #expect(ByteText(bytes).pieces == pieces)
    }

    @Test(arguments: [1, 7, 42] as [UInt64])
    func `No byte is lost in its text`(seed: UInt64) {
        var generator = RepeatableGenerator(state: seed)
        for _ in 0..<200 {
            let bytes = (0..<40).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let count = ByteText(bytes).pieces.reduce(0) { count, piece in
                switch piece {
                case .text(let text): count + text.utf8.count
                case .lineEnd(let end): count + end.rawValue.utf8.count
                case .invisible(let form): count + Self.length(ofInvisible: form)
                case .binary(let bytes): count + bytes.count
                }
            }
            #expect(count == bytes.count)
        }
    }

    /// The bytes of the scalar that the form stands for.
    private static func length(ofInvisible form: String) -> Int {
        guard let number = UInt32(form.dropFirst(3).dropLast(), radix: 16), form.hasPrefix("‹U+") else { return 1 }
        return Unicode.Scalar(number).map { UTF8.width($0) } ?? 1
    }

    @Test func `The count of the passed always stands beside the count of the executed`() {
        #expect(Tally([.pass, .pass]).sentence("interop") == "2 of 2 executed cases passed interop")
        #expect(Tally([.pass]).sentence("interop") == "1 of 1 executed case passed interop")
        #expect(
            Tally([.notApplicable, .notApplicable]).sentence("interop")
                == "0 of 0 executed cases passed interop; 2 not applicable")
    }

    @Test func `A run that executed nothing, or not all, has not passed`() {
        var run = Sample.run
        run.cases = [Sample.notApplicable]
        #expect(run.mark == .notJudged)
        run.cases = [Sample.passed]
        #expect(run.mark == .pass)
        run.incomplete = "The time budget was used up."
        #expect(run.mark == .inconclusive)
    }

    @Test(arguments: zip(Mark.allCases, ["Pass", "Pass", "Inconclusive", "Fail", "Inconclusive", "Not Applicable"]))
    func `Each mark has its word in the TestFest tables`(mark: Mark, word: String) {
        #expect(mark.testFestWord == word)
    }

    @Test(arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")])
    func `Base64 is that of the RFC's examples`(text: String, encoded: String) {
        #expect(Base64.text(of: Array(text.utf8)) == encoded)
        #expect(Base64.bytes(of: encoded) == Array(text.utf8))
    }

    @Test(arguments: ["Zg", "Zg=a", "Zm9v=", "Z===", "Zm 9"])
    func `Base64 without its padding, or with other characters, is refused`(text: String) {
        #expect(Base64.bytes(of: text) == nil)
    }
}
