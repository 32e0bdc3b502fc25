package import Conformance

/// A file of known failures, read: what it says, or what is wrong with it.
package struct KnownFailureFile: Sendable {
    package let knownFailures: [KnownFailure]
    /// Errors, by place; with any of them nothing is known.
    package let messages: [LintMessage]

    package init(_ file: SourceFile) {
        let checked = CheckedFile(file, KnownFailureLanguage.file)
        messages = checked.messages
        knownFailures = (checked.fields?.mappings("known-failures") ?? []).map { fields in
            KnownFailure(
                testCase: fields.text("case"), check: fields.text("finding"), reason: fields.text("reason"),
                until: fields.text("until"), position: fields.required("case").position)
        }
    }
}
