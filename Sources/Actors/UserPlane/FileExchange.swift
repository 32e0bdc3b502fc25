import SDP

/// The files of one session: a line of the description for each, beside the line of the texts.
///
/// The session keeps dialog, timer and glare; it offers and answers what stands here.
///
/// OMA-TS-SIMPLE_IM-V1_0 §10, RFC 5547
struct FileExchange: Sendable {
    /// Our side of every line, in the order of the description, that of the texts left out.
    private(set) var lines: [MediaDescription] = []

    /// What the session is to do for the files, as soon as it can.
    var need: SessionNeed { .nothing }

    /// Whether the answer to the peer's offer is still the user's to give.
    var isUndecided: Bool { false }

    /// The lines of our next offer: those that stand, and at the end those that are new.
    mutating func offer() -> [MediaDescription] { lines }

    /// Takes the answer to our offer, line by line.
    mutating func settle(answer: [MediaDescription]) -> [ProcedureEffect] { [] }

    /// Takes back our offer, which the peer has turned away as a whole, so that what held before holds on.
    mutating func withdraw(status: Int) -> [ProcedureEffect] { [] }

    /// Takes an offer of the peer; our lines then answer it, once it is decided.
    mutating func receive(offer: [MediaDescription]) -> [ProcedureEffect] {
        lines = offer.map(\.refusal)
        return []
    }

    /// Forgets the offer of the peer, which is taken back before it was decided.
    mutating func cancel() -> [ProcedureEffect] { [] }

    /// Does what the user wants with files: offer, take, refuse, request.
    mutating func perform(_ action: ClientAction) -> [ProcedureEffect] { [] }

    /// Refuses what the user has not decided on in time.
    mutating func refuse() -> [ProcedureEffect] { [] }

    mutating func hear(_ event: MediaEvent, in leg: String) -> [ProcedureEffect] { [] }

    /// What ends with the session.
    var closing: [ProcedureEffect] { [] }
}

/// What a session is to do for its media.
enum SessionNeed: Sendable {
    case nothing
    /// Offers the lines as they stand now, by re-INVITE.
    case offer
    /// Ends, for nothing is left to pass.
    case release
}

extension MediaDescription {
    /// The line that refuses this one.
    ///
    /// RFC 3264 §6, RFC 5547 §8.2.2
    var refusal: MediaDescription {
        MediaDescription(
            kind: kind, port: 0, transport: transport, formats: formats,
            attributes: attributes.filter { $0.name == "file-selector" || $0.name == "file-transfer-id" })
    }
}
