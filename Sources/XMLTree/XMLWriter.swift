/// Writes elements as text, with the prefixes they ask for as far as these are free.
struct XMLWriter {
    private(set) var text = ""

    mutating func write(_ element: XMLElement) {
        write(element, in: Scope())
    }

    private mutating func write(_ element: XMLElement, in outer: Scope) {
        var scope = outer
        for (prefix, namespace) in element.declarations.sorted(by: { $0.key < $1.key }) {
            scope.redeclare(prefix, as: namespace)
        }
        let prefix = scope.declare(element.prefix, for: element.name.namespace, allowsDefault: true)
        let tag = Self.qualified(element.name.local, prefix)
        let attributes = element.attributes.map { attribute in
            let prefix = scope.declare(attribute.prefix, for: attribute.name.namespace, allowsDefault: false)
            return " \(Self.qualified(attribute.name.local, prefix))=\"\(Self.escaped(attribute.value, quoted: true))\""
        }
        let declarations = scope.declaredHere.map { prefix, namespace in
            " xmlns\(prefix.isEmpty ? "" : ":" + prefix)=\"\(Self.escaped(namespace, quoted: true))\""
        }
        scope.declaredHere = []
        text += "<\(tag)\(declarations.joined())\(attributes.joined())"
        guard !element.children.isEmpty else {
            text += "/>"
            return
        }
        text += ">"
        for child in element.children {
            switch child {
            case .element(let element): write(element, in: scope)
            case .text(let value): text += Self.escaped(value, quoted: false)
            }
        }
        text += "</\(tag)>"
    }

    private static func qualified(_ local: String, _ prefix: String) -> String {
        prefix.isEmpty ? local : "\(prefix):\(local)"
    }

    /// Text as character data; what no XML 1.0 document can contain becomes U+FFFD.
    static func escaped(_ text: String, quoted: Bool) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"" where quoted: result += "&quot;"
            case "\t" where quoted, "\n" where quoted, "\r": result += "&#\(scalar.value);"
            case "\t", "\n": result.unicodeScalars.append(scalar)
            case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

extension XMLWriter {
    /// The prefixes that can be used at one place; the empty one is the default namespace.
    private struct Scope {
        private var namespaces: [String: String] = ["": "", "xml": "http://www.w3.org/XML/1998/namespace"]
        var declaredHere: [(prefix: String, namespace: String)] = []

        /// A prefix that stands for the namespace from here on, declared now unless it already does.
        mutating func declare(_ wish: String?, for namespace: String?, allowsDefault: Bool) -> String {
            guard let namespace else {
                if allowsDefault, namespaces[""] != "" { bind("", to: "") }
                return ""
            }
            let wish = wish ?? ""
            if !wish.isEmpty || allowsDefault, namespaces[wish] == namespace { return wish }
            let known = namespaces.filter { $0.value == namespace && !$0.key.isEmpty }.keys
            if wish.isEmpty, !allowsDefault, let prefix = known.min() { return prefix }
            let taken = Set(declaredHere.map(\.prefix)).union(["xml"])
            let wishes = [wish] + (1...declaredHere.count + 2).map { "ns\($0)" }
            let prefix = wishes.first { !taken.contains($0) && (allowsDefault || !$0.isEmpty) } ?? "ns"
            bind(prefix, to: namespace)
            return prefix
        }

        /// Declares what the element declares of itself, unless that is so already.
        mutating func redeclare(_ prefix: String, as namespace: String) {
            guard namespaces[prefix] != namespace else { return }
            bind(prefix, to: namespace)
        }

        private mutating func bind(_ prefix: String, to namespace: String) {
            namespaces[prefix] = namespace
            declaredHere.append((prefix, namespace))
        }
    }
}
