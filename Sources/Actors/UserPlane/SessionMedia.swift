import MSRP
import Network
import SDP

/// What one session carries, line by line of its description: its texts, and the files beside them.
///
/// RFC 3264 §5 to §8, OMA-TS-SIMPLE_IM-V1_0 §7.1.1.5 and §7.1.2.2
struct SessionMedia: Sendable {
    /// What an offer or answer of the peer comes to.
    enum Outcome: Sendable {
        case settled([ProcedureEffect])
        /// The two do not fit, and what held before holds on; the reason is for people and for a Warning.
        case unacceptable(reason: String)
    }

    /// The name of the session.
    let session: String
    private(set) var conversation: Conversation?
    private var addressing: Addressing?
    private var peer = ""
    private var files: FileExchange
    private let negotiation: MediaNegotiation
    private var agreement: MediaAgreement?
    /// The place of the line of the texts; nil in a session of files alone.
    private var textPlace: Int?

    private var origin: Origin
    /// The lines that this side has said last.
    private var said: [MediaDescription]?
    private let profile: IMClient.Profile
    private var identifiers: Identifiers

    /// The media of a session with texts; as the invited side, whatever the offer brings.
    init(
        _ session: String, files: FileExchange, profile: IMClient.Profile, preferring wrapping: Wrapping = .none,
        identifiers: inout Identifiers
    ) {
        self.init(
            session, files: files, textPlace: 0, profile: profile, preferring: wrapping,
            identifiers: &identifiers)
    }

    /// The media of a session that consists of files alone.
    init(_ session: String, filesAlone files: FileExchange, profile: IMClient.Profile, identifiers: inout Identifiers) {
        var files = files
        files.company = .none
        self.init(
            session, files: files, textPlace: nil, profile: profile, preferring: .none, identifiers: &identifiers)
    }

    private init(
        _ session: String, files: FileExchange, textPlace: Int?, profile: IMClient.Profile,
        preferring wrapping: Wrapping, identifiers: inout Identifiers
    ) {
        self.session = session
        self.files = files
        self.textPlace = textPlace
        self.profile = profile
        negotiation = MediaNegotiation(profile, preferring: wrapping, identifiers: &identifiers)
        let number = identifiers.sessionNumber()
        origin = Origin(
            sessionID: number, sessionVersion: number, address: Connection(host: profile.address.description))
        self.identifiers = identifiers.split()
    }

    // MARK: Offer and answer

    /// The offer of this side: what holds, and what files have come to it.
    mutating func offer() -> SessionDescription { describe(files.offer()) }

    /// Takes the answer to the offer.
    mutating func settle(answer: SessionDescription) -> Outcome {
        if let textPlace {
            let line = answer.media.indices.contains(textPlace) ? answer.media[textPlace] : nil
            guard let media = line?.isMSRP == true ? line : answer.media.first(where: \.isMSRP) else {
                return .unacceptable(reason: "No MSRP in the answer")
            }
            switch negotiation.settle(answer: media) {
            case .unacceptable(let reason): return .unacceptable(reason: reason)
            case .agreed(let agreement): return .settled(agree(agreement) + files.settle(answer: others(in: answer)))
            }
        }
        return .settled(files.settle(answer: others(in: answer)))
    }

    /// Keeps the offer for later, because it has met one of the peer.
    mutating func postpone() { files.postpone() }

    /// Takes back the offer, which the peer has turned away.
    mutating func withdraw(status: Int) -> [ProcedureEffect] { files.withdraw(status: status) }

    /// Takes an offer of the peer, whose answer is ready unless the user is to decide on it.
    mutating func receive(offer: SessionDescription) -> Outcome {
        let known = files.lines.count + (agreement == nil ? 0 : 1)
        guard offer.media.count >= known else {
            // RFC 3264 §8
            return .unacceptable(reason: "The offer has \(offer.media.count) lines, and the session has \(known)")
        }
        if agreement == nil {
            textPlace = offer.media.firstIndex(where: \.isForTexts)
            files.company = textPlace == nil ? .none : .texts
        }
        guard let textPlace else {
            guard offer.media.contains(where: { $0.fileSelector != nil }) else {
                return .unacceptable(reason: "No MSRP over TCP in the offer")
            }
            let effects = files.receive(offer: others(in: offer))
            return files.isHopeless ? .unacceptable(reason: "Nothing of what is offered can be had") : .settled(effects)
        }
        guard offer.media.indices.contains(textPlace) else {
            return .unacceptable(reason: "The offer lacks a line of the session")
        }
        switch negotiation.settle(offer: offer.media[textPlace]) {
        case .unacceptable(let reason): return .unacceptable(reason: reason)
        case .agreed(let agreement): return .settled(agree(agreement) + files.receive(offer: others(in: offer)))
        }
    }

    /// The status by which a defect has the offer of files refused as a whole.
    var wrongRefusal: Int? { files.hasRefused ? files.wrongRefusal : nil }

    /// Whether the answer to the peer's offer is still the user's to give.
    var isUndecided: Bool { files.isUndecided }

