import MSRP
import Network
import SIPSyntax
import XCAP

/// Records as bytes, for a store.
extension JournalRecord {
    private enum Tag: Int {
        case deferred = 1
        case discarded
        case document
        case documentDeleted
        case recorded
        case recordedMessage
        case recordingEnded
        case erased
    }

    package func serialized() -> [UInt8] {
        var writer = JournalWriter()
        switch self {
        case .deferred(let message, let user):
            writer.write(Tag.deferred.rawValue)
            writer.write(user)
            writer.write(message)
        case .discarded(let id, let user):
            writer.write(Tag.discarded.rawValue)
            writer.write(user)
            writer.write(id)
        case .document(let content, let selector):
            writer.write(Tag.document.rawValue)
            writer.write(selector)
            writer.write(content)
        case .documentDeleted(let selector):
            writer.write(Tag.documentDeleted.rawValue)
            writer.write(selector)
        case .recorded(let record, let user):
            writer.write(Tag.recorded.rawValue)
            writer.write(user)
            writer.write(record)
        case .recordedMessage(let message, let reference, let user):
            writer.write(Tag.recordedMessage.rawValue)
            writer.write(user)
            writer.write(reference)
            writer.write(message)
        case .recordingEnded(let reference, let time, let user):
            writer.write(Tag.recordingEnded.rawValue)
            writer.write(user)
            writer.write(reference)
            writer.write(time)
        case .erased(let reference, let user):
            writer.write(Tag.erased.rawValue)
            writer.write(user)
            writer.write(reference)
        }
        return writer.bytes
    }

    /// The record that the bytes are, or nil when they are none.
    package init?(parsing bytes: [UInt8]) {
        var reader = JournalReader(bytes)
        guard let record = try? Self.read(&reader), reader.isAtEnd else { return nil }
        self = record
    }

    private static func read(_ reader: inout JournalReader) throws(JournalReader.Failure) -> JournalRecord {
        guard let tag = Tag(rawValue: try reader.count()) else { throw JournalReader.Failure() }
        switch tag {
        case .document:
            let selector = try reader.selector()
            return .document(try reader.bytes(), selector)
        case .documentDeleted:
            return .documentDeleted(try reader.selector())
        case .deferred, .discarded, .recorded, .recordedMessage, .recordingEnded, .erased:
            break
        }
        let user = try reader.text()
        switch tag {
        case .deferred: return .deferred(try reader.deferredMessage(), user: user)
        case .recorded: return .recorded(try reader.conversationRecord(), user: user)
        case .discarded: return .discarded(messageID: try reader.text(), user: user)
        case .erased: return .erased(reference: try reader.text(), user: user)
        case .recordedMessage:
            let reference = try reader.text()
            return .recordedMessage(try reader.recordedMessage(), reference: reference, user: user)
        case .recordingEnded:
            let reference = try reader.text()
            return .recordingEnded(reference: reference, at: try reader.time(), user: user)
        case .document, .documentDeleted: throw JournalReader.Failure()
        }
    }
}

extension JournalWriter {
    fileprivate mutating func write(_ selector: DocumentSelector) {
        write(selector.usage.rawValue)
        switch selector.tree {
        case .global: write(0)
        case .user(let user):
            write(1)
            write(user)
        }
        write(selector.name)
    }

    fileprivate mutating func write(_ message: DeferredMessage) {
        write(message.id)
        switch message.content {
        case .page(let request):
            write(0)
            write(request)
        case .large(let large):
            write(1)
            write(large.invite)
            write(large.success)
            write(large.send)
            write(large.bye) { $0.write($1) }
        }
        write(message.received)
        write(message.expires)
    }

    fileprivate mutating func write(_ record: ConversationRecord) {
        write(record.reference)
        write(record.start)
        switch record.content {
        case .page(let request):
            write(0)
            write(request)
        case .large(let large):
            write(1)
            write(large.invite)
            write(large.send)
        case .conversation(let conversation):
            write(2)
            switch conversation.mode {
            case .session: write(0)
            case .largeMessage: write(1)
            }
            write(conversation.name) { $0.write($1) }
            write(conversation.invite) { $0.write($1) }
            write(conversation.group) { $0.write($1) }
            write(conversation.participants) { $0.write($1) }
            write(conversation.messages) { $0.write($1) }
            write(conversation.end) { $0.write($1) }
        }
    }

    fileprivate mutating func write(_ message: RecordedMessage) {
        write(message.time)
        write(message.send)
    }
}

extension JournalReader {
    fileprivate mutating func selector() throws(Failure) -> DocumentSelector {
        guard let usage = ApplicationUsage(rawValue: try text()) else { throw Failure() }
        let tree: DocumentSelector.Tree = try number() == 0 ? .global : .user(try text())
        return DocumentSelector(usage, tree, name: try text())
    }

    fileprivate mutating func deferredMessage() throws(Failure) -> DeferredMessage {
        let id = try text()
        let content: DeferredMessage.Content
        switch try number() {
        case 0:
            content = .page(try sipMessage())
        case 1:
            let (invite, success, send) = (try sipMessage(), try sipMessage(), try msrpMessage())
            let bye = try optional { (reader) throws(Failure) in try reader.sipMessage() }
            content = .large(.init(invite: invite, success: success, send: send, bye: bye))
        case _:
            throw Failure()
        }
        return DeferredMessage(id: id, content: content, received: try time(), expires: try time())
    }

    fileprivate mutating func conversationRecord() throws(Failure) -> ConversationRecord {
        let (reference, start) = (try text(), try time())
        let content: ConversationRecord.Content
        switch try number() {
        case 0: content = .page(try sipMessage())
        case 1: content = .large(.init(invite: try sipMessage(), send: try msrpMessage()))
        case 2: content = .conversation(try conversation())
        case _: throw Failure()
        }
        return ConversationRecord(reference: reference, content: content, start: start)
    }

    private mutating func conversation() throws(Failure) -> ConversationRecord.Conversation {
        var conversation = ConversationRecord.Conversation(participants: [])
        conversation.mode = try number() == 0 ? .session : .largeMessage
        conversation.name = try optional { (reader) throws(Failure) in try reader.text() }
        conversation.invite = try optional { (reader) throws(Failure) in try reader.sipMessage() }
        conversation.group = try optional { (reader) throws(Failure) in try reader.text() }
        conversation.participants = try list { (reader) throws(Failure) in try reader.text() }
        conversation.messages = try list { (reader) throws(Failure) in try reader.recordedMessage() }
        conversation.end = try optional { (reader) throws(Failure) in try reader.time() }
        return conversation
    }

    fileprivate mutating func recordedMessage() throws(Failure) -> RecordedMessage {
        let time = try time()
        return RecordedMessage(send: try msrpMessage(), time: time)
    }
}
