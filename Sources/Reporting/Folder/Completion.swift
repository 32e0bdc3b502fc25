package import Conformance
import Cryptography

/// `done.json`: written last, so that a folder without it is known to be partial.
package struct Completion: Sendable {
    /// The version of the form.
    package static let schema = "parley.done/1"

    package struct File: Equatable, Sendable {
        package var path: String
        package var size: Int
        package var digest: String

        package init(path: String, bytes: [UInt8]) {
            self.path = path
            size = bytes.count
            digest = Digest(.sha256, of: bytes).hexadecimal
        }
    }

    private let run: RunResult
    private let exitStatus: Int
    private let files: [File]

    package init(_ run: RunResult, exitStatus: Int, files: [File]) {
        self.run = run
        self.exitStatus = exitStatus
        self.files = files
    }

    package var bytes: [UInt8] {
        JSONValue.object(of: [
            "schema": .string(Self.schema),
            "run": .string(run.id),
            "exitStatus": .integer(exitStatus),
            "isPartial": .bool(run.incomplete != nil),
            "cases": .object(of: [
                "selected": .integer(run.cases.count),
                "executed": .integer(run.executed.count),
                "interop": counts(run.interopTally),
                "conformance": counts(run.conformanceTally),
            ]),
            "files": .array(
                files.map { file in
                    .object(of: [
                        "path": .string(file.path), "size": .integer(file.size), "sha256": .string(file.digest),
                    ])
                }),
        ]).document
    }

    private func counts(_ tally: Tally) -> JSONValue {
        .object(
            Mark.allCases.filter { $0 != .warning }.map { JSONValue.Member($0.word, .integer(tally[$0])) })
    }
}
