/// A SIP message as a test writes it: a start line, fields, and a body, none of them checked.
package struct SIPText: Sendable {
    package var startLine: String
    package var fields: [(name: String, value: String)]
    package var body: String
    /// Whether a Content-Length with the length of the body is added.
    package var countsBody = true

    package init(_ startLine: String, _ fields: [(name: String, value: String)] = [], body: String = "") {
        self.startLine = startLine
        self.fields = fields
        self.body = body
    }

    /// The first field of a name; setting one replaces all of them, nil takes them away.
    package subscript(name: String) -> String? {
        get { fields.first { $0.name == name }?.value }
        set {
            let place = fields.firstIndex { $0.name == name } ?? fields.count
            fields.removeAll { $0.name == name }
            if let newValue { fields.insert((name, newValue), at: min(place, fields.count)) }
        }
    }

    package mutating func add(_ name: String, _ value: String) { fields.append((name, value)) }

    package mutating func prepend(_ name: String, _ value: String) { fields.insert((name, value), at: 0) }

    /// The method of a request, or the status of a response with the method that it answers.
    package var label: String {
        let words = startLine.split(separator: " ")
        guard startLine.hasPrefix("SIP/") else { return String(words[0]) }
        return "\(words[1]) \(method)"
    }

    package var method: String { (self["CSeq"] ?? "").split(separator: " ").last.map(String.init) ?? "" }

    package var bytes: [UInt8] {
        let length = countsBody ? [(name: "Content-Length", value: String(body.utf8.count))] : []
        let lines = [startLine] + (fields + length).map { "\($0.name): \($0.value)" } + ["", ""]
        return Array((lines.joined(separator: "\r\n") + body).utf8)
    }
}
