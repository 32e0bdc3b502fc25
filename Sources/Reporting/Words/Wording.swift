package import Conformance
import Network

extension Check.Kind {
    /// The kind for people, such as `pass criterion`.
    package var words: String {
        switch self {
        case .criterion: "pass criterion"
        case .conformance: "conformance"
        case .warning: "recommendation"
        case .negative: "must not happen"
        }
    }
}

extension Requirement {
    /// Where the requirement stands: `RFC 3261 §13.2.2.4`.
    package var place: String { clause.isEmpty ? document : "\(document) §\(clause)" }
}

extension RequirementID {
    /// Where a requirement without a statement stands: `RFC 3261 §13.2.2.4` for `RFC3261-13.2.2.4`.
    package var place: String {
        let parts = description.split(separator: "-", maxSplits: 1)
        guard parts.count == 2, parts[0].hasPrefix("RFC"), let number = Int(parts[0].dropFirst(3)),
            parts[1].first?.isNumber == true
        else { return description }
        return "RFC \(number) §\(parts[1])"
    }
}

extension Decision {
    /// What made the finding decidable, or nil where the messages that are there speak for themselves.
    package var words: String? {
        switch self {
        case .presence: nil
        case .fence(let message):
            "fence: message \(message.words) came later on the same ordered path, so nothing else was under way"
        case .window(let duration, let reason): "window: nothing came within \(duration.readable); \(reason.words)"
        }
    }
}

extension WindowReason {
    /// Why no fence could decide.
    package var words: String {
        switch self {
        case .unordered: "no fence, as datagrams may overtake each other there"
        case .unasked: "no fence, as the client asked for nothing later on that path"
        case .deadline: "the protocol gives so much time"
        }
    }
}

extension RunResult {
    /// The findings that time had to decide, with their cases, in the order of the run.
    var windows: [(result: CaseResult, finding: Finding)] {
        cases.flatMap { result in
            result.findings.filter { if case .window = $0.decision { true } else { false } }.map { (result, $0) }
        }
    }

    /// How many assertions still needed a window: one line for those who have no room for more.
    var windowSentence: String {
        let count = windows.count
        return switch count {
        case 0: "No assertion needed a quiet window: messages and fences decided them all."
        case 1: "1 assertion needed a window, for want of a fence."
        default: "\(count) assertions needed a window, for want of a fence."
        }
    }
}

extension MessageReference {
    /// The number of the message and of its packet: `#12 (packet 31)`.
    package var words: String { packet.map { "#\(message) (packet \($0))" } ?? "#\(message)" }
}

extension MessageSummary {
    /// The name of the lifeline that the message leaves.
    package var from: String { sender?.description ?? source.address.description }

    /// The name of the lifeline that the message reaches.
    package var to: String { receiver?.description ?? destination.address.description }
}

extension RunResult.Mode {
    /// How the run was executed, for people.
    package var words: String {
        switch self {
        case .live: "live, over real sockets"
        case .simulated: "simulated, in virtual time"
        case .judged: "judged from a capture"
        }
    }
}

extension Mutation {
    /// The change in words, such as `INVITE without Max-Forwards`.
    package var words: String {
        switch change {
        case .set(let field, let value): "\(message) with \(field): \(value)"
        case .omit(let field): "\(message) without \(field)"
        case .repeat(let count): "\(message) sent \(count) times"
        case .raw: "\(message) replaced by given bytes"
        }
    }
}

extension CaseResult {
    /// The message with that number.
    package func message(_ reference: MessageReference) -> MessageSummary? {
        messages.first { $0.reference.message == reference.message }
    }

    /// Why the case was not judged, or nil where it was.
    package var reason: String? {
        switch outcome {
        case .judged: nil
        case .error(let reason), .notApplicable(let reason), .outOfTime(let reason): reason
        }
    }

    /// The folder of this attempt within the folder of the run: that of the case for the first, one below for others.
    package var folder: String {
        "cases/\(testCase.id.asFileName)" + (attempt == 1 ? "" : "/attempt-\(attempt)")
    }

    /// The name of the case, and of the attempt after the first.
    package var name: String { attempt > 1 ? "\(testCase.id) (attempt \(attempt))" : testCase.id }

    /// The name of the case within a page.
    package var anchor: String { attempt > 1 ? "\(testCase.id.asFileName)-\(attempt)" : testCase.id.asFileName }
}

extension String {
    /// The text as the name of one file: letters, digits, `.`, `-`, `_`, and no leading dot.
    package var asFileName: String {
        let name = String(decoding: utf8.map { Self.fileNameBytes.contains($0) ? $0 : 0x5F }, as: UTF8.self)
        return name.hasPrefix(".") || name.isEmpty ? "_" + name : name
    }

    private static let fileNameBytes = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_".utf8)
}

/// The count and the noun: `1 warning`, `2 warnings`.
package func plural(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
