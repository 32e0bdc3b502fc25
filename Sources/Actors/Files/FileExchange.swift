import Conformance
import MSRP
import MessageBodies
import SDP

/// The files of one session: a line of the description for each, beside the line of the texts.
///
/// The session keeps dialog, timer and glare; it offers and answers what stands here.
///
/// OMA-TS-SIMPLE_IM-V1_0 §10, RFC 5547 §8
struct FileExchange: Sendable {
    /// What else the session is for.
    enum Company: Sendable {
        case texts
        /// Nothing, so that the session ends when there have been no files for a while.
        case none
    }

    /// Who is to be in the conference before the first file goes.
    ///
    /// The focus lets this side in as soon as one of the invited has accepted, and passes on to those who are there.
    enum Audience: Sendable, Equatable {
        case anybody
        /// So many besides this side.
        case everybody(Int)
        /// The members of a group, of which nobody knows how many come.
        case members
    }

    /// How many lines there may be; what the peer offers beyond them is refused.
    static let capacity = 64

    /// The name of the session.
    let session: String
    var company = Company.texts
    /// The lines of the description, that of the texts left out.
    var files: [FileLine] = []
    /// What our next offer is to bring.
    private var queue: [FileLine] = []
    /// How many lines there were before the offer of the peer that is not answered yet.
    private var standing: Int?
    /// Whether the files that were offered last are refused.
    private(set) var hasRefused = false
    /// What the peer has offered, by the name of the file.
    private var remembered: [String: FileSelector] = [:]
    private var shelf: FileShelf
    /// For whom files are held back.
    var audience = Audience.anybody
    /// Whether a session of files alone has been without any for long enough.
    var isIdle = false
    /// From whom and to whom files go, where they go in wrappers; nil until the conference has told.
    var envelope: Envelope?
    /// How they go where the peer leaves the choice.
    var wrapping: Wrapping
    let profile: IMClient.Profile
    let defects: Set<ClientDefect>
    var identifiers: Identifiers

    init(
        _ session: String, with peer: String, from shelf: FileShelf = FileShelf(),
        preferring wrapping: Wrapping = .none,
        profile: IMClient.Profile, defects: Set<ClientDefect> = [], identifiers: inout Identifiers
    ) {
        self.session = session
        envelope = Envelope(from: profile.imAddress, to: peer, reports: .unasked)
        self.shelf = shelf
        self.wrapping = profile.prefersCPIM ? .cpim : wrapping
        self.profile = profile
        self.defects = defects
        self.identifiers = identifiers.split()
    }

    /// Our side of every line, in the order of the description.
    var lines: [MediaDescription] { files.map(\.description) }

    /// What the session is to do for the files, as soon as it can.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §10.1 (5) and §10.2: the lines of what has been sent are closed together.
    var need: SessionNeed {
        if !queue.isEmpty { return .offer }
        guard !files.contains(where: { $0.isToBeSent || $0.awaitsFinalReport }), !defects.contains(.fileLineStaysOpen)
        else { return .nothing }
        switch company {
        case .texts: return files.contains(where: \.isOver) ? .offer : .nothing
        case .none: return isIdle ? .release : .nothing
        }
    }

    // MARK: What the user wants

    /// Does what the user wants with files: offer, take, refuse, request.
    mutating func perform(_ action: ClientAction) -> [ProcedureEffect] {
        switch action {
        case .offer(let contents, _):
            shelf.add(contents)
            queue += contents.map { content in
                FileLine(
                    offering: content, preferring: wrapping, id: identifiers.token(),
                    at: MSRPURI(profile, session: identifiers.msrpSession()))
            }
            return stay()
        case .request(let contents, _):
            queue += contents.map { content in
                FileLine(
                    asking: remembered[content.name] ?? FileSelector(of: content), preferring: wrapping,
                    id: identifiers.token(), at: MSRPURI(profile, session: identifiers.msrpSession()))
            }
            return stay()
        case .take: return take()
        case .refuse: return isUndecided ? refuse() : stop()
        default: return [.report(.protocolTrouble("A session of files knows no such action: \(action)"))]
        }
    }

    /// Keeps the session up, for there is more to pass.
    private mutating func stay() -> [ProcedureEffect] {
        isIdle = false
        return company == .none ? [.disarm(.nextFile)] : []
    }

    private mutating func take() -> [ProcedureEffect] {
        files.indices.flatMap { place -> [ProcedureEffect] in
            guard case .proposed(let media) = files[place].course else { return [] }
            return open(place, files[place].line.leg(answering: media))
        }
    }

    /// The status by which a client that knows no better refuses files, instead of port 0.
    var wrongRefusal: Int? {
        if defects.contains(.declinesOfferWithFiles) { return 603 }
        return defects.contains(.timesOutOfferWithFiles) ? 408 : nil
    }

