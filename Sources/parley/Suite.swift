import Conformance
import Foundation
import Reporting
import Scenarios

/// The scenario files that a command works with.
struct Suite {
    static let options = [
        Option("--scenarios", "DIR", "The folder of scenario files (default: scenarios).")
    ]

    let library: ScenarioLibrary
    let directory: String

    /// Reads the library, or of its scenarios those that the patterns choose.
    ///
    /// - Throws: `UsageError` when there is no library, or a file that was read has an error.
    init(_ arguments: Arguments, choosing patterns: [SelectionPattern] = []) throws {
        self = try Suite(reading: arguments, choosing: patterns)
        try refuseErrors()
    }

    /// Tells the errors in the files that were read.
    ///
    /// - Throws: `UsageError` when there are any.
    func refuseErrors() throws(UsageError) {
        guard !library.errors.isEmpty else { return }
        for message in library.errors.prefix(20) { Terminal.complain(message.description, prefix: false) }
        let count = library.errors.count
        let verb = count == 1 ? "is" : "are"
        throw UsageError(
            input: "There \(verb) \(plural(count, "error")) in the scenario files; mend what is told.\(hintAtFolders)")
    }

    /// The case that the text names.
    ///
    /// - Throws: `UsageError` when there is none, or its file has an error.
    func testCase(named text: String) throws(UsageError) -> TestCase {
        if let testCase = library.testCase(named: text) { return testCase }
        let pattern = SelectionPattern(text)
        if let error = library.errors.first(where: { pattern.matches(path: String($0.position.file.dropLast(5))) }) {
            throw UsageError(input: "The scenario of \(text) cannot be used: \(error)")
        }
        throw UsageError(Arguments.unknown(text, among: library.ids, what: "test case"))
    }

    /// What to do where whole folders are missing that scenarios need.
    private var hintAtFolders: String {
        let names = [
            library.catalogue.ids.isEmpty ? "requirements" : nil,
            library.tables.groups.isEmpty && library.errors.contains { $0.rule == .unknownItem } ? "scr" : nil,
        ].compactMap(\.self)
        return names.map { " There is no folder “\($0)” with files in “\(directory)”; copy or link it there." }.joined()
    }

    /// Reads the library, or of its scenarios those that the patterns choose, whatever is wrong with the files.
    init(reading arguments: Arguments, choosing patterns: [SelectionPattern] = []) throws {
        directory = arguments.value("--scenarios") ?? "scenarios"
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: directory, isDirectory: &isDirectory), isDirectory.boolValue else {
            throw UsageError(
                input: "There is no folder “\(directory)” of scenario files here; name one with --scenarios DIR.")
        }
        do {
            library = try ScenarioLibrary(directory: directory, in: .real, choosing: patterns)
        } catch {
            throw UsageError(input: "The scenario files in “\(directory)” cannot be read: \(error.reason)")
        }
        guard !library.paths.isEmpty || !library.messages.isEmpty else {
            throw UsageError(
                input: "The folder “\(directory)” holds no scenario files; name another with --scenarios DIR.")
        }
    }

    /// The cases that the patterns choose and `--skip` does not take away; empty when nothing matches.
    func select(_ arguments: Arguments) throws -> [TestCase] {
        let patterns = arguments.patterns
        let selection = library.select(patterns)
        if let unmatched = selection.unmatched.first, patterns.count > selection.unmatched.count {
            throw UsageError("The pattern “\(unmatched)” matches no test case\(hint(for: unmatched))")
        }
        guard !arguments.values("--skip").isEmpty else { return selection.testCases }
        let skipped = library.select(arguments.values("--skip").map(SelectionPattern.init))
        if let unmatched = skipped.unmatched.first {
            throw UsageError("The pattern “\(unmatched)” of --skip matches no test case\(hint(for: unmatched))")
        }
        let ids = Set(skipped.testCases.map(\.id))
        return selection.testCases.filter { !ids.contains($0.id) }
    }

    /// Says that nothing was chosen.
    func complainOfEmptySelection(_ arguments: Arguments) {
        let unmatched = library.select(arguments.patterns).unmatched
        if let first = unmatched.first {
            Terminal.complain("No test case matches “\(first)”\(hint(for: first))")
        } else {
            Terminal.complain("No test case is left after --skip.")
        }
    }

    private func hint(for pattern: SelectionPattern) -> String {
        if let nearest = Arguments.nearest(to: pattern.description, among: library.ids) {
            return "; did you mean “\(nearest)”?"
        }
        return "; “parley list” shows them all."
    }
}

extension Arguments {
    /// The patterns that choose test cases, where the command takes such.
    var patterns: [SelectionPattern] { operands.map(SelectionPattern.init) }
}

extension FileSystem {
    /// The files of this machine.
    static let real = FileSystem(
        read: { path in try [UInt8](Data(contentsOf: URL(fileURLWithPath: path))) },
        list: { directory in
            try FileManager.default.contentsOfDirectory(atPath: directory).map { name in
                var isDirectory: ObjCBool = false
                _ = FileManager.default.fileExists(atPath: "\(directory)/\(name)", isDirectory: &isDirectory)
                return Entry(name: name, isDirectory: isDirectory.boolValue)
            }
        })
}

extension Error {
    /// Why it happened, as the operating system says it where it had a say.
    var reason: String {
        let error = self as NSError
        if let underlying = error.userInfo[NSUnderlyingErrorKey] as? any Error { return underlying.reason }
        guard error.domain == NSPOSIXErrorDomain else { return error.localizedDescription }
        return "\(String(cString: strerror(Int32(error.code))))."
    }
}
