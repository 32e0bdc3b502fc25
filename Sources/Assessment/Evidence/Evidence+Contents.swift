import Conformance
import Dissection

// The texts that travel, as they leave and as they arrive.
extension Evidence {
    /// The contents that reach the client in this mode.
    func contents(at client: PartyName, _ mode: Condition.Mode) -> [InstantMessage] {
        dissection.instantMessages.filter { $0.receiver == client && $0.wasReceived && $0.mode == mode }
    }

    /// The contents that leave the client in this mode; of a page that was refused and sent again, the last attempt.
    func contents(from client: PartyName, _ mode: Condition.Mode) -> [InstantMessage] {
        dissection.instantMessages.filter { content in
            content.sender == client && content.wasSent && content.mode == mode && !isSuperseded(content.parts[0])
        }
    }

    /// The complete copies of a content that reach the client.
    func contents(received content: Condition.Content, at client: PartyName, _ mode: Condition.Mode)
        -> [InstantMessage]
    {
        contents(at: client, mode).filter { $0.isComplete && self.is($0, content) }
    }

    /// The complete copies of a content that leave the client.
    func contents(of content: Condition.Content, from client: PartyName, _ mode: Condition.Mode) -> [InstantMessage] {
        contents(from: client, mode).filter { $0.isComplete && self.is($0, content) }
    }

    /// Whether what has travelled is that content.
    func `is`(_ message: InstantMessage, _ content: Condition.Content) -> Bool {
        switch content {
        case .text(let text): message.payload.elementsEqual(text.utf8)
        case .media: false
        }
    }

    /// What has become of a content on its way to the client: the same message with another text.
    ///
    /// A page keeps its Call-ID through a proxy, and a relay passes on the Message-ID (OMA-TS-SIMPLE_IM-V1_0 §6.1.3).
    func altered(_ content: InstantMessage, at client: PartyName) -> InstantMessage? {
        contents(at: client, content.mode).first { arrived in
            arrived.isComplete && arrived.id == content.id && arrived.payload != content.payload
        }
    }

    /// The messages that carry these contents, in the order of the trace.
    func parts(of contents: [InstantMessage]) -> [DissectedMessage] {
        contents.flatMap(\.parts).sorted().map { dissection[$0] }
    }
}