    /// Whether the peer only asks for files of this side, which no user need be asked about.
    var isRequestForFiles: Bool { textPlace == nil && !files.isUndecided }

    /// The answer to the peer's offer.
    mutating func answer() -> SessionDescription { describe(files.lines) }

    /// Forgets the offer of the peer, which is taken back before it was answered.
    mutating func cancel() -> [ProcedureEffect] { files.cancel() }

    /// What the session is to do for its media.
    var need: SessionNeed { files.need }

    // MARK: What passes

    /// Says what the session is part of, before anything passes.
    ///
    /// - Parameters:
    ///   - conference: What the session is part of, if anything.
    ///   - peer: Whom a text is from that does not say it.
    ///   - ownAddress: What this side calls itself, until the conference calls it something else.
    mutating func enter(_ conference: Conference?, with peer: String, as ownAddress: String) {
        let addressing =
            conference.map { Addressing(from: ownAddress, in: $0) } ?? Addressing(from: ownAddress, to: peer)
        self.peer = peer
        self.addressing = addressing
        files.address(by: addressing)
    }

    /// Opens the way of the texts, once both sides have agreed on it.
    mutating func open() -> [ProcedureEffect] {
        guard let agreement, let addressing else { return [] }
        let conversation = Conversation(
            session, with: peer, addressing: addressing, agreement: agreement, identifiers: identifiers.split())
        self.conversation = conversation
        return conversation.opening
    }

    /// Learns what the conference tells, which may be what a message has waited for.
    mutating func learn(_ news: SessionNews) -> [ProcedureEffect] {
        guard var addressing else { return [] }
        addressing.learn(news)
        self.addressing = addressing
        return (conversation?.learn(news) ?? []) + files.learn(news, addressing)
    }

    /// Does what the user wants within the session.
    mutating func perform(_ action: ClientAction) -> [ProcedureEffect] {
        // RFC 3891 §3: what replaces a session was accepted when it came, before its user says so.
        if case .accept = action { return [] }
        guard let utterance = Utterance(action) else { return leak(action) + files.perform(action) }
        return conversation?.send(utterance)
            ?? [.report(utterance.failed(in: session, because: "the session has no texts"))]
    }

    mutating func hear(_ event: MediaEvent, in leg: String) -> [ProcedureEffect] {
        guard leg == agreement?.leg.session else { return files.hear(event, in: leg) }
        return conversation?.hear(event) ?? []
    }

    /// No other file has followed in time.
    mutating func waitedForMore() { files.waitedForMore() }

    /// Those have not come in time whom files are held back for.
    mutating func waitedForAudience() -> [ProcedureEffect] { files.waitedForAudience() }

    /// Gives up what is being sent, before the session is left.
    mutating func abandon() -> [ProcedureEffect] { files.abandon() }

    /// Refuses what the user has not decided on in time.
    mutating func refuse() -> [ProcedureEffect] { files.refuse() }

    var closing: [ProcedureEffect] { (conversation?.closing ?? []) + files.closing }

    /// Sends files among the texts, where a defect has it so.
    private mutating func leak(_ action: ClientAction) -> [ProcedureEffect] {
        guard case .offer(let contents, _) = action, files.defects.contains(.fileBeforeAcceptance), let agreement else {
            return []
        }
        return contents.map { content in
            let message = MSRPOutgoing(
                content, messageID: identifiers.token(), disposition: "attachment", in: files.envelope,
                chunkSize: profile.contentChunkSize)
            return .media(.send(message, session: agreement.leg.session))
        }
    }

    // MARK: Between the two

    /// Takes what both sides have agreed on; the connection stays unless the peer has another address.
    private mutating func agree(_ agreement: MediaAgreement) -> [ProcedureEffect] {
        guard let current = self.agreement, current.leg.remotePath == agreement.leg.remotePath else {
            self.agreement = agreement
            return conversation?.move(to: agreement) ?? []
        }
        var agreement = agreement
        agreement.leg = current.leg
        self.agreement = agreement
        return []
    }

    /// The lines of files, each with the direction that it may owe to the session as a whole.
    private func others(in description: SessionDescription) -> [MediaDescription] {
        description.media.enumerated().filter { $0.offset != textPlace }.map { _, media in
            guard media.ownDirection == nil else { return media }
            var media = media
            media.attributes.append(Attribute(description.direction(of: media).rawValue))
            return media
        }
    }

    /// The description with these lines beside the texts: a new version when it differs from the last.
    ///
    /// RFC 3264 §8
    private mutating func describe(_ lines: [MediaDescription]) -> SessionDescription {
        var media = lines
        if let textPlace { media.insert(agreement?.line ?? negotiation.line, at: min(textPlace, media.count)) }
        if let said, said != media, let version = UInt64(origin.sessionVersion) {
            origin.sessionVersion = String(version + 1)
        }
        said = media
        return SessionDescription(origin: origin, connection: origin.address, media: media)
    }
}

extension MediaDescription {
    /// Whether texts may pass on the line: MSRP over TCP, and not for one file.
    fileprivate var isForTexts: Bool {
        isMSRP && !isRefused && transport != "TCP/TLS/MSRP" && fileSelector == nil
    }
}
