import MessageBodies
import Network
import SIPSyntax
import Testing

@testable import ReferenceServer

/// Publications of settings, a rule a test.
///
/// OMA-TS-SIMPLE_IM-V1_0 §6.1.1.5, RFC 3903 §6
@Suite struct ServiceSettingsTests {
    private var settings = ServiceSettings(expiry: .init(minimum: 60, maximum: 7200, preset: 3600), limits: .init())
    private let user = "sip:ann@home.example"
    private let barring = String(
        decoding: IMServiceSettings(barsSessions: true).serialized(entity: "x"), as: UTF8.self)

    private mutating func publish(
        _ request: SIPMessage, tag: String = "one", after seconds: Int = 0
    ) -> ServiceSettings.Answer {
        settings.publish(
            request, by: user, entityTag: tag, at: Instant(nanoseconds: Int64(seconds) * 1_000_000_000))
    }

    private func status(_ answer: ServiceSettings.Answer) -> Int {
        switch answer {
        case .accepted: 200
        case .refused(let refusal): refusal.status
        }
    }

    @Test mutating func `A publication is stored, and named by an entity tag`() {
        let answer = publish(Client.a.publish(barring))
        #expect(answer == .accepted([SIPField(.sipETag, "one"), SIPField(.expires, "3600")]))
        #expect(settings[user].barsSessions)
        #expect(settings["sip:bob@home.example"] == IMServiceSettings())
    }

    @Test(arguments: ["Event: presence", "Event: poc-settingsx", "Subject: none"])
    func `Other events are refused with those that are understood`(lines: String) {
        let refusal = settings.refusalOfEvent(Client.a.publish(barring, lines))
        #expect(refusal == Refusal(489, fields: [SIPField(.allowEvents, "poc-settings")]))
    }

    @Test func `Parameters of the event do not matter`() {
        #expect(settings.refusalOfEvent(Client.a.publish(barring, "Event: poc-settings ; x=y")) == nil)
    }

    @Test mutating func `A refresh has no body and gets another entity tag`() {
        _ = publish(Client.a.publish(barring))
        let refresh = Client.a.publish("", sequence: 2, "Event: poc-settings\nSIP-If-Match: one\nExpires: 99999")
        #expect(publish(refresh, tag: "two") == .accepted([SIPField(.sipETag, "two"), SIPField(.expires, "7200")]))
        #expect(settings[user].barsSessions)
    }

    @Test mutating func `A modification replaces what was published`() {
        _ = publish(Client.a.publish(barring))
        let open = String(decoding: IMServiceSettings().serialized(entity: "x"), as: UTF8.self)
        let modification = Client.a.publish(open, sequence: 2, "Event: poc-settings\nSIP-If-Match: one")
        #expect(status(publish(modification, tag: "two")) == 200)
        #expect(!settings[user].barsSessions)
    }

    @Test mutating func `A removal brings the presets back`() {
        _ = publish(Client.a.publish(barring))
        let removal = Client.a.publish("", sequence: 2, "Event: poc-settings\nSIP-If-Match: one\nExpires: 0")
        #expect(status(publish(removal)) == 200)
        #expect(settings[user] == IMServiceSettings())
    }

    @Test mutating func `An entity tag that is not the latest is refused`() {
        let refresh = Client.a.publish("", sequence: 2, "Event: poc-settings\nSIP-If-Match: one")
        #expect(status(publish(refresh)) == 412)
        _ = publish(Client.a.publish(barring))
        _ = publish(Client.a.publish(barring), tag: "two")
        #expect(status(publish(refresh)) == 412)
    }

    @Test mutating func `An entity tag runs out, and the settings stay`() {
        _ = publish(Client.a.publish(barring, "Event: poc-settings\nExpires: 60"))
        let refresh = Client.a.publish("", sequence: 2, "Event: poc-settings\nSIP-If-Match: one")
        #expect(status(publish(refresh, after: 60)) == 412)
        #expect(settings[user].barsSessions)
    }

    @Test mutating func `A time that is too brief is refused with the shortest one`() {
        #expect(
            publish(Client.a.publish(barring, "Event: poc-settings\nExpires: 59"))
                == .refused(Refusal(423, fields: [SIPField(.minExpires, "60")])))
        #expect(!settings[user].barsSessions)
    }

    @Test mutating func `Another body is refused with the type that is understood`() {
        var request = Client.a.publish(barring)
        request.set(.contentType, "application/pidf+xml")
        #expect(publish(request) == .refused(Refusal(415, fields: [SIPField(.accept, "application/poc-settings+xml")])))
    }

    @Test(arguments: ["<poc-settings", "<presence/>", "<!DOCTYPE a><a/>"])
    mutating func `A body that is no settings document is refused`(body: String) {
        #expect(status(publish(Client.a.publish(body))) == 400)
    }

    @Test mutating func `A first publication needs a body`() {
        #expect(status(publish(Client.a.publish(""))) == 400)
    }

    @Test mutating func `There is room for the settings of so many users`() {
        var limits = ReferenceServer.Limits()
        limits.users = 0
        settings = ServiceSettings(expiry: .init(minimum: 60, maximum: 60, preset: 60), limits: limits)
        #expect(status(publish(Client.a.publish(barring))) == 503)
    }
}
