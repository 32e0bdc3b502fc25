/// An MSRP message as a test writes it; nothing is checked.
package struct MSRPText: Sendable {
    package var transactionID: String
    /// What follows the transaction identifier: a method, or a status and its comment.
    package var start: String
    package var toPath: String
    package var fromPath: String
    package var fields: [(name: String, value: String)]
    package var body: String?
    package var flag = "$"

    package init(
        _ transactionID: String, _ start: String, to toPath: String, from fromPath: String,
        _ fields: [(name: String, value: String)] = [], body: String? = nil, flag: String = "$"
    ) {
        self.transactionID = transactionID
        self.start = start
        self.toPath = toPath
        self.fromPath = fromPath
        self.fields = fields
        self.body = body
        self.flag = flag
    }

    package subscript(name: String) -> String? {
        get { fields.first { $0.name == name }?.value }
        set {
            let place = fields.firstIndex { $0.name == name }
            fields.removeAll { $0.name == name }
            if let newValue { fields.insert((name, newValue), at: place ?? 0) }
        }
    }

    package var label: String { start }

    package var bytes: [UInt8] {
        let head = ["MSRP \(transactionID) \(start)", "To-Path: \(toPath)", "From-Path: \(fromPath)"]
        let lines = head + fields.map { "\($0.name): \($0.value)" }
        let content = body.map { "\r\n\($0)\r\n" } ?? ""
        return Array((lines.joined(separator: "\r\n") + "\r\n" + content + "-------\(transactionID)\(flag)\r\n").utf8)
    }
}
