/// What a run was made with, for whoever repeats or disputes it: `environment.json`.
package struct RunEnvironment: Equatable, Sendable {
    package struct Fact: Equatable, Sendable {
        package var name: String
        package var value: String

        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The version form of the file.
    package static let schema = "parley.environment/1"

    /// The name and version of the tool, such as `parley 0.1.0`.
    package var tool: String
    /// The command line that repeats the run, with the seed spelled out; empty where there is none.
    package var command: [String]
    /// Everything else, in this order: commit, host, clock, digest of the suite, documents.
    package var facts: [Fact]

    package init(tool: String, command: [String] = [], facts: [Fact] = []) {
        self.tool = tool
        self.command = command
        self.facts = facts
    }

    /// The command as it can be pasted into a shell.
    package var shellCommand: String {
        command.map { word in
            let isPlain = !word.isEmpty && word.utf8.allSatisfy(Self.plainBytes.contains)
            return isPlain ? word : "'\(word.replacing("'", with: #"'\''"#))'"
        }.joined(separator: " ")
    }

    package var bytes: [UInt8] {
        JSONValue.object(of: [
            "schema": .string(Self.schema),
            "tool": .string(tool),
            "command": .strings(command),
            "facts": .object(facts.map { JSONValue.Member($0.name, .string($0.value)) }),
        ]).document
    }

    package init(parsing bytes: [UInt8]) throws(RunFileError) {
        let value: JSONValue
        do { value = try JSONValue(parsing: bytes) } catch {
            throw RunFileError(path: "", problem: "Not JSON: \(error)")
        }
        let reader = JSONReader(value)
        guard try reader.string("schema") == Self.schema, case .object(let members) = try reader.member("facts").value
        else { throw reader.error("Only “\(Self.schema)” can be read") }
        tool = try reader.string("tool")
        command = try reader.strings("command")
        facts = []
        for member in members {
            facts.append(Fact(member.name, try JSONReader(member.value, path: "facts.\(member.name)").string()))
        }
    }

    private static let plainBytes = Set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./=:@%+,".utf8)
}
