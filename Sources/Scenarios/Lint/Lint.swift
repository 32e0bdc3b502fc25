/// Says what is wrong with files before anything is sent.
package enum Lint {
    /// The messages about scenario and requirement files that belong together, in the order of their places.
    package static func lint(_ files: [SourceFile]) -> [LintMessage] {
        ScenarioLibrary(files).messages
    }
}
