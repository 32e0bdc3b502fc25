/// One option of a command, as its help shows it.
struct Option: Sendable {
    /// The name with its dashes, such as `--seed`.
    var name: String
    /// What stands for the value in the help, or nil for an option without one.
    var placeholder: String?
    /// What the option does, in one sentence.
    var help: String

    init(_ name: String, _ placeholder: String? = nil, _ help: String) {
        self.name = name
        self.placeholder = placeholder
        self.help = help
    }
}

/// A mistake in how the program was called; nothing has been sent.
struct UsageError: Error {
    /// What is wrong and what to do, in one sentence.
    var message: String
    /// Whether the help of the command would have prevented it; not so for files that are missing or wrong.
    var concernsArguments: Bool

    init(_ message: String) {
        self.message = message
        concernsArguments = true
    }

    /// A mistake in what the arguments lead to, such as a file that cannot be read.
    init(input message: String) {
        self.message = message
        concernsArguments = false
    }
}
