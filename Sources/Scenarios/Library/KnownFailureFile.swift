package import Conformance

/// A file of known failures, read: what it says, or what is wrong with it.
package struct KnownFailureFile: Sendable {
    package let knownFailures: [KnownFailure]
    /// Errors, by place; with any of them nothing is known.
    package let messages: [LintMessage]

    package init(_ file: SourceFile) {
        let document = YAMLDocument(parsing: file.bytes, file: file.path)
        var messages = document.messages
        if let root = document.root, messages.isEmpty {
            var checker = ShapeChecker()
            checker.check(root, KnownFailureLanguage.file)
            messages = checker.messages
        }
        self.messages = messages.sorted(by: LintMessage.precedes)
        guard let root = document.root, messages.isEmpty else {
            knownFailures = []
            return
        }
        knownFailures = Fields(root, KnownFailureLanguage.file).mappings("known-failures").map { fields in
            KnownFailure(
                testCase: fields.text("case"), check: fields.text("finding"), reason: fields.text("reason"),
                until: fields.text("until"), position: fields.required("case").position)
        }
    }
}
