import Actors
import Bytes
import Conformance
import MessageBodies
import SIPSyntax
import Testing

@Suite struct LogInTests {
    @Test func `REGISTER carries the feature tag, requires pref and names the release`() throws {
        var world = World()
        world.perform(World.alice, .logIn(.open))
        let register = try #require(world.requests(.register, from: World.alice).first)
        #expect(register.requestURI == "sip:example.com")
        #expect(register.first(.contact) == "<sip:alice@127.0.0.11:5060>;+g.oma.sip-im")
        #expect(register.first(.require) == "pref")
        #expect(register.first(.expires) == "3600")
        #expect(register.first(.userAgent)?.hasPrefix("IM-client/OMA1.0 Parley/") == true)
        #expect(try register.to()?.uri == "sip:alice@example.com")
    }

    @Test func `PUBLISH follows the registration and carries all six settings`() throws {
        var world = World()
        let settings = Settings(
            barsSessions: true, barsPagers: false, wantsOfflineDelivery: true, isVisible: false, recordsSessions: true,
            recordsPagers: false)
        world.perform(World.alice, .logIn(settings))
        let publish = try #require(world.requests(.publish, from: World.alice).first)
        #expect(publish.requestURI == "sip:alice@example.com")
        #expect(publish.first(.event) == "poc-settings")
        #expect(publish.first(.acceptContact) == "*;+g.oma.sip-im")
        #expect(publish.first(.userAgent)?.hasPrefix("IM-client/OMA1.0") == true)
        #expect(publish.first(.expires) == "3600")
        #expect(publish.first(.contentType) == "application/poc-settings+xml")
        let published = try IMServiceSettings(parsing: publish.body)
        #expect(published.barsSessions && !published.barsPagers && published.wantsOfflineDelivery)
        #expect(!published.isVisible && published.recordsSessions && !published.recordsPagers)
        let text = publish.body.text
        for element in [
            "incoming-session-barring", "incoming-personal-alert-barring", "offline-delivery", "vis-status",
            "session-mode", "pager-large-mode",
        ] {
            #expect(text.contains(element))
        }
    }

    @Test func `The client is logged in when both are answered with success`() {
        var world = World()
        world.perform(World.alice, .logIn(.open))
        #expect(world.reports[World.alice] == [.loggedIn])
    }

    @Test func `A refused REGISTER fails the log-in and publishes nothing`() {
        var world = World()
        world.proxy.registerStatus = 403
        world.perform(World.alice, .logIn(.open))
        #expect(world.reports[World.alice] == [.logInFailed(reason: "REGISTER: 403 Forbidden")])
        #expect(world.requests(.publish, from: World.alice).isEmpty)
    }

    @Test func `A refused PUBLISH fails the log-in of who has settings of his own`() {
        var world = World()
        world.proxy.publishStatus = 489
        var settings = Settings.open
        settings.wantsOfflineDelivery = true
        world.perform(World.alice, .logIn(settings))
        #expect(world.reports[World.alice] == [.logInFailed(reason: "PUBLISH: 489 Bad Event")])
    }

    @Test func `Who has the usual settings is logged in although they are refused`() {
        var world = World()
        world.proxy.publishStatus = 489
        world.perform(World.alice, .logIn(.open))
        #expect(world.reports[World.alice] == [.settingsRefused(reason: "489 Bad Event"), .loggedIn])
    }

    @Test func `An unanswered PUBLISH fails every log-in`() {
        var world = World()
        world.isLost = { message, _ in message.method == .publish }
        world.perform(World.alice, .logIn(.open), for: .seconds(40))
        #expect(world.reports[World.alice] == [.logInFailed(reason: "PUBLISH: no response (408)")])
    }

    @Test func `A silent registrar is asked eleven times and fails the log-in as 408`() {
        var world = World()
        world.isLost = { message, _ in message.method == .register }
        world.perform(World.alice, .logIn(.open), for: .seconds(40))
        #expect(world.requests(.register, from: World.alice).count == 11)
        #expect(world.reports[World.alice] == [.logInFailed(reason: "REGISTER: no response (408)")])
    }

