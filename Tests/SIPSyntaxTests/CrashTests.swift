import SIPSyntax
import Testing

/// The inputs that fuzzing found, which stay tests.
struct CrashTests {
    @Test func `Inputs that once crashed the parser are read or refused`() throws {
        for name in Fixtures.names(in: "crashes/SIPMessageFuzzer") {
            let bytes = try Fixtures.bytes("crashes/SIPMessageFuzzer/\(name)")
            _ = try? SIPMessage(parsing: bytes).flaws()
            var framer = SIPStreamFramer()
            framer.append(bytes)
            while let message = try? framer.next() { #expect(message.count <= bytes.count) }
        }
    }
}
