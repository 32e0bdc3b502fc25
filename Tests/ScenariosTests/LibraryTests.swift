import Conformance
import Scenarios
import Testing

@Suite struct LibraryTests {
    /// Files of a library in the folder `cases`, by their paths.
    private func library(_ files: [String: String]) throws -> ScenarioLibrary {
        try ScenarioLibrary(directory: "cases", in: .holding(files))
    }

    private func scenario(_ number: Int) -> String { Samples.scenario.replacing("901", with: "\(number)") }

    private let requirements = String(decoding: Samples.requirements.bytes, as: UTF8.self)

    @Test func `Cases come in the order of their paths, whatever the order of the directory`() throws {
        let library = try library([
            "cases/b/IM-2.0-int-903.yaml": scenario(903), "cases/a/IM-2.0-int-902.yaml": scenario(902),
            "cases/requirements/x.yaml": requirements, "cases/IM-2.0-int-901.yaml": scenario(901),
            "cases/README.md": "not a scenario", "cases/.hidden.yaml": "not one either",
        ])
        #expect(library.messages == [])
        #expect(library.entries.map(\.path) == ["IM-2.0-int-901", "a/IM-2.0-int-902", "b/IM-2.0-int-903"])
        #expect(library["IM-2.0-int-902"]?.position.file == "cases/a/IM-2.0-int-902.yaml")
        #expect(library.catalogue[RequirementID("TS-1-sample")]?.document == "A sample")
    }

    @Test func `The faults of all files are told together, and the cases without one are there`() throws {
        let library = try library([
            "cases/IM-2.0-int-901.yaml": scenario(901), "cases/IM-2.0-int-902.yaml": "id: [",
            "cases/IM-2.0-int-903.yaml": scenario(903).replacing("titl", with: "titel"),
            "cases/requirements/x.yaml": requirements, "cases/requirements/y.yaml": "document: Y\n",
        ])
        #expect(
            library.errors.map(\.position.file) == [
                "cases/IM-2.0-int-902.yaml", "cases/IM-2.0-int-903.yaml", "cases/IM-2.0-int-903.yaml",
                "cases/IM-2.0-int-903.yaml", "cases/requirements/y.yaml",
            ])
        #expect(library.testCases.map(\.id) == ["IM-2.0-int-901"])
    }

    @Test func `Only the scenarios that are chosen are read, and the names of all are known`() throws {
        let files = [
            "cases/a/IM-2.0-int-901.yaml": scenario(901), "cases/a/IM-2.0-int-902.yaml": "id: [",
            "cases/b/IM-2.0-int-903.yaml": scenario(903), "cases/requirements/x.yaml": requirements,
        ]
        let patterns = ["b/*", "IM-2.0-int-7*"].map { SelectionPattern($0) }
        let library = try ScenarioLibrary(directory: "cases", in: .holding(files), choosing: patterns)
        #expect(library.messages == [])
        #expect(library.testCases.map(\.id) == ["IM-2.0-int-903"])
        #expect(library.ids == ["IM-2.0-int-901", "IM-2.0-int-902", "IM-2.0-int-903"])
        #expect(library.select(patterns).unmatched.map(\.description) == ["IM-2.0-int-7*"])
        #expect(library.select(["IM-2.0-int-901"].map { SelectionPattern($0) }).unmatched == [])
    }

    @Test func `A case that is there twice is an error`() throws {
        let library = try library([
            "cases/a/IM-2.0-int-901.yaml": scenario(901), "cases/b/IM-2.0-int-901.yaml": scenario(901),
            "cases/requirements/x.yaml": requirements,
        ])
        #expect(
            library.messages.map(\.description) == [
                "cases/b/IM-2.0-int-901.yaml:1:1: error: The case IM-2.0-int-901 is there twice; "
                    + "the first is in cases/a/IM-2.0-int-901.yaml [duplicate]"
            ])
    }

    @Test func `A file that cannot be read is not passed over`() {
        struct Unreadable: Error {}
        let fileSystem = FileSystem(
            read: { _ in throw Unreadable() },
            list: { _ in [FileSystem.Entry(name: "IM-2.0-int-901.yaml", isDirectory: false)] })
        #expect(throws: Unreadable.self) { try ScenarioLibrary(directory: "cases", in: fileSystem) }
    }

    @Test func `Requirements are read with document, clause, level and statement`() throws {
        let library = try library(["cases/requirements/x.yaml": requirements])
        #expect(
            library.catalogue.requirements[RequirementID("TS-1-sample")]
                == Requirement(
                    id: RequirementID("TS-1-sample"), document: "A sample", clause: "1", level: .shall,
                    statement: "It is a sample."))
    }

    @Test(arguments: [
        (
            "level: shall", "level: must",
            "3:44: error: “must” is no value of “level”; expected shall, should or may [bad-value]"
        ),
        (
            "clause: \"1\", ", "",
            "3:5: error: This requirement lacks the key “clause”: where the document asks it [missing-key]"
        ),
        (
            "TS-1-sample", "TS sample",
            "3:11: error: “TS sample” is no requirement id; expected an id such as TS-5.2.1-feature-tag [bad-value]"
        ),
        (
            "document:", "dokument:",
            "1:1: error: Unknown key “dokument” in a catalogue; did you mean “document”? [unknown-key]"
        ),
        (
            "statement: It is a sample. }",
            "statement: It. }\n  - { id: TS-1-sample, clause: 2, level: may, statement: It. }",
            "4:11: error: TS-1-sample is there twice; the first is at cases/requirements/x.yaml:3:11 [duplicate]"
        ),
    ])
    func `Catalogues are held to their form as well`(passage: String, replacement: String, message: String) throws {
        let library = try library(["cases/requirements/x.yaml": requirements.replacing(passage, with: replacement)])
        #expect(library.messages.map(\.description) == ["cases/requirements/x.yaml:" + message])
    }
}

extension FileSystem {
    /// Files that exist only here, listed in an order that nobody should rely on.
    static func holding(_ files: [String: String]) -> FileSystem {
        FileSystem(
            read: { Array((files[$0] ?? "").utf8) },
            list: { directory in
                let below = files.keys.filter { $0.hasPrefix(directory + "/") }.map {
                    $0.dropFirst(directory.count + 1)
                }
                let names = Dictionary(grouping: below) { String($0.prefix { $0 != "/" }) }
                return names.map { Entry(name: $0, isDirectory: $1.contains { $0.contains("/") }) }
            })
    }
}
