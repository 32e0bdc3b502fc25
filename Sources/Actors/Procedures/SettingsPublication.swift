import Conformance
import MessageBodies
import SIPSyntax

/// The publication of the user's IM service settings, and its refreshing.
///
/// OMA-TS-SIMPLE_IM-V1_0 §5.2.4, RFC 3903 §4
struct SettingsPublication: Sendable {
    enum State: Sendable, Equatable {
        case absent
        case publishing
        case published
        case refreshing
    }

    enum Event: Sendable {
        case publish(Settings)
        case response(SIPMessage)
        case failed(TransactionFailure)
        case refreshDue
        /// The user has logged out.
        case registrationEnded
    }

    enum Effect: Sendable {
        case send(SIPMessage)
        case refresh(after: Duration)
        case stopRefreshing
        case published
        case refused(reason: String)
        case unanswered(reason: String)
    }

    private(set) var state = State.absent

    private let fields: ClientFields
    private let entity: String
    private let lifetime: IMClient.Profile.SettingsLifetime
    private var identifiers: Identifiers
    private var interval: Int
    private var settings = Settings.open
    /// The entity-tag of what the server holds.
    private var tag: String?
    private var callID = ""

    init(_ profile: IMClient.Profile, identifiers: inout Identifiers) {
        fields = ClientFields(profile)
        entity = identifiers.token()
        lifetime = profile.settingsLifetime
        self.identifiers = identifiers.split()
        interval = Int(profile.registrationInterval.components.seconds)
    }

    mutating func handle(_ event: Event) -> [Effect] {
        if case .response(let response) = event, response.callID != callID { return [] }
        switch (state, event) {
        case (_, .publish(let settings)):
            self.settings = settings
            state = .publishing
            return [.stopRefreshing, .send(request(carrying: settings))]
        case (_, .registrationEnded):
            // What outlives the registration keeps its entity-tag.
            if lifetime == .registration { (state, tag) = (.absent, nil) }
            return [.stopRefreshing]
        case (.publishing, .response(let response)):
            return conclude(response)
        case (.publishing, .failed(let failure)):
            state = .absent
            return [.unanswered(reason: "no response (\(failure.status))")]

        case (.published, .refreshDue):
            state = .refreshing
            return [.send(request(carrying: tag == nil ? settings : nil))]
        case (.refreshing, .response(let response)):
            return conclude(response)
        case (.refreshing, .failed(let failure)):
            state = .absent
            return [.unanswered(reason: "no response (\(failure.status))")]

        case (.absent, _), (.publishing, .refreshDue), (.published, .response), (.published, .failed),
            (.refreshing, .refreshDue):
            return []
        }
    }

    private mutating func conclude(_ response: SIPMessage) -> [Effect] {
        guard response.isFinal else { return [] }
        if response.isSuccess {
            let wasFirst = state == .publishing
            state = .published
            tag = response.first(.sipETag)
            let granted = response.first(.expires).flatMap { Int($0) } ?? interval
            return [.refresh(after: Lifetime(granted).refresh)] + (wasFirst ? [.published] : [])
        }
        // RFC 3903 §4.1: the server has lost what the tag names, so it is published anew.
        if response.status == 412, tag != nil {
            tag = nil
            return [.send(request(carrying: settings))]
        }
        if response.status == 423, let minimum = response.first(.minExpires).flatMap({ Int($0) }), minimum > interval {
            interval = minimum
            return [.send(request(carrying: settings))]
        }
        state = .absent
        return [.refused(reason: response.outcome)]
    }

    /// A PUBLISH of these settings, or one that only prolongs what the entity-tag names.
    private mutating func request(carrying settings: Settings?) -> SIPMessage {
        callID = identifiers.callID()
        var request = fields.initialRequest(.publish, to: fields.imAddress, callID: callID, tag: identifiers.tag())
        fields.address(&request)
        request.add(.event, "poc-settings")
        request.add(.expires, "\(interval)")
        if let tag { request.add(.sipIfMatch, tag) }
        if let settings {
            request.add(.contentType, "application/poc-settings+xml")
            request.body = IMServiceSettings(settings).serialized(entity: entity)
        }
        return request
    }
}

extension IMServiceSettings {
    fileprivate init(_ settings: Settings) {
        self.init(
            barsSessions: settings.barsSessions, barsPagers: settings.barsPagers,
            wantsOfflineDelivery: settings.wantsOfflineDelivery, isVisible: settings.isVisible,
            recordsSessions: settings.recordsSessions, recordsPagers: settings.recordsPagers)
    }
}
