import Actors
import Conformance
import Execution
import Foundation
import Reporting
import Synchronization
import Transport

/// A person at the terminal who works the real clients.
///
/// What is done is seen on the wire, so that nothing need be typed; a reason, or Enter twice, says that a step is not
/// possible.
final class Tester: Operative {
    fileprivate struct State {
        var open: [Prompt] = []
        var replies: [Reply] = []
        var doorbell: Doorbell?
        /// Whether Enter has been pressed once.
        var isAsked = false
    }

    private let state = Mutex(State())
    private let contents: ContentFiles

    /// Listens to standard input from now on.
    ///
    /// - Parameter contents: Where the contents are that clients are to send.
    init(contents: ContentFiles) {
        self.contents = contents
        let thread = Thread { [weak self] in
            while let line = readLine() { self?.read(line) }
        }
        thread.start()
    }

    func ask(_ prompt: Prompt) {
        state.withLock { $0.open.append(prompt) }
        let place = prompt.step.label.first?.isNumber == true ? "Step \(prompt.step.label)" : "Before step 1"
        let question = prompt.kind == .question ? " [y/n]" : ""
        Terminal.print("\(prompt.testCase) \(place). \(prompt.sentence)\(question)".wrapped(after: "  ▶", indent: 4))
        for content in prompt.action.contents {
            Terminal.print(
                "\(content.name) is \(contents.path(of: content, in: prompt.testCase))".wrapped(after: "   ", indent: 4)
            )
        }
    }

    func withdraw(_ id: Int) { state.withLock { $0.open.removeAll { $0.id == id } } }

    func takeReplies() -> [Reply] {
        state.withLock { state in
            defer { state.replies = [] }
            return state.replies
        }
    }

    func use(_ doorbell: Doorbell) { state.withLock { $0.doorbell = doorbell } }

    private func read(_ line: String) {
        let text = line.trimmingCharacters(in: .whitespaces)
        let words = state.withLock { state -> String? in
            guard let prompt = state.open.first else { return nil }
            if prompt.kind == .question { return answer(text, to: prompt, &state) }
            if text.isEmpty, !state.isAsked {
                state.isAsked = true
                return "Nothing need be typed: the step is seen on the wire. Is it not possible? Then say why, or "
                    + "press Enter once more."
            }
            state.isAsked = false
            let reason = text.isEmpty ? "so the tester says" : text
            state.reply(.cannot(prompt.id, reason: reason))
            return nil
        }
        if let words { Terminal.print(words.wrapped(after: "  …", indent: 4)) }
    }

    private func answer(_ text: String, to prompt: Prompt, _ state: inout State) -> String? {
        switch text.lowercased() {
        case "y", "yes": state.reply(.answer(prompt.id, isSo: true))
        case "n", "no": state.reply(.answer(prompt.id, isSo: false))
        default: return "Say y or n."
        }
        return nil
    }
}

extension Tester.State {
    fileprivate mutating func reply(_ reply: Reply) {
        open.removeFirst()
        replies.append(reply)
        doorbell?.ring()
    }
}

extension ClientAction {
    /// What the user needs to have at hand.
    fileprivate var contents: [MediaContent] {
        switch self {
        case .sendLarge(let content, _): [content]
        case .offer(let contents, _), .transfer(let contents, _, _): contents
        default: []
        }
    }
}
