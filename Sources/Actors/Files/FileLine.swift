import Conformance
import MSRP
import SDP

/// One file of a session, and the media line that it has in the description.
///
/// RFC 5547 §8
struct FileLine: Sendable {
    enum Part: Sendable {
        case sends(MediaContent)
        case receives
    }

    enum Course: Sendable {
        /// In an offer of this side, the answer to which is awaited.
        case offered
        /// In an offer of the peer, the answer to which is the user's to give.
        case proposed(MediaDescription)
        /// Agreed on and under way.
        case open(MediaLeg)
        /// Over, but for the line, which this side is to close.
        case over(MediaLeg)
        /// Over, but for the line, which the peer is to close.
        case taken(MediaLeg)
        /// In an offer of this side with port 0.
        case closing(MediaLeg)
        /// The line has port 0 for good.
        case closed
    }

    let part: Part
    /// What the peer and this side call the file.
    let name: String
    let selector: FileSelector
    var course: Course
    /// This side of the line while it is not closed.
    var line: ContentLine
    /// What the line says when it has port 0.
    let refusal: MediaDescription
    /// How a content goes on the line.
    var wrapping = Wrapping.none
    /// The message that carries the file, from when it is sent.
    var messageID: String?
    /// Whether the controlling function has still to tell what became of the file.
    var awaitsFinalReport = false

    /// What the description says of the file.
    var description: MediaDescription {
        switch course {
        case .offered, .proposed, .open, .over, .taken: line.description
        case .closing, .closed: refusal
        }
    }

    /// Whether this side has still to send the file, or may have to.
    var isToBeSent: Bool {
        switch (part, course) {
        case (.sends, .offered), (.sends, .open): true
        case (.sends, _), (.receives, _): false
        }
    }

    var isOffered: Bool { if case .offered = course { true } else { false } }
    var isOver: Bool { if case .over = course { true } else { false } }
    var isClosed: Bool { if case .closed = course { true } else { false } }

    var leg: MediaLeg? {
        switch course {
        case .open(let leg), .over(let leg), .taken(let leg), .closing(let leg): leg
        case .offered, .proposed, .closed: nil
        }
    }

    /// Whether both are of the same transfer; a peer of an older draft gives transfers no identifier.
    func isTransfer(of media: MediaDescription) -> Bool {
        guard let id = refusal.fileTransferID, let other = media.fileTransferID else { return true }
        return id == other
    }
}

extension FileLine {
    /// A file that this side offers to send.
    ///
    /// RFC 5547 §8.2.1; in a wrapper its type is among the wrapped ones
    init(offering content: MediaContent, preferring wrapping: Wrapping, id: String, at uri: MSRPURI) {
        let selector = FileSelector(of: content)
        let isWrapped = wrapping == .cpim
        self.init(
            part: .sends(content), selector: selector, id: id, further: [Attribute("file-disposition", "attachment")],
            line: ContentLine(
                uri: uri, direction: .sendOnly,
                acceptTypes: isWrapped ? ["message/cpim", content.type] : [content.type],
                acceptWrappedTypes: isWrapped ? [content.type] : []))
    }

    /// A file that this side asks for.
    ///
    /// RFC 5547 §8.2.2
    init(asking selector: FileSelector, preferring wrapping: Wrapping, id: String, at uri: MSRPURI) {
        let isWrapped = wrapping == .cpim
        self.init(
            part: .receives, selector: selector, id: id, further: [],
            line: ContentLine(
                uri: uri, direction: .receiveOnly, acceptTypes: isWrapped ? ["message/cpim", "*"] : ["*"],
                acceptWrappedTypes: isWrapped ? ["*"] : []))
    }

    private init(part: Part, selector: FileSelector, id: String, further: [Attribute], line: ContentLine) {
        let naming = [Attribute("file-selector", selector.description), Attribute("file-transfer-id", id)]
        var line = line
        line.attributes = naming + further
        self.part = part
        self.selector = selector
        self.line = line
        name = selector.name ?? ""
        course = .offered
        refusal = line.description.refusal
    }

    /// A line of the peer's offer that this side can answer: a file to take, or one to give.
    ///
    /// RFC 5547 §8.3; the copy of the selector in an answer leaves out the hash that the receiver does not know.
    init?(answering media: MediaDescription, direction: Direction, from shelf: FileShelf, at uri: MSRPURI) {
        guard media.isMSRP, !media.isRefused, media.isSecure == uri.isSecure, media.msrpPath != nil,
            let offered = media.fileSelector
        else { return nil }
        let content = direction == .receiveOnly ? shelf.content(selectedBy: offered) : nil
        guard direction != .receiveOnly || content != nil, direction != .inactive else { return nil }
        let own = content.map { FileSelector(of: $0) }
        let said = own ?? FileSelector(name: offered.name, type: offered.type, size: offered.size)
        guard
            var line = ContentLine(
                answering: media, direction: direction == .receiveOnly ? .sendOnly : .receiveOnly, taking: ["*"],
                at: uri)
        else { return nil }
        line.attributes.append(Attribute("file-selector", said.description))
        if let id = media.fileTransferID { line.attributes.append(Attribute("file-transfer-id", id)) }
        self.line = line
        part = content.map(Part.sends) ?? .receives
        selector = own ?? offered
        name = selector.name ?? ""
        refusal = media.refusal
        course = .proposed(media)
    }

    /// A line of the peer's offer that is refused, with what it says.
    init(refusing media: MediaDescription, at uri: MSRPURI) {
        part = .receives
        selector = media.fileSelector ?? FileSelector()
        name = selector.name ?? ""
        line = ContentLine(uri: uri, direction: .inactive, acceptTypes: ["*"])
        refusal = media.refusal
        course = .closed
    }
}
