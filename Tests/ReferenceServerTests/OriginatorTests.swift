import SIPSyntax
import Testing

@testable import ReferenceServer

/// Who is asserted to have sent a request.
///
/// RFC 3325 §5
@Suite struct OriginatorTests {
    private let ann = "sip:ann@home.example"
    private let work = "sip:work@home.example"

    private func identity(_ lines: String, among users: [String]) -> Originator? {
        Originator(of: Client.a.request("MESSAGE", "sip:bob@home.example", lines), among: users)
    }

    @Test func `The From of a registered user is his identity, without its display name`() {
        #expect(identity("", among: [ann, work]) == Originator(user: ann))
    }

    @Test func `A preferred identity of the user is taken, with its display name`() {
        let identity = identity("P-Preferred-Identity: \"At work\" <sip:work@home.example>", among: [ann, work])
        #expect(identity == Originator(user: work, displayName: "At work"))
        #expect(identity?.field == "\"At work\" <sip:work@home.example>")
    }

    @Test func `A preferred identity of somebody else is passed over`() {
        let identity = identity("P-Preferred-Identity: Bob <sip:bob@home.example>", among: [ann, work])
        #expect(identity == Originator(user: ann))
    }

    @Test func `A From of somebody else does not help: the only user there is has sent it`() {
        #expect(identity("", among: [work]) == Originator(user: work))
    }

    @Test func `Nobody is asserted when it could be several, or none`() {
        #expect(identity("", among: []) == nil)
        #expect(identity("", among: [work, "sip:home@home.example"]) == nil)
    }

    @Test func `What a client asserts itself is not passed on`() {
        var request = Client.a.request(
            "MESSAGE", "sip:bob@home.example",
            "P-Asserted-Identity: <sip:king@home.example>\nP-Preferred-Identity: <sip:x@y>")
        request.assert(Originator(user: ann))
        #expect(request.all(.pAssertedIdentity) == ["<sip:ann@home.example>"])
        #expect(!request.contains(.pPreferredIdentity))
    }

    @Test(arguments: [("id", true), ("user; ID", true), ("none", false), ("identity", false)])
    func `An identity that is to be private is not shown`(privacy: String, isPrivate: Bool) {
        var request = Client.a.request("MESSAGE", "sip:bob@home.example", "Privacy: \(privacy)")
        #expect(request.asksForPrivacy == isPrivate)
        request.assert(Originator(user: ann))
        #expect(request.contains(.pAssertedIdentity) != isPrivate)
    }
}

/// Which function gets an initial request.
///
/// OMA-TS-SIMPLE_IM-V1_0 Appendix C
@Suite struct InitialFilterCriteriaTests {
    @Test(arguments: [
        ("INVITE", "*;+g.oma.sip-im", InitialFilterCriteria.participatingFunctions(.session)),
        ("INVITE", "*;audio, *;+g.oma.sip-im;require", .participatingFunctions(.session)),
        ("INVITE", "*;+G.OMA.SIP-IM=\"TRUE\"", .participatingFunctions(.session)),
        ("INVITE", "*;+g.oma.sip-im;+g.oma.sip-im.large-message", .participatingFunctions(.largeMessage)),
        ("MESSAGE", "*;+g.oma.sip-im", .participatingFunctions(.pager)),
        ("INVITE", "*;audio", .core), ("INVITE", "*;+g.oma.sip-im.system-message", .core), ("MESSAGE", "*", .core),
        ("OPTIONS", "*;+g.oma.sip-im", .core), ("PUBLISH", "*", .serviceSettings),
    ])
    func `Method and feature tag decide`(method: String, acceptContact: String, expected: InitialFilterCriteria) {
        let request = Client.a.request(method, "sip:bob@home.example", "Accept-Contact: \(acceptContact)")
        #expect(InitialFilterCriteria(request) == expected)
    }

    @Test func `Without Accept-Contact the core routes`() {
        #expect(InitialFilterCriteria(Client.a.page("x", to: .b, "")) == .core)
    }
}

/// What a product token says.
///
/// OMA-TS-SIMPLE_IM-V1_0 Appendix F.1
@Suite struct ReleaseVersionTests {
    @Test(arguments: [
        ("IM-client/OMA1.0", "client", "OMA1.0"), ("IM-serv/OMA1.0 Acme/2", "serv", "OMA1.0"),
        ("im-client / OMA2.0", "client", "OMA2.0"),
    ])
    func `The first product names the release`(value: String, device: String, version: String) {
        let release = ReleaseVersion(value)
        #expect(release?.device == device)
        #expect(release?.version == version)
    }

    @Test(arguments: ["", "Acme/1 IM-client/OMA1.0", "IM-client", "/", "IM-/"]) func `Anything else names none`(
        value: String
    ) {
        #expect(ReleaseVersion(value) == nil)
    }
}
