import Conformance
import Dissection

// The texts and other contents that travel, as they leave and as they arrive.
extension Evidence {
    /// The contents that reach the client in this mode.
    ///
    /// A deferred message may also come as a page, which Appendix D.3 of OMA-TS-SIMPLE_IM-V1_0 shows.
    func contents(at client: PartyName, _ mode: Condition.Mode) -> [InstantMessage] {
        let modes = mode == .deferred ? [mode, .pager] : [mode]
        return dissection.instantMessages.filter { content in
            content.receiver == client && content.wasReceived && modes.contains(content.mode) && !content.isNotice
        }
    }

    /// The contents that leave the client in this mode; of a page that was refused and sent again, the last attempt.
    func contents(from client: PartyName, _ mode: Condition.Mode) -> [InstantMessage] {
        dissection.instantMessages.filter { content in
            content.sender == client && content.wasSent && content.mode == mode && !content.isNotice
                && !isSuperseded(content.parts[0])
        }
    }

    /// The contents that leave the client so that another may get them in this mode.
    func contents(from client: PartyName, for mode: Condition.Mode) -> [InstantMessage] {
        mode.origins.flatMap { contents(from: client, $0) }.sorted { $0.parts[0] < $1.parts[0] }
    }

    /// What has become of a content on its way to the client: the same message with another text.
    ///
    /// A page keeps its Call-ID through a proxy, and a relay passes on the Message-ID (OMA-TS-SIMPLE_IM-V1_0 §6.1.3).
    func altered(_ content: InstantMessage, at client: PartyName) -> InstantMessage? {
        contents(at: client, content.mode).first { arrived in
            arrived.isComplete && arrived.id == content.id && arrived.payload != content.payload
        }
    }

    /// Whether the content is one that a step sends.
    func isExpected(_ content: InstantMessage) -> Bool {
        texts.contains(content.text) || media.contains(content.payload)
    }

    /// The messages that carry these contents, in the order of the trace.
    func parts(of contents: [InstantMessage]) -> [DissectedMessage] {
        contents.flatMap(\.parts).sorted().map { dissection[$0] }
    }
}

extension Condition.Mode {
    /// The modes in which something is sent that arrives in this one.
    fileprivate var origins: [Condition.Mode] {
        switch self {
        case .session, .pager, .large, .file: [self]
        case .deferred: [.pager, .large]
        case .history: [.session]
        }
    }
}

/// A content that a criterion asks for, with its bytes at hand.
struct WantedContent {
    let content: Condition.Content
    private let bytes: [UInt8]

    init(_ content: Condition.Content) {
        self.content = content
        bytes =
            switch content {
            case .text(let text): Array(text.utf8)
            case .media(let media): media.bytes
            }
    }

    func `is`(_ message: InstantMessage) -> Bool { message.payload == bytes }

    /// The complete copies among these.
    func copies(among contents: [InstantMessage]) -> [InstantMessage] {
        contents.filter { $0.isComplete && self.is($0) }
    }

    /// Whether the type of a copy is that of the content, where it has one.
    func hasType(_ message: InstantMessage) -> Bool {
        guard case .media(let media) = content else { return true }
        let type = (message.contentType ?? "").prefix { $0 != ";" && $0 != " " }
        return type.lowercased() == media.type.lowercased()
    }

    /// The content in words, such as `“Hello B”` or `picture.png`.
    var inWords: String {
        switch content {
        case .text(let text): "“\(text)”"
        case .media(let media): media.name
        }
    }

    /// Another message in such words.
    func inWords(of message: InstantMessage) -> String {
        switch content {
        case .text: "“\(message.text.prefix(60))”"
        case .media: "\(message.payload.count) bytes of \(message.contentType ?? "no type")"
        }
    }
}
