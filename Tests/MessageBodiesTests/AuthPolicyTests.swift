import Bytes
import MessageBodies
import Testing
import XMLTree

@Suite struct AuthPolicyTests {
    private func policy(_ name: String) throws -> AuthPolicy {
        try AuthPolicy(parsing: fixture("policies/\(name).xml"))
    }

    @Test(arguments: AuthPolicy.Medium.allCases) func `A list blocks its members for the media of the rule`(
        medium: AuthPolicy.Medium
    ) throws {
        let isBlocked = try policy("rejecting").rejects(
            sender: "sip:c@home.example", media: medium,
            isOnList: { ListAnchor($0) == ListAnchor(user: "sip:b@home.example", list: ListAnchor.blockedContacts) })
        #expect(isBlocked == (medium == .pagerModeMessage))
        #expect(try !policy("rejecting").rejects(sender: "sip:c@home.example", media: medium))
    }

    @Test(arguments: [
        ("sip:bad@home.example", IMFeatureTag.name, true), ("sip:bad@home.example", "+G.OMA-SIP-IM", true),
        ("\"B\" <sip:bad@HOME.example;user=ip>", "+g.oma-im-sip", true),
        ("sip:bad@home.example", "+g.poc.talkburst", false),
        ("sip:friend@home.example", IMFeatureTag.name, false), ("sip:other@home.example", IMFeatureTag.name, false),
    ])
    func `A rule is for its users and its service, in any of three spellings`(
        sender: String, featureTag: String, isRejected: Bool
    ) throws {
        #expect(
            try policy("rejecting").rejects(sender: sender, media: .messageSession, featureTag: featureTag)
                == isRejected)
    }

    @Test(arguments: [
        ("sip:bad@home.example", AuthPolicy.Medium.pagerModeMessage, true),
        ("sip:bad@home.example", .fileTransfer, true), ("sip:bad@home.example", .messageSession, false),
        ("sip:friend@home.example", .pagerModeMessage, false),
    ])
    func `The older action rejects by its value`(sender: String, medium: AuthPolicy.Medium, isRejected: Bool) throws {
        #expect(try policy("inviting").rejects(sender: sender, media: medium) == isRejected)
    }

    @Test func `Anonymous requests and everybody else can be rejected`() {
        let policy = AuthPolicy(
            Ruleset(rules: [
                .rejecting(id: "1", [.anonymousRequest, .media(.allExcept(["audio"]))]),
                .rejecting(id: "2", [.otherIdentity, .media(.only(["video"]))]),
                Ruleset.Rule(id: "3", conditions: [.identity(ones: ["sip:a@x"], many: [])], actions: []),
            ]))
        #expect(policy.rejects(sender: "sip:a@x", media: .fileTransfer, isAnonymous: true))
        #expect(!policy.rejects(sender: "sip:a@x", media: .audio, isAnonymous: true))
        #expect(policy.rejects(sender: "sip:b@x", media: .video))
        #expect(!policy.rejects(sender: "sip:a@x", media: .video))
    }

    @Test func `A rule with a condition that is not known does not apply`() throws {
        let text = """
            <ruleset xmlns='\(Ruleset.namespace)'><rule id='1'><conditions><sphere value='x'/></conditions>\
            <actions><allow-reject-invite>true</allow-reject-invite></actions></rule></ruleset>
            """
        #expect(try !AuthPolicy(parsing: Array(text.utf8)).rejects(sender: "sip:a@x", media: .audio))
    }

    @Test func `A policy without rules rejects nobody`() throws {
        let policy = try AuthPolicy(parsing: AuthPolicy(Ruleset()).serialized())
        #expect(!policy.rejects(sender: "sip:a@x", media: .pagerModeMessage))
    }

    @Test(arguments: ["rejecting", "inviting"])
    func `A policy that was read, written and read again is the same`(name: String) throws {
        let policy = try policy(name)
        #expect(try AuthPolicy(parsing: policy.serialized()) == policy)
    }

    @Test(arguments: ["predefined"]) func `A group is no policy`(name: String) throws {
        let bytes = try fixture("groups/\(name).xml")
        #expect(throws: XMLBodyError.unexpectedRoot(XMLName("group", namespace: GroupDocument.namespace))) {
            try AuthPolicy(parsing: bytes)
        }
    }

    @Test func `An anchor names a list of a user`() {
        let anchor = ListAnchor(user: "sip:b@x", list: "oma_blockedcontacts")
        #expect(ListAnchor(anchor.uri(root: "http://xcap.example/root")) == anchor)
        #expect(
            ListAnchor("/resource-lists/users/sip:b@x/index/~~/resource-lists/list[@name='oma_blockedcontacts']")
                == anchor)
    }

    @Test(arguments: [
        "", "http://x/resource-lists/users", "http://x/resource-lists/users/sip:b@x/index",
        "http://x/resource-lists/users/sip:b@x/index/~~/resource-lists/list[2]",
        "http://x/resource-lists/users/sip:b@x/index/~~/resource-lists/list[@name=\"\"]", "%zz",
        "http://x/resource-lists/global/index/~~/resource-lists/list[@name=\"l\"]",
        "http://x/resource-lists/users/sip:b@x/index/~~/resource-lists/list[@id=\"l\"]",
    ])
    func `Other URIs name none`(anchor: String) {
        #expect(ListAnchor(anchor) == nil)
    }
}
