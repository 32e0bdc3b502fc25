import Actors
import Conformance
import Dissection
import Network

/// A client that nobody here plays, as its messages at the other end show it.
///
/// It reports what a client of ours would, so that the stage goes on by what is seen on the wire. No verdict rests on it.
struct RealClient: Sendable {
    /// A session, by its Call-ID at this client.
    struct Call: Sendable {
        var name: String
        var inviter: String?
        var isOwn: Bool
        var service = SessionService.conversation
        var isTold = false
        var isEstablished = false
        var isOver = false
    }

    let party: PartyName
    let cast: Cast
    let testCase: TestCase
    /// What its user has been asked to do last, with sessions by their names in the scenario.
    var action = ClientAction.wait
    var isRegistered = false
    var isPublished = false
    /// Whether it has sent something, or connected, since it was asked to try.
    var hasTried = false
    /// Whether the deletion that it was asked for has been accepted; that it is done is seen by the next list.
    var hasDeleted = false
    var calls: [String: Call] = [:]
    private(set) var dissection: RunningDissection
    private let texts: [String]

    init(_ party: PartyName, of cast: Cast, in testCase: TestCase) {
        self.party = party
        self.cast = cast
        self.testCase = testCase
        dissection = RunningDissection(cast: cast)
        let steps = testCase.preamble + testCase.procedure
        texts = steps.flatMap(\.action.texts).sorted { $0.utf8.count > $1.utf8.count }
    }

    /// Notes what its user has been asked to do.
    mutating func expect(_ action: ClientAction) {
        self.action = action
        (hasTried, hasDeleted) = (false, false)
    }

    /// Takes what has been seen of the client, and tells what it shows.
    mutating func observe(_ entry: TraceEntry) -> [ClientReport] {
        guard concerns(entry) else { return [] }
        if isSent(entry), case .attempt = action { hasTried = true }
        return dissection.read(entry).flatMap { arrival in
            let reports = hear(arrival)
            return reports + (arrival.finished.map { hear(of: $0) } ?? [])
        }
    }

    private func isSent(_ entry: TraceEntry) -> Bool {
        entry.transport == .tcp && cast[party]?.addresses.contains(entry.source.address) == true
    }

    private func concerns(_ entry: TraceEntry) -> Bool {
        entry.concerns(Set(cast[party]?.addresses ?? []))
    }

    private mutating func hear(_ arrival: RunningDissection.Arrival) -> [ClientReport] {
        let message = arrival.message
        guard message.repeats == nil else { return [] }
        if message.isSIP { return hear(signalling: message, answering: arrival.request) }
        if message.isHTTP { return hear(document: message, answering: arrival.request) }
        return message.requestMethod == "REPORT" ? hear(report: message) : []
    }

    /// The text of the scenario that the bytes carry, however it is dressed up; otherwise all of them.
    func text(of bytes: [UInt8]) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        return texts.first { text.contains($0) } ?? text
    }

    /// The content of the scenario that these bytes are.
    func content(of bytes: [UInt8]) -> MediaContent? {
        testCase.equipment.contents.first { $0.bytes == bytes }
    }

    /// What the session is called that the client begins now.
    var nameOfNextSession: String {
        switch action {
        case .invite(_, let session), .join(_, _, let session), .rejoin(let session), .transfer(_, _, let session),
            .extend(_, _, let session):
            session
        case .logIn, .logOut, .changeSettings, .createGroup, .purge, .accept, .decline, .send, .whisper, .attempt,
            .add, .expel, .leave, .page, .sendLarge, .offer, .take, .refuse, .request, .list, .retrieve, .delete,
            .record, .stopRecording, .compose, .wait:
            "own-\(calls.count + 1)"
        }
    }
}
