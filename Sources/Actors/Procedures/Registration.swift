import SIPSyntax

/// The client's registration with the SIP/IP core: the first one, its refreshing, and its end.
///
/// OMA-TS-SIMPLE_IM-V1_0 §5.2.1 to §5.2.3, RFC 3261 §10.2
struct Registration: Sendable {
    enum State: Sendable, Equatable {
        case absent
        case registering
        case registered
        case refreshing
        case leaving
    }

    enum Event: Sendable {
        case register
        case deregister
        case response(SIPMessage)
        case failed(TransactionFailure)
        case refreshDue
    }

    enum Effect: Sendable {
        case send(SIPMessage)
        case refresh(after: Duration)
        case stopRefreshing
        case registered
        case refused(reason: String)
        case lapsed(reason: String)
        case deregistered
    }

    private(set) var state = State.absent

    private let fields: ClientFields
    private let registrarURI: String
    private let callID: String
    private let tag: String
    private var interval: Int
    private var sequence: UInt32 = 0

    init(_ profile: IMClient.Profile, identifiers: inout Identifiers) {
        fields = ClientFields(profile)
        registrarURI = profile.registrarURI
        callID = identifiers.callID()
        tag = identifiers.tag()
        interval = Int(profile.registrationInterval.components.seconds)
    }

    mutating func handle(_ event: Event) -> [Effect] {
        if case .response(let response) = event, !isCurrent(response) { return [] }
        switch (state, event) {
        case (.absent, .register), (.registered, .register), (.refreshing, .register), (.leaving, .register):
            state = .registering
            return [.stopRefreshing, .send(request(expires: interval))]
        case (.registering, .response(let response)):
            return conclude(response, refusal: Effect.refused)
        case (.registering, .failed(let failure)):
            state = .absent
            return [.refused(reason: "no response (\(failure.status))")]

        case (.registered, .refreshDue):
            state = .refreshing
            return [.send(request(expires: interval))]
        case (.refreshing, .response(let response)):
            return conclude(response, refusal: Effect.lapsed)
        case (.refreshing, .failed(let failure)):
            state = .absent
            return [.lapsed(reason: "no response (\(failure.status))")]

        case (.absent, .deregister), (.registering, .deregister), (.registered, .deregister),
            (.refreshing, .deregister):
            state = .leaving
            return [.stopRefreshing, .send(request(expires: 0))]
        case (.leaving, .response(let response)) where response.isFinal:
            state = .absent
            return [.deregistered]
        case (.leaving, .failed):
            state = .absent
            return [.deregistered]

        case (.absent, .response), (.absent, .failed), (.absent, .refreshDue),
            (.registering, .register), (.registering, .refreshDue),
            (.registered, .response), (.registered, .failed), (.refreshing, .refreshDue),
            (.leaving, .deregister), (.leaving, .response), (.leaving, .refreshDue):
            return []
        }
    }

    private func isCurrent(_ response: SIPMessage) -> Bool {
        (try? response.cSeq())?.number == sequence
    }

    private mutating func conclude(_ response: SIPMessage, refusal: (String) -> Effect) -> [Effect] {
        guard response.isFinal else { return [] }
        if response.isSuccess {
            state = .registered
            return [.refresh(after: Lifetime(granted(by: response)).refresh), .registered]
        }
        // RFC 3261 §10.2.8: an interval that is too brief is tried again with the least that the registrar takes.
        if response.status == 423, let minimum = response.first(.minExpires).flatMap({ Int($0) }), minimum > interval {
            interval = minimum
            return [.send(request(expires: interval))]
        }
        state = .absent
        return [refusal(response.outcome)]
    }

    /// How long the registrar keeps the binding: the parameter of our Contact, else Expires, else what was asked.
    private func granted(by response: SIPMessage) -> Int {
        let contacts = (try? response.contacts()) ?? []
        let mine = contacts.first { "<\($0.uri)>" == fields.contact }
        let parameter = mine?.parameters.first { $0.name.lowercased() == "expires" }?.value
        return parameter.flatMap { Int($0) } ?? response.first(.expires).flatMap { Int($0) } ?? interval
    }

    private mutating func request(expires: Int) -> SIPMessage {
        sequence += 1
        var request = fields.initialRequest(
            .register, to: fields.imAddress, callID: callID, tag: tag, sequence: sequence)
        request.startLine = .request(.register, uri: registrarURI)
        request.add(.contact, fields.taggedContact)
        request.add(.require, "pref")
        request.add(.expires, "\(expires)")
        return request
    }
}
