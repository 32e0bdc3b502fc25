import Conformance
import Scenarios
import Testing

struct KnownFailureFileTests {
    private static func file(_ text: String) -> KnownFailureFile {
        KnownFailureFile(SourceFile(path: "known.yaml", bytes: Array(text.utf8)))
    }

    @Test func `An entry says what fails, why, and until when`() {
        let file = Self.file(
            """
            known-failures:
              - case: IM-2.0-int-20*
                finding: rfc3428.contact
                reason: "PROJ-1: it is mended in 2.2"
                until: 2027-03-31
            """)
        #expect(file.messages == [])
        #expect(
            file.knownFailures == [
                KnownFailure(
                    testCase: "IM-2.0-int-20*", check: "rfc3428.contact", reason: "PROJ-1: it is mended in 2.2",
                    until: "2027-03-31", position: SourcePosition(file: "known.yaml", line: 2, column: 11))
            ])
    }

    @Test(arguments: [
        ("known-failures: []", 0), ("", 1), ("known-failures: {}", 1), ("known: []", 2),
        ("known-failures: [{ case: x, finding: y, reason: z, until: soon }]", 1),
        ("known-failures: [{ case: x, finding: y, reason: z, until: 2027-13-01 }]", 1),
        ("known-failures: [{ case: x, finding: y, until: 2027-01-01 }]", 1),
        ("known-failures: [{ case: x, finding: y, reason: z, until: 2027-01-01, owner: me }]", 1),
    ])
    func `A file that is wrong knows nothing`(text: String, errors: Int) {
        let file = Self.file(text)
        #expect(file.messages.count == errors, "\(file.messages)")
        #expect(file.knownFailures == [])
    }
}
