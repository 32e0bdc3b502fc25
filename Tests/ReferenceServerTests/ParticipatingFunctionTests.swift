import MessageBodies
import SIPSyntax
import Testing

@testable import ReferenceServer

/// The order of the checks of OMA-TS-SIMPLE_IM-V1_0 §6.1.1 and §6.1.2: each breaks all that come after it, too.
@Suite struct ParticipatingFunctionTests {
    private let ann = Originator(user: "sip:ann@home.example")

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
        OriginatingParticipatingFunction(policy: policy, host: "home.example").refusal(of: request)
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

    @Test func `A session is refused for its content with 488`() {
        var policy = ServicePolicy()
        policy.acceptedMediaTypes = ["image/png"]
        #expect(refusal(of: invitation(), policy)?.status == 488)
        policy.acceptedMediaTypes = ["TEXT/plain"]
        #expect(refusal(of: invitation(), policy) == nil)
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
        let function = TerminatingParticipatingFunction(policy: policy)
        let barring = IMServiceSettings(barsPagers: true)
        #expect(function.refusal(of: page(from: ann), settings: barring) == Refusal(403, .serviceNotAuthorised))
        #expect(function.refusal(of: page(from: ann), settings: .init())?.status == 415)

        var open = TerminatingParticipatingFunction(policy: ServicePolicy())
        #expect(
            open.refusal(of: page(from: ann), settings: .init())?.warning == .explanation("The message has expired"))
        let absent = open.refusal(of: page("", from: ann), settings: .init())
        #expect(absent == Refusal(480, because: "The user is not registered"))
        open.note(.registered(user: Client.b.imAddress))
        #expect(open.refusal(of: page("", from: ann), settings: .init()) == nil)
        open.note(.deregistered(user: Client.b.imAddress))
        #expect(open.refusal(of: page("", from: ann), settings: .init())?.status == 480)
    }

    @Test(arguments: [
        (IMRequest.Kind.session, IMServiceSettings(barsSessions: true), true),
        (.session, IMServiceSettings(barsPagers: true), false),
        (.largeMessage, IMServiceSettings(barsSessions: true), false),
        (.largeMessage, IMServiceSettings(barsPagers: true), true),
    ])
    func `Each setting bars what it is for`(kind: IMRequest.Kind, settings: IMServiceSettings, isBarred: Bool) {
        var function = TerminatingParticipatingFunction(policy: ServicePolicy())
        function.note(.registered(user: Client.b.imAddress))
        #expect((function.refusal(of: invitation(kind: kind), settings: settings) != nil) == isBarred)
    }

    @Test func `A refusal says why in a Warning with three digits`() {
        let response = Refusal(403, .serviceNotAuthorised).response(
            to: Client.a.page("x", to: .b), from: "home.example", toTag: "t")
        #expect(response.first(.warning) == "399 home.example \"127 Service not authorised\"")
    }
}
