import Foundation
import Reporting
import TestSupport
import Testing

@Suite struct RunSchemaTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static let schemaFile = root.appending(path: "fixtures/schemas/run.schema.json")

    private static let file = RunFile.bytes(of: Sample.declared)

    /// Whether a Python with the jsonschema module is there, as a second opinion.
    private static let hasPythonValidator = (try? python(findModule, arguments: [])) == 0

    private static let findModule = "import importlib.util as u, sys; sys.exit(not u.find_spec('jsonschema'))"

    @Test func `A run file satisfies its schema`() throws {
        for run in [Sample.run, Sample.partial, Sample.declared] {
            #expect(try Self.validator.get().problem(of: JSONValue(parsing: RunFile.bytes(of: run))) == nil)
        }
    }

    @Test(
        arguments: [
            (#""mode": "simulated""#, #""mode": "dreamt""#), (#""verdict": "fail""#, #""verdict": "failed""#),
            (#""started": "2026"#, #""started": "26"#), (#""do": "page""#, #""do": "call""#),
            (#""kind": "requirement""#, #""kind": "wish""#), (#""roles": ["#, #""rolls": ["#),
            (#""item": "IMSpec-SM-S-001""#, #""item": "SM-S-001""#), (#""A": ["#, #""E": ["#),
            (#""remarks""#, #""remark""#), (#""reason""#, #""interop""#), (#""line": 1,"#, #""line": 0,"#),
        ])
    func `A file that breaks a rule does not satisfy the schema`(text: String, replacement: String) throws {
        let file = String(decoding: Self.file, as: UTF8.self)
        let range = try #require(file.range(of: text))
        let spoiled = try JSONValue(parsing: Array(file.replacingCharacters(in: range, with: replacement).utf8))
        #expect(try Self.validator.get().problem(of: spoiled) != nil)
    }

    @Test(
        .enabled(if: Sampling.isWhole, "PARLEY_EVERY_CASE=1 asks for it"),
        .enabled(if: hasPythonValidator, "python3 with the jsonschema module is not installed"))
    func `An independent validator agrees`() throws {
        let file = URL.temporaryDirectory.appending(path: "parley-run-\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(Self.file).write(to: file)
        let program = """
            import json, sys, jsonschema
            schema = json.load(open(sys.argv[1], encoding="utf-8"))
            jsonschema.Draft202012Validator.check_schema(schema)
            jsonschema.validate(json.load(open(sys.argv[2], encoding="utf-8")), schema)
            """
        #expect(try Self.python(program, arguments: [Self.schemaFile.path(), file.path()]) == 0)
    }

    private static let validator = Result {
        SchemaValidator(try JSONValue(parsing: Array(Data(contentsOf: schemaFile))))
    }

    private static func python(_ program: String, arguments: [String]) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-c", program] + arguments
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
