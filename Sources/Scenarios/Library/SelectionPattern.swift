import Conformance

/// What people write to choose test cases: an id, or a path in which `*` and `**` stand for something.
///
/// `IM-2.0-int-101` and `IM-2.0-int-1*` are compared with ids, `101` with the numbers at their ends;
/// `simple-im/int/IM-2.0-int-1*` and `simple-im/**`, having a slash, with paths from the top of the library. `*` stays
/// within a component, `**` crosses any number.
package struct SelectionPattern: Hashable, Sendable, CustomStringConvertible {
    package let description: String
    private let components: [String]

    package init(_ text: String) {
        description = text
        components = text.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
    }

    private var isNumber: Bool { !description.isEmpty && description.utf8.allSatisfy { (0x30...0x39).contains($0) } }

    /// Whether the pattern chooses the case at this path, such as `simple-im/int/IM-2.0-int-101`.
    package func matches(path: String) -> Bool {
        let names = path.split(separator: "/").map(String.init)
        guard description.contains("/") || description == "**" else {
            guard let name = names.last else { return false }
            if isNumber { return name.split(separator: "-").last.map { $0 == description } ?? false }
            return Self.matches(components[...], [name])
        }
        return Self.matches(components[...], names[...])
    }

    private static func matches(_ components: ArraySlice<String>, _ names: ArraySlice<String>) -> Bool {
        guard let component = components.first else { return names.isEmpty }
        let rest = components.dropFirst()
        if component == "**" {
            return matches(rest, names) || (!names.isEmpty && matches(components, names.dropFirst()))
        }
        guard let name = names.first else { return false }
        return Wildcard(component).matches(name) && matches(rest, names.dropFirst())
    }
}

extension [SelectionPattern] {
    /// Whether any of them chooses the case at this path; where there are none, every case is chosen.
    func choose(path: String) -> Bool { isEmpty || contains { $0.matches(path: path) } }
}
