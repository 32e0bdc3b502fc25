/// Where and why a JSON document is not the file that was expected.
package struct RunFileError: Error, Equatable, CustomStringConvertible {
    /// The place in the document, such as `cases[3].outcome`.
    package let path: String
    package let problem: String

    package init(path: String, problem: String) {
        self.path = path
        self.problem = problem
    }

    package var description: String { path.isEmpty ? problem : "\(path): \(problem)" }
}

/// A value of a JSON document that knows where it stands, for messages about what it should have been.
struct JSONReader {
    let value: JSONValue
    let path: String

    init(_ value: JSONValue, path: String = "") {
        self.value = value
        self.path = path
    }

    func error(_ problem: String) -> RunFileError { RunFileError(path: path, problem: problem) }

    /// The member with that name, which must be there.
    func member(_ name: String) throws(RunFileError) -> JSONReader {
        guard let member = try optional(name) else { throw error("“\(name)” is missing") }
        return member
    }

    /// The member with that name, or nil where there is none.
    func optional(_ name: String) throws(RunFileError) -> JSONReader? {
        guard case .object = value else { throw error("An object expected") }
        return value[name].map { JSONReader($0, path: path.isEmpty ? name : "\(path).\(name)") }
    }

    func elements() throws(RunFileError) -> [JSONReader] {
        guard case .array(let values) = value else { throw error("An array expected") }
        return values.enumerated().map { JSONReader($1, path: "\(path)[\($0)]") }
    }

    func string() throws(RunFileError) -> String {
        guard case .string(let text) = value else { throw error("A string expected") }
        return text
    }

    func bool() throws(RunFileError) -> Bool {
        guard case .bool(let bool) = value else { throw error("true or false expected") }
        return bool
    }

    func integer<Number: FixedWidthInteger>(_ type: Number.Type = Int.self) throws(RunFileError) -> Number {
        guard case .number(let digits) = value, let number = Number(digits) else {
            throw error("A whole number of \(Number.bitWidth) bits expected")
        }
        return number
    }

    func choice<Choice: RawRepresentable<String>>(_ type: Choice.Type = Choice.self) throws(RunFileError) -> Choice {
        guard let choice = Choice(rawValue: try string()) else { throw error("Not a word that may stand here") }
        return choice
    }
}

extension JSONReader {
    func string(_ name: String) throws(RunFileError) -> String { try member(name).string() }

    func strings(_ name: String) throws(RunFileError) -> [String] {
        try list(name) { reader throws(RunFileError) in try reader.string() }
    }

    func optionalString(_ name: String) throws(RunFileError) -> String? {
        guard let member = try optional(name) else { return nil }
        return try member.string()
    }

    /// The elements of an array that older files do not have.
    func optionalList<Element>(
        _ name: String, _ read: (JSONReader) throws(RunFileError) -> Element
    ) throws(RunFileError) -> [Element] {
        try optional(name) == nil ? [] : list(name, read)
    }

    func list<Element>(
        _ name: String, _ read: (JSONReader) throws(RunFileError) -> Element
    ) throws(RunFileError) -> [Element] {
        var list: [Element] = []
        for element in try member(name).elements() { list.append(try read(element)) }
        return list
    }
}
