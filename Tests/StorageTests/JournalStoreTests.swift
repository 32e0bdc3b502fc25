import Glibc
import MSRP
import Network
import ReferenceServer
import SIPSyntax
import Storage
import Testing
import XCAP

/// What the server keeps comes back as it was, and what it has let go does not.
struct JournalStoreTests {
    private static let time = Instant(nanoseconds: 1_800_000_000_123_456_789)
    private static let page = SIPMessage(
        .message, uri: "sip:bob@home.example",
        fields: [SIPField(spelling: "f", value: "<sip:ann@home.example>;tag=a"), SIPField(spelling: "X", value: "ü")],
        body: Array("Hello\0\u{2028}".utf8))
    private static let send = MSRPMessage(
        transactionID: "t1", .request(method: "SEND"), toPath: ["msrp://a:1/b;tcp"], fromPath: ["msrp://c:2/d;tcp"],
        body: Array("-------t1$\r\n".utf8), continuation: .more)
    private static let lists = DocumentSelector(.resourceLists, .user("sip:ann@home.example"), name: "index")
    private static let capabilities = DocumentSelector(.capabilities, .global, name: "index")

    private static func deferred(_ name: String, _ content: DeferredMessage.Content = .page(page)) -> JournalRecord {
        let message = DeferredMessage(
            id: "sip:\(name)@home.example", content: content, received: time, expires: time + .seconds(60))
        return .deferred(message, user: "sip:bob@home.example")
    }

    private static func conversation(_ name: String, _ content: ConversationRecord.Content) -> JournalRecord {
        .recorded(ConversationRecord(reference: name, content: content, start: time), user: "sip:ann@home.example")
    }

    private static var all: [JournalRecord] {
        var conversation = ConversationRecord.Conversation(participants: ["sip:bob@home.example", ""])
        conversation.mode = .largeMessage
        conversation.name = "Lunch"
        conversation.invite = page
        conversation.messages = [RecordedMessage(send: send, time: time)]
        conversation.end = time
        var silent = send
        silent.body = nil
        let success = SIPMessage(status: 200, to: page)
        return [
            deferred("1"), deferred("2", .large(.init(invite: page, success: success, send: send, bye: nil))),
            deferred("3", .large(.init(invite: page, success: success, send: silent, bye: page))),
            .document(Array("<resource-lists/>".utf8), lists), .document([], capabilities),
            Self.conversation("a", .page(page)), Self.conversation("b", .large(.init(invite: page, send: send))),
            Self.conversation("c", .conversation(conversation)),
            .recordedMessage(RecordedMessage(send: send, time: time), reference: "c", user: "sip:ann@home.example"),
            .recordingEnded(reference: "c", at: time, user: "sip:ann@home.example"),
        ]
    }

    private static var ends: [JournalRecord] {
        [
            .discarded(messageID: "sip:2@home.example", user: "sip:bob@home.example"), .documentDeleted(lists),
            .erased(reference: "c", user: "sip:ann@home.example"),
        ]
    }

    @Test(arguments: (all + ends).indices) func `A record is the same as bytes`(place: Int) {
        let record = (Self.all + Self.ends)[place]
        let bytes = record.serialized()
        #expect(JournalRecord(parsing: bytes) == record)
        #expect(JournalRecord(parsing: bytes + [0]) == nil)
        for count in bytes.indices { #expect(JournalRecord(parsing: Array(bytes[..<count])) == nil) }
    }

    @Test func `What was written comes back in its order, in another life too`() throws {
        let file = try TemporaryFile()
        do {
            let store = try JournalStore(at: file.path)
            for record in Self.all { try store.write([record]) }
            #expect(try store.records() == Self.all)
        }
        #expect(try JournalStore(at: file.path).records() == Self.all)
    }

    @Test func `What is over is gone, and what is written anew keeps its place`() throws {
        let file = try TemporaryFile()
        let store = try JournalStore(at: file.path)
        try store.write(Self.all)
        let again = Self.deferred("1", .large(.init(invite: Self.page, success: Self.page, send: Self.send, bye: nil)))
        try store.write(Self.ends + [again])
        var rest = Self.all
        rest[0] = again
        rest.removeAll { record in Self.ends.contains { $0.subject == record.subject } }
        #expect(try store.records() == rest)
    }

    @Test func `A file that is in use, is another's or is no file is refused with the reason`() throws {
        let file = try TemporaryFile()
        let store = try JournalStore(at: file.path)
        #expect { try JournalStore(at: file.path) } throws: { "\($0)".contains("another server uses it") }
        withExtendedLifetime(store) {}
        let other = try TemporaryFile(content: "This has been written by somebody else, and is not to be lost.")
        #expect { try JournalStore(at: other.path) } throws: { "\($0)".contains("not a database") }
        #expect(throws: StorageError.self) { try JournalStore(at: "/nowhere/at/all") }
    }
}

/// A file that is gone after the test, with what SQLite puts beside it.
private final class TemporaryFile {
    struct Failure: Error {}

    let path: String

    init(content: String? = nil) throws {
        let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(folder)/parley-store-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw Failure() }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        if let content { _ = content.withCString { Glibc.write(descriptor, $0, strlen($0)) } }
        close(descriptor)
    }

    deinit { for suffix in ["", "-wal", "-shm"] { unlink(path + suffix) } }
}
