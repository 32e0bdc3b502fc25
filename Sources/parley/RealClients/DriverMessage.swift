import Reporting

/// A line that a driver writes.
enum DriverMessage {
    struct Misunderstanding: Error {
        /// What is wrong, as a sentence.
        var reason: String
    }

    case hello
    /// A client is configured; its registration is what counts.
    case ready
    case cannotBegin(reason: String)
    /// The user has done what was asked; the wire is what counts.
    case done
    case cannot(Int, reason: String)
    case answer(Int, isSo: Bool)

    init(parsing line: [UInt8]) throws(Misunderstanding) {
        let text = String(decoding: line.prefix(200), as: UTF8.self)
        guard let message = try? JSONValue(parsing: line), case .string(let type)? = message["type"] else {
            throw Misunderstanding(reason: "“\(text)” is no JSON object with a “type” on one line.")
        }
        func id() throws(Misunderstanding) -> Int {
            guard case .number(let digits)? = message["id"], let id = Int(digits) else {
                throw Misunderstanding(reason: "“\(text)” has no number as “id”.")
            }
            return id
        }
        var reason = "it does not say why"
        if case .string(let said)? = message["reason"], !said.isEmpty { reason = said }
        switch type {
        case "hello":
            guard message["protocol"] == .number(Driver.version) else {
                throw Misunderstanding(reason: "“\(text)” is not of protocol \(Driver.version).")
            }
            self = .hello
        case "ready": self = .ready
        case "done": self = .done
        case "cannot": self = message["id"] == nil ? .cannotBegin(reason: reason) : .cannot(try id(), reason: reason)
        case "answer":
            guard case .bool(let isSo)? = message["answer"] else {
                throw Misunderstanding(reason: "“\(text)” has neither true nor false as “answer”.")
            }
            self = .answer(try id(), isSo: isSo)
        default: throw Misunderstanding(reason: "“\(type)” is no type of message that a driver sends.")
        }
    }
}