    /// Refuses what is offered, on the word of the user or for want of one.
    mutating func refuse() -> [ProcedureEffect] {
        for place in files.indices {
            guard case .proposed = files[place].course else { continue }
            files[place].course = .closed
            hasRefused = true
        }
        return []
    }

    // MARK: Our offers

    /// Whether the answer to the peer's offer is still the user's to give.
    var isUndecided: Bool { files.contains { if case .proposed = $0.course { true } else { false } } }

    /// The lines of our next offer: those that stand, closed where they have served, and at the end those that are new.
    mutating func offer() -> [MediaDescription] {
        for place in files.indices where !defects.contains(.fileLineStaysOpen) {
            if case .over(let leg) = files[place].course { files[place].course = .closing(leg) }
        }
        files += queue
        queue = []
        return lines
    }

    /// Takes the answer to our offer, line by line.
    mutating func settle(answer: [MediaDescription]) -> [ProcedureEffect] {
        var refused: [String] = []
        var effects: [ProcedureEffect] = []
        for place in files.indices {
            let media = answer.indices.contains(place) ? answer[place] : files[place].refusal
            switch files[place].course {
            case .offered:
                let opening = open(place, files[place].line.leg(answeredBy: media), by: media)
                if opening.isEmpty { refused.append(files[place].name) }
                effects += opening
            case .closing: effects += close(place)
            case .open, .over, .taken: if media.isRefused { effects += close(place) }
            case .proposed, .closed: break
            }
        }
        return effects + refusal(of: refused)
    }

    /// Keeps our offer for later, because it has met one of the peer.
    mutating func postpone() {
        queue = files.filter(\.isOffered) + queue
        files.removeAll(where: \.isOffered)
        for place in files.indices {
            if case .closing(let leg) = files[place].course { files[place].course = .over(leg) }
        }
    }

    /// Takes back our offer, which the peer has turned away as a whole, so that what held before holds on.
    mutating func withdraw(status: Int) -> [ProcedureEffect] {
        let refused = files.filter(\.isOffered).map(\.name)
        files.removeAll(where: \.isOffered)
        let closings = files.indices.flatMap { place -> [ProcedureEffect] in
            if case .closing = files[place].course { close(place) } else { [] }
        }
        return closings + refusal(of: refused)
    }

    private mutating func refusal(of names: [String]) -> [ProcedureEffect] {
        // A session for which nothing is left need not wait.
        if !files.contains(where: { $0.leg != nil }) { isIdle = true }
        return names.isEmpty ? [] : [.report(.filesRefused(names: names, session: session))]
    }

    // MARK: Offers of the peer

    /// Takes an offer of the peer; our lines then answer it, once it is decided.
    mutating func receive(offer: [MediaDescription]) -> [ProcedureEffect] {
        standing = files.count
        hasRefused = false
        let effects = offer.enumerated().flatMap { place, media in
            files.indices.contains(place) ? renew(place, media) : consider(place, media)
        }
        let proposed = files.filter { if case .proposed = $0.course { true } else { false } }
        for file in proposed { remembered[file.name] = file.selector }
        return effects
            + (proposed.isEmpty ? [] : [.report(.filesOffered(names: proposed.map(\.name), session: session))])
    }

    /// Whether the offer brings nothing that this side can take or give.
    ///
    /// RFC 5547 §8.5
    var isHopeless: Bool { !files.contains { $0.leg != nil || !$0.isClosed } }

    /// Forgets the offer of the peer, which is taken back before it was decided.
    mutating func cancel() -> [ProcedureEffect] {
        let kept = standing ?? files.count
        let effects = files.indices.dropFirst(kept).flatMap { close($0) }
        files.removeLast(max(0, files.count - kept))
        return refuse() + effects
    }

    /// A line that is known: the same transfer goes on and is never begun again, a closed line is closed.
    ///
    /// RFC 5547 §8.1 and §8.4
    private mutating func renew(_ place: Int, _ media: MediaDescription) -> [ProcedureEffect] {
        guard !media.isRefused else { return close(place) }
        guard files[place].isTransfer(of: media) else {
            let closing = close(place)
            return closing + consider(place, media)
        }
        return []
    }

    /// A line that is new, or has become that of another transfer.
    private mutating func consider(_ place: Int, _ media: MediaDescription) -> [ProcedureEffect] {
        let uri = MSRPURI(profile, session: identifiers.msrpSession())
        let direction = media.ownDirection ?? .sendReceive
        let known =
            place < Self.capacity ? FileLine(answering: media, direction: direction, from: shelf, at: uri) : nil
        let file = known ?? FileLine(refusing: media, at: uri)
        if files.indices.contains(place) { files[place] = file } else { files.append(file) }
        guard case (.sends, .proposed) = (file.part, file.course) else { return [] }
        return open(place, file.line.leg(answering: media), by: media)
    }
}
