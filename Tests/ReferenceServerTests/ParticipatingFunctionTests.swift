import Bytes
import MessageBodies
import Network
import SDP
import SIPSyntax
import Testing

@testable import ReferenceServer

/// The order of the checks of OMA-TS-SIMPLE_IM-V1_0 §6.1.1 and §6.1.2: each breaks all that come after it, too.
@Suite struct ParticipatingFunctionTests {
    private let ann = Originator(user: "sip:ann@home.example")
    private let now = Instant(nanoseconds: 1_767_225_600_000_000_000)

    /// A policy that allows nothing to anyone.
    private var strictest: ServicePolicy {
        var policy = ServicePolicy()
        policy.entitledUsers = []
        policy.acceptedReleases = ["OMA9.9"]
        policy.acceptedMediaTypes = ["image/png"]
        policy.anonymity = .refused
        return policy
    }

    private func page(_ lines: String = "Privacy: id\nExpires: 0", from originator: Originator?) -> IMRequest {
        IMRequest(
            kind: .pager, message: Client.a.page("x", to: .b, lines), originator: originator,
            recipient: Client.b.imAddress)
    }

    private func invitation(kind: IMRequest.Kind = .session, _ alter: (inout SIPMessage) -> Void = { _ in })
        -> IMRequest
    {
        var invite = Client.a.invite(.b)
        alter(&invite)
        return IMRequest(kind: kind, message: invite, originator: ann, recipient: Client.b.imAddress)
    }

    private func refusal(of request: IMRequest, _ policy: ServicePolicy = ServicePolicy()) -> Refusal? {
        OriginatingParticipatingFunction(policy: policy, host: "home.example").refusal(of: request, at: now)
    }

    @Test func `Where sessions of two users go by way of the factory, nobody invites another by himself`() {
        var policy = ServicePolicy()
        #expect(refusal(of: invitation(), policy) == nil)
        policy.oneToOneSessions = .byFactory
        #expect(refusal(of: invitation(), policy) == Refusal(403, .functionNotAllowed))
        #expect(refusal(of: invitation(kind: .largeMessage), policy) == nil)
    }

    @Test func `The originating function asks who, then whether, with what, of what, and how`() {
        var policy = strictest
        #expect(refusal(of: page(from: nil), policy)?.status == 403)
        #expect(refusal(of: page(from: nil), policy)?.warning != .serviceNotAuthorised)

        #expect(refusal(of: page(from: ann), policy) == Refusal(403, .serviceNotAuthorised))
        policy.entitledUsers = ["sip:ann@home.example"]

        let release = refusal(of: page(from: ann), policy)
        #expect(release?.status == 403)
        #expect(release?.fields.map(\.name) == [.errorInfo])
        policy.acceptedReleases = ["OMA1.0"]

        #expect(refusal(of: page(from: ann), policy) == Refusal(415, fields: [SIPField(.accept, "image/png")]))
        policy.acceptedMediaTypes = ["text/plain"]

        #expect(refusal(of: page(from: ann), policy) == Refusal(403, .anonymityNotAllowed))
        policy.anonymity = .allowed

        #expect(refusal(of: page(from: ann), policy)?.status == 480)
        #expect(refusal(of: page("", from: ann), policy) == nil)
    }

    @Test func `A missing User-Agent names no release`() {
        var policy = ServicePolicy()
        policy.acceptedReleases = ["OMA1.0"]
        #expect(refusal(of: invitation { $0.remove(.userAgent) }, policy)?.status == 403)
        #expect(refusal(of: invitation { $0.set(.userAgent, "IM-client / OMA1.0") }, policy) == nil)
    }

    @Test func `A system message that nobody has answered in time bars its user, until he answers`() {
        var function = OriginatingParticipatingFunction(policy: ServicePolicy(), host: "home.example")
        function.expectAnswer(of: ann.user, by: now + .seconds(10))
        #expect(function.refusal(of: page("", from: ann), at: now + .seconds(9)) == nil)
        let refusal = function.refusal(of: page("", from: ann), at: now + .seconds(10))
        #expect(refusal?.status == 403)
        #expect(refusal?.fields.map(\.name) == [.errorInfo])
        #expect(function.refusal(of: page("", from: Originator(user: "sip:bob@home.example")), at: now) == nil)
        function.noteAnswer(of: ann.user)
        #expect(function.refusal(of: page("", from: ann), at: now + .seconds(10)) == nil)
    }

    @Test func `Of two answers that are owed, the earlier counts`() {
        var function = OriginatingParticipatingFunction(policy: ServicePolicy(), host: "home.example")
        function.expectAnswer(of: ann.user, by: now)
        function.expectAnswer(of: ann.user, by: now + .seconds(60))
        #expect(function.refusal(of: page("", from: ann), at: now)?.status == 403)
    }

    @Test func `A session is refused for its content with 488, which says what would do`() throws {
        var policy = ServicePolicy()
        policy.acceptedMediaTypes = ["image/png", "image/gif"]
        policy.maximumSessionSize = 1000
        let refusal = try #require(self.refusal(of: invitation(), policy))
        #expect(refusal.status == 488)
        let media = try SessionDescription(parsing: refusal.body).media
        #expect(media.map(\.acceptTypes) == [["image/png", "image/gif"]])
        #expect(media.map(\.maxSize) == [1000])
        policy.acceptedMediaTypes = ["TEXT/plain"]
        #expect(self.refusal(of: invitation(), policy) == nil)
    }

    @Test(arguments: [(1000, nil), (1001, 488)] as [(Int, Int?)])
    func `A file is refused for its size with 488`(size: Int, status: Int?) {
        var policy = ServicePolicy()
        policy.maximumSessionSize = 1000
        let invitation = invitation {
            $0.body += Array("a=file-selector:name:\"x.png\" type:image/png size:\(size)\r\n".utf8)
        }
        #expect(refusal(of: invitation, policy)?.status == status)
    }

