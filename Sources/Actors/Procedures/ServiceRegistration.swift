import Conformance
import SIPSyntax

/// What a user calls logging in: registration, then publication of the settings; and logging out.
///
/// OMA-TS-SIMPLE_IM-V1_0 §5.2.2
struct ServiceRegistration: Procedure {
    private var registration: Registration
    private var publication: SettingsPublication
    private let publishes: Publishes
    private var settings = Settings.open
    private var isLoggingIn = false

    /// Whether the settings are published at all.
    enum Publishes: Sendable {
        case afterLogIn
        case never
    }

    init(_ profile: IMClient.Profile, publishes: Publishes, identifiers: inout Identifiers) {
        registration = Registration(profile, identifiers: &identifiers)
        publication = SettingsPublication(profile, identifiers: &identifiers)
        self.publishes = publishes
    }

    mutating func handle(_ event: ProcedureEvent) -> [ProcedureEffect] {
        switch event {
        case .user(.logIn(let settings)):
            self.settings = settings
            isLoggingIn = true
            return register(.register)
        case .user(.logOut): return register(.deregister)
        case .response(let response, to: .register): return register(.response(response))
        case .failed(.register, let failure): return register(.failed(failure))
        case .timer(.registrationRefresh): return register(.refreshDue)
        case .response(let response, to: .publish): return publish(.response(response))
        case .failed(.publish, let failure): return publish(.failed(failure))
        case .timer(.publicationRefresh): return publish(.refreshDue)
        case .begin, .user, .request, .acknowledged, .cancelled, .response, .failed, .timer, .media, .told: return []
        }
    }

    private mutating func register(_ event: Registration.Event) -> [ProcedureEffect] {
        registration.handle(event).flatMap { effect -> [ProcedureEffect] in
            switch effect {
            case .send(let request): return [.send(request)]
            case .refresh(let delay): return [.arm(.registrationRefresh, after: delay)]
            case .stopRefreshing: return [.disarm(.registrationRefresh)]
            case .registered: return registered()
            case .refused(let reason):
                isLoggingIn = false
                return [.report(.logInFailed(reason: "REGISTER: \(reason)"))]
            case .lapsed(let reason): return [.report(.protocolTrouble("The registration has lapsed: \(reason)"))]
            case .deregistered: return [.disarm(.publicationRefresh), .report(.loggedOut)]
            }
        }
    }

    private mutating func registered() -> [ProcedureEffect] {
        guard isLoggingIn else { return [] }
        switch publishes {
        case .afterLogIn: return publish(.publish(settings))
        case .never:
            isLoggingIn = false
            return [.report(.loggedIn)]
        }
    }

    private mutating func publish(_ event: SettingsPublication.Event) -> [ProcedureEffect] {
        publication.handle(event).map { effect in
            switch effect {
            case .send(let request): return .send(request)
            case .refresh(let delay): return .arm(.publicationRefresh, after: delay)
            case .stopRefreshing: return .disarm(.publicationRefresh)
            case .published:
                isLoggingIn = false
                return .report(.loggedIn)
            case .refused(let reason):
                defer { isLoggingIn = false }
                let trouble = "The publication has lapsed: \(reason)"
                return .report(isLoggingIn ? .logInFailed(reason: "PUBLISH: \(reason)") : .protocolTrouble(trouble))
            }
        }
    }
}
