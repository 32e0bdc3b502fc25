import MSRP
import Network
import SDP

/// The media of one participant, as the focus describes them to him.
struct ParticipantMedia: Equatable {
    struct Line: Equatable {
        /// The line of the conference; nil for a medium that is none of it.
        let line: Int?
        /// The path of the server in the session of this line.
        let uri: MSRPURI
        /// What the server says of the line.
        var own: MediaDescription

        var session: String { uri.sessionID ?? "" }
        var isOpen: Bool { !own.isRefused }
    }

    let place: MediaPlace
    private let token: String
    private let descriptionID: String
    private(set) var lines: [Line] = []
    private var begun = 0

    private var latest: [MediaDescription]?
    private var version = 0

    /// Media whose sessions are named by a token.
    init(place: MediaPlace, token: String, descriptionID: String) {
        self.place = place
        self.token = token
        self.descriptionID = descriptionID
    }

    /// The latest description for the participant, in a new version when it says something new.
    ///
    /// RFC 3264 §8
    mutating func description() -> [UInt8] {
        let media = lines.map(\.own)
        if media != latest { version += 1 }
        latest = media
        let own = Connection(host: place.address.address.description)
        return SessionDescription(
            origin: Origin(sessionID: descriptionID, sessionVersion: String(version), address: own), connection: own,
            attributes: place.attributes, media: media
        ).serialized()
    }

    /// Adds a line of the conference that the participant is to be offered.
    mutating func offer(_ line: ConferenceLine) {
        let uri = nextURI()
        lines.append(Line(line: line.id, uri: uri, own: line.offered.switched(at: uri, place.address)))
    }

    /// Takes a line that the participant has offered, which is refused until it is accepted.
    mutating func take(_ offered: MediaDescription, as line: Int?, at index: Int) {
        let new = Line(line: line, uri: nextURI(), own: offered.closed)
        if index < lines.count { lines[index] = new } else { lines.append(new) }
    }

    /// Accepts a line that the participant has offered.
    mutating func accept(_ offered: MediaDescription, at index: Int, like answer: MediaDescription?) {
        lines[index].own = offered.accepted(at: lines[index].uri, place.address, like: answer)
    }

    mutating func close(at index: Int) { lines[index].own = lines[index].own.closed }

    func index(ofLine line: Int) -> Int? { lines.lastIndex { $0.line == line } }

    /// The line of the conference that a session belongs to.
    func line(ofSession session: String) -> Int? { lines.first { $0.session == session }?.line }

    /// The sessions of lines that are open.
    var openLines: [Line] { lines.filter { $0.line != nil && $0.isOpen } }

    private mutating func nextURI() -> MSRPURI {
        begun += 1
        return place.uri(session: "\(token)-\(begun)")
    }
}