    @Test func `A page is refused for its size with 513`() {
        var policy = ServicePolicy()
        policy.maximumPagerSize = 1
        #expect(refusal(of: page("", from: ann), policy) == nil)
        policy.maximumPagerSize = 0
        #expect(refusal(of: page("", from: ann), policy)?.status == 513)
    }

    @Test(
        arguments: [
            ("Expires: 60\nDate: Thu, 01 Jan 2026 00:00:00 GMT", nil),
            ("Expires: 60\nDate: Wed, 31 Dec 2025 23:59:01 GMT", nil),
            ("Expires: 60\nDate: Wed, 31 Dec 2025 23:59:00 GMT", 480), ("Expires: 60", nil), ("Expires: 0", 480),
            ("Expires: 60\nDate: yesterday", nil), ("Expires: 4294967295\nDate: Mon, 01 Jan 0001 00:00:00 GMT", 480),
        ] as [(String, Int?)])
    func `The lifetime of a page counts from its Date`(lines: String, status: Int?) {
        #expect(refusal(of: page(lines, from: ann))?.status == status)
    }

    @Test func `Every part of a message must be of a type that is allowed, its list of recipients aside`() {
        var policy = ServicePolicy()
        policy.acceptedMediaTypes = ["text/plain"]
        func request(_ type: String) -> IMRequest {
            IMRequest(
                kind: .pager, message: Client.a.page("x", toList: ["sip:b@c"], type: type), originator: ann,
                recipient: "sip:exploder@home.example")
        }
        #expect(refusal(of: request("text/plain"), policy) == nil)
        #expect(refusal(of: request("text/html"), policy)?.status == 415)
    }

    @Test(arguments: ["", "v=0", "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\n"])
    func `An INVITE without a message session is refused with 488`(body: String) {
        #expect(refusal(of: invitation { $0.body = Array(body.utf8) })?.status == 488)
    }

    @Test func `A message session without a path, or refused from the start, is none`() {
        let description = Client.a.description
        for body in [
            description.replacing("a=path", with: "a=way"), description.replacing("message 2855", with: "message 0"),
        ] {
            #expect(refusal(of: invitation { $0.body = Array(body.utf8) })?.status == 488)
        }
    }

    @Test func `The terminating function asks about barring, then content, then time, then presence`() {
        var policy = ServicePolicy()
        policy.acceptedMediaTypes = ["image/png"]
        let function = TerminatingParticipatingFunction(policy: policy, host: "home.example")
        let barring = IMServiceSettings(barsPagers: true)
        func status(_ decision: TerminatingParticipatingFunction.Decision) -> Int? {
            if case .refusal(let refusal) = decision { refusal.status } else { nil }
        }
        #expect(
            function.decision(on: page(from: ann), settings: barring, at: now)
                == .refusal(Refusal(403, .serviceNotAuthorised)))
        #expect(status(function.decision(on: page(from: ann), settings: .init(), at: now)) == 415)

        var open = TerminatingParticipatingFunction(policy: ServicePolicy(), host: "home.example")
        #expect(
            open.decision(on: page(from: ann), settings: .init(), at: now)
                == .refusal(Refusal(480, because: "The message has expired")))
        #expect(open.decision(on: page("", from: ann), settings: .init(), at: now) == .deferral)
        open.note(.registered(user: Client.b.imAddress))
        #expect(open.decision(on: page("", from: ann), settings: .init(), at: now) == .delivery)
        open.note(.deregistered(user: Client.b.imAddress))
        #expect(open.decision(on: page("", from: ann), settings: .init(), at: now) == .deferral)
    }

    @Test func `Messages are deferred, sessions and the news that somebody types are not`() {
        var policy = ServicePolicy()
        let absent = TerminatingParticipatingFunction.Decision.refusal(
            Refusal(480, because: "The user is not registered"))
        func decision(on request: IMRequest) -> TerminatingParticipatingFunction.Decision {
            TerminatingParticipatingFunction(policy: policy, host: "home.example")
                .decision(on: request, settings: .init(), at: now)
        }
        #expect(decision(on: invitation(kind: .session)) == absent)
        #expect(decision(on: invitation(kind: .largeMessage)) == .deferral)
        var typing = page("", from: ann)
        typing.message.set(.contentType, "application/im-iscomposing+xml")
        #expect(decision(on: typing) == absent)
        policy.deferredMessageUsers = []
        #expect(decision(on: page("", from: ann)) == absent)
    }

    @Test(arguments: [
        (IMRequest.Kind.session, IMServiceSettings(barsSessions: true), true),
        (.session, IMServiceSettings(barsPagers: true), false),
        (.largeMessage, IMServiceSettings(barsSessions: true), false),
        (.largeMessage, IMServiceSettings(barsPagers: true), true),
    ])
    func `Each setting bars what it is for`(kind: IMRequest.Kind, settings: IMServiceSettings, isBarred: Bool) {
        var function = TerminatingParticipatingFunction(policy: ServicePolicy(), host: "home.example")
        function.note(.registered(user: Client.b.imAddress))
        #expect((function.decision(on: invitation(kind: kind), settings: settings, at: now) != .delivery) == isBarred)
    }

    @Test func `A refusal says why in a Warning with three digits`() {
        let response = Refusal(403, .serviceNotAuthorised).response(
            to: Client.a.page("x", to: .b), from: "home.example", toTag: "t")
        #expect(response.first(.warning) == "399 home.example \"127 Service not authorised\"")
    }
}