    @Test func `An interval that is too brief is raised to what the registrar takes`() {
        var world = World()
        world.proxy.registerStatus = 423
        world.perform(World.alice, .logIn(.open))
        let intervals = world.requests(.register, from: World.alice).map { $0.first(.expires) }
        #expect(intervals == ["3600", "7200"])
    }

    @Test func `The registration is refreshed before it expires, in the same Call-ID with the next CSeq`() throws {
        var world = World()
        world.proxy.grants = "600"
        world.perform(World.alice, .logIn(.open))
        world.run(for: .seconds(310))
        let registers = world.requests(.register, from: World.alice)
        #expect(registers.count == 2)
        #expect(Set(registers.compactMap(\.callID)).count == 1)
        #expect(try registers.map { try $0.cSeq()?.number } == [1, 2])
        #expect(world.reports[World.alice] == [.loggedIn])
    }

    @Test func `The publication is refreshed by its entity-tag, without a body`() throws {
        var world = World()
        world.proxy.grants = "600"
        world.perform(World.alice, .logIn(.open))
        world.run(for: .seconds(310))
        let refresh = try #require(world.requests(.publish, from: World.alice).last)
        #expect(refresh.first(.sipIfMatch) == "etag-1")
        #expect(refresh.body.isEmpty)
        #expect(!refresh.contains(.contentType))
    }

    @Test func `A publication that the server has lost is published anew`() throws {
        var world = World()
        world.proxy.grants = "600"
        world.perform(World.alice, .logIn(.open))
        world.proxy.publishStatus = 412
        world.run(for: .seconds(310))
        let publishes = world.requests(.publish, from: World.alice)
        #expect(publishes.count == 3)
        #expect(publishes.last?.contains(.sipIfMatch) == false)
        #expect(publishes.last?.body.isEmpty == false)
    }

    @Test func `Logging in again changes the settings that the entity-tag names`() throws {
        var world = World()
        world.perform(World.alice, .logIn(.open))
        world.perform(World.alice, .logIn(.open))
        let publish = try #require(world.requests(.publish, from: World.alice).last)
        #expect(publish.first(.sipIfMatch) == "etag-1")
        #expect(!publish.body.isEmpty)
        #expect(world.reports[World.alice] == [.loggedIn, .loggedIn])
    }

    @Test func `Logging in again publishes again, however far the first time has come`() {
        for begun in stride(from: 0, through: 8_000, by: 250) {
            var world = World()
            world.perform(World.alice, .logIn(.open), for: .microseconds(begun))
            world.perform(World.alice, .logIn(.open))
            let methods = world.sent(World.alice).compactMap(\.method)
            #expect(methods.last == .publish, "\(methods) after \(begun) µs")
            #expect(world.reports[World.alice]?.last == .loggedIn, "after \(begun) µs")
        }
    }

    @Test func `Logging out ends the registration and leaves the publication`() throws {
        var world = World()
        world.perform(World.alice, .logIn(.open))
        world.perform(World.alice, .logOut)
        let register = try #require(world.requests(.register, from: World.alice).last)
        #expect(register.first(.expires) == "0")
        #expect(world.requests(.publish, from: World.alice).count == 1)
        #expect(world.reports[World.alice]?.last == .loggedOut)
    }

    @Test(
        arguments: [
            (IMClient.Profile.SettingsLifetime.publication, "etag-1"), (.registration, nil),
        ] as [(IMClient.Profile.SettingsLifetime, String?)])
    func `After logging out settings are changed that are still there, and published anew that are not`(
        lifetime: IMClient.Profile.SettingsLifetime, tag: String?
    ) {
        var world = World { $0.settingsLifetime = lifetime }
        for action in [ClientAction.logIn(.open), .logOut, .logIn(.open)] { world.perform(World.alice, action) }
        let publishes = world.requests(.publish, from: World.alice)
        #expect(publishes.map { $0.first(.sipIfMatch) } == [nil, tag])
        #expect(publishes.last?.body.isEmpty == false)
    }

    @Test func `After logging out nothing is refreshed`() {
        var world = World()
        world.perform(World.alice, .logIn(.open))
        world.perform(World.alice, .logOut)
        let count = world.sip.count
        world.run(for: .seconds(8000))
        #expect(world.sip.count == count)
    }
}
