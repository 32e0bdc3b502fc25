import Conformance
import SIPSyntax

/// What a user calls logging in: registration, then publication of the settings; and logging out.
///
/// OMA-TS-SIMPLE_IM-V1_0 §5.2.2
struct ServiceRegistration: Procedure {
    private var registration: Registration
    private var publication: SettingsPublication
    private let publishes: Publishes
    private let keeping: IMClient.Profile.SettingsKeeping
    /// Whether there are lists of what is stored to read.
    private let hasLists: Bool
    private var settings = Settings.open
    private var errand = Errand.none

    /// What the user waits for.
    private enum Errand: Sendable {
        case none
        /// To be registered, after which the settings are published; what an earlier PUBLISH comes to does not matter.
        case registration
        /// To be logged in, which only the PUBLISH is missing for.
        case logIn
        case change
    }

    /// Whether the settings are published at all.
    enum Publishes: Sendable {
        case afterLogIn
        case never
    }

    init(_ profile: IMClient.Profile, publishes: Publishes, identifiers: inout Identifiers) {
        registration = Registration(profile, identifiers: &identifiers)
        publication = SettingsPublication(profile, identifiers: &identifiers)
        self.publishes = publishes
        keeping = profile.settings
        hasLists = profile.services.xcap != nil
    }

    mutating func handle(_ event: ProcedureEvent) -> [ProcedureEffect] {
        switch event {
        case .user(.logIn(let settings)):
            self.settings = settings
            errand = .registration
            return register(.register)
        case .user(.changeSettings(let settings)):
            self.settings = settings
            errand = .change
            return publishes == .never ? conclude(.settingsPublished) : publish(.publish(settings))
        case .user(.logOut): return register(.deregister)
        case .response(let response, to: .register): return register(.response(response))
        case .failed(.register, let failure): return register(.failed(failure))
        case .timer(.registrationRefresh): return register(.refreshDue)
        case .response(let response, to: .publish): return publish(.response(response))
        case .failed(.publish, let failure): return publish(.failed(failure))
        case .timer(.publicationRefresh): return publish(.refreshDue)
        case .begin, .user, .request, .acknowledged, .cancelled, .response, .failed, .timer, .media, .told, .document:
            return []
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
                return conclude(.logInFailed(reason: "REGISTER: \(reason)"))
            case .lapsed(let reason): return [.report(.protocolTrouble("The registration has lapsed: \(reason)"))]
            case .deregistered: return publish(.registrationEnded) + [.leaveDocuments, .report(.loggedOut)]
            }
        }
    }

    private mutating func registered() -> [ProcedureEffect] {
        guard errand == .registration else { return [] }
        switch publishes {
        case .afterLogIn:
            errand = .logIn
            return publish(.publish(settings))
        case .never: return conclude(.loggedIn)
        }
    }

    private mutating func publish(_ event: SettingsPublication.Event) -> [ProcedureEffect] {
        publication.handle(event).flatMap { effect -> [ProcedureEffect] in
            switch effect {
            case .send(let request): return [.send(request)]
            case .refresh(let delay): return [.arm(.publicationRefresh, after: delay)]
            case .stopRefreshing: return [.disarm(.publicationRefresh)]
            case .published where errand == .registration: return []
            case .published:
                return conclude(errand == .change ? .settingsPublished : .loggedIn) + readMetadata()
            // Who has no settings of his own misses nothing at a server that takes none.
            case .refused(let reason) where errand == .logIn && (settings == .open || keeping == .provisioned):
                return [.report(.settingsRefused(reason: reason))] + conclude(.loggedIn) + readMetadata()
            case .refused where errand == .change && keeping == .provisioned:
                return conclude(.settingsPublished) + readMetadata()
            case .refused(let reason), .unanswered(let reason):
                switch errand {
                case .logIn: return conclude(.logInFailed(reason: "PUBLISH: \(reason)"))
                case .change: return conclude(.settingsRefused(reason: reason))
                case .none, .registration: return [.report(.protocolTrouble("The publication has lapsed: \(reason)"))]
                }
            }
        }
    }

    private mutating func conclude(_ report: ClientReport) -> [ProcedureEffect] {
        errand = .none
        return [.report(report)]
    }

    /// Looks what has come in the meantime, where the server does not push it.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §5.2.4 and §12.1.2
    private func readMetadata() -> [ProcedureEffect] {
        hasLists && !settings.wantsOfflineDelivery ? [.start(ListReading(.deferred, for: .client))] : []
    }
}
