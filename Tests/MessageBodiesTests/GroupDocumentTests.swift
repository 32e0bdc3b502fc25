import Bytes
import MessageBodies
import Testing
import XMLTree

@Suite struct GroupDocumentTests {
    private func group(_ content: String) throws -> GroupDocument {
        let service = "<list-service uri='sip:g@x'>\(content)</list-service>"
        return try GroupDocument(
            parsing: Array("<group xmlns='\(GroupDocument.namespace)'>\(service)</group>".utf8))
    }

    private func predefined() throws -> GroupDocument {
        try GroupDocument(parsing: fixture("groups/predefined.xml"))
    }

    @Test func `A document tells who belongs to the group and what its sessions are like`() throws {
        let group = try predefined()
        #expect(group.uri == "sip:group1@conf.example")
        #expect(group.displayName == "IM Group 1")
        #expect(group.members.map(\.uri) == ["sip:a@home.example", "sip:b@home.example", "tel:+4930123"])
        #expect(group.member("sip:a@HOME.example;transport=tcp")?.displayName == "Ann")
        #expect(group.invitesMembers && group.maximumParticipants == 4 && group.supportsIM)
        #expect(group.sessionPolicy == GroupDocument.SessionPolicy(autoRelease: true, minimumParticipants: 2))
        #expect(group.ageRestriction?.allows(age: 17) == false)
        #expect(group.ageRestriction?.allows(age: 18) == true)
    }

    @Test(
        arguments: [
            (
                "sip:a@home.example",
                [.conferenceState, .join, .initiateConference, .privateMessage, .inviteUsersDynamically]
            ),
            ("sip:b@home.example;user=phone", [.conferenceState, .join, .initiateConference]),
            ("<tel:+4930123>", [.conferenceState, .join, .initiateConference]),
            ("sip:B@home.example", [.anonymity]), ("sip:x@work.example", [.join]),
            ("sip:spy@work.example", [.anonymity]),
            ("sip:z@elsewhere.example", [.anonymity]), ("", [.anonymity]),
        ] as [(String, GroupPermissions)])
    func `The rules that apply to a user add up`(uri: String, permissions: GroupPermissions) throws {
        #expect(try predefined().permissions(of: uri) == permissions)
    }

    @Test func `A rule without conditions applies to everybody`() {
        let rules = Ruleset(rules: [Ruleset.Rule(id: "all", permissions: [.join, .anonymity])])
        let room = GroupDocument(uri: "sip:ChatRoom1@x", invitesMembers: false, rules: rules)
        #expect(room.permissions(of: "sip:anybody@x") == [.join, .anonymity])
    }

    @Test func `All conditions of a rule must hold`() {
        let rule = Ruleset.Rule(
            id: "1", conditions: [.isListMember(true), .identity(ones: ["sip:a@x"], many: [])], permissions: .join)
        let group = GroupDocument(
            uri: "sip:g@x", members: [ResourceLists.Entry("sip:b@x")], invitesMembers: true,
            rules: Ruleset(rules: [rule]))
        #expect(group.permissions(of: "sip:a@x").isEmpty)
        #expect(group.permissions(of: "sip:b@x").isEmpty)
    }

    @Test func `Who is on an external list is for others to say`() {
        let rule = Ruleset.Rule(id: "1", conditions: [.externalList(anchors: ["http://x/l"])], permissions: .join)
        let group = GroupDocument(uri: "sip:g@x", invitesMembers: false, rules: Ruleset(rules: [rule]))
        #expect(group.permissions(of: "sip:a@x", isOnList: { $0 == "http://x/l" }) == .join)
        #expect(group.permissions(of: "sip:a@x").isEmpty)
    }

    @Test(arguments: [
        ("<service enabler='IM'/>", true), ("<service enabler='org.openmobilealliance:IM-pager-mode'/>", true),
        ("<service featuretag='+g.oma-im-sip'/>", true), ("<service>urn:oma:im</service>", true),
        ("<service enabler='org.openmobilealliance:PoC-session'/>", false), ("<service enabler='imps'/>", false),
        ("", false), ("<all-services-except><service enabler='PoC'/></all-services-except>", true),
        ("<all-services-except><service enabler='IM'/></all-services-except>", false), ("<all-services-except/>", true),
    ])
    func `The service is known by its identifiers and the spellings of its feature tag`(
        services: String, isSupported: Bool
    ) throws {
        #expect(try group("<supported-services>\(services)</supported-services>").supportsIM == isSupported)
    }

    @Test func `A group that names no services supports none, invites nobody and allows nothing`() throws {
        let group = try group("")
        #expect(!group.supportsIM && !group.invitesMembers && group.permissions(of: "sip:a@x").isEmpty)
    }

    @Test(arguments: [
        ("<auto-release>true</auto-release>", GroupDocument.SessionPolicy(autoRelease: true)),
        (
            "<auto-release>0</auto-release><max-duration>60</max-duration>",
            .init(autoRelease: false, maximumDuration: 60)
        ),
        ("<required-participants-list/>", .init(autoRelease: false)), ("", .init()),
    ])
    func `The policy of active sessions has several spellings`(
        content: String, policy: GroupDocument.SessionPolicy
    ) throws {
        #expect(try group("<session-active-policy>\(content)</session-active-policy>").sessionPolicy == policy)
    }

    @Test(arguments: [
        ("<list><entry/></list>", XMLBodyError.missing("uri", in: "entry")),
        ("<invite-members>yes</invite-members>", .invalid("yes", of: "invite-members")),
        ("<max-participant-count>-1</max-participant-count>", .invalid("-1", of: "max-participant-count")),
        (
            "<max-participant-count>99999999999999999999</max-participant-count>",
            .invalid("99999999999999999999", of: "max-participant-count")
        ),
        ("<ruleset><rule/></ruleset>", .missing("id", in: "rule")),
        (
            "<ruleset><rule id='1'><conditions><identity><one/></identity></conditions></rule></ruleset>",
            .missing("id", in: "one")
        ),
    ])
    func `What is not a group is refused`(content: String, error: XMLBodyError) {
        #expect(throws: error) { try group(content) }
    }

    @Test func `Members, rules and operands beyond a number are refused`() {
        func repeated(_ text: String, _ count: Int) -> String { String(repeating: text, count: count + 1) }
        #expect(throws: XMLBodyError.tooMany("entry")) {
            try group("<list>\(repeated("<entry uri='u'/>", ResourceLists.maximumEntries))</list>")
        }
        #expect(throws: XMLBodyError.tooMany("rule")) {
            try group("<ruleset>\(repeated("<rule id='r'/>", Ruleset.maximumRules))</ruleset>")
        }
        let ones = repeated("<one id='u'/>", Ruleset.maximumOperands)
        #expect(throws: XMLBodyError.tooMany("identity")) {
            try group("<ruleset><rule id='r'><conditions><identity>\(ones)</identity></conditions></rule></ruleset>")
        }
    }

    @Test func `A group that was written and read is the same group`() throws {
        let conditions: [Ruleset.Condition] = [
            .identity(
                ones: ["sip:a@x"], many: [Ruleset.Domain(domain: "d", exceptIDs: ["sip:e@d"], exceptDomains: ["f"])]),
            .externalList(anchors: ["http://x/<l>"]), .isListMember(false), .otherIdentity, .anonymousRequest,
            .services(.only(["+g.oma.sip-im"])), .media(.allExcept(["video"])),
        ]
        let group = GroupDocument(
            uri: "sip:g@x", displayName: "<G>", members: [ResourceLists.Entry("sip:a@x", displayName: "A & B")],
            invitesMembers: true, maximumParticipants: 7, supportedServices: .allExcept(["PoC"]),
            sessionPolicy: GroupDocument.SessionPolicy(autoRelease: true, maximumDuration: 9, minimumParticipants: 2),
            ageRestriction: GroupDocument.AgeRestriction(from: 16, until: 99), advertisesItself: true,
            rules: Ruleset(rules: [Ruleset.Rule(id: "1", conditions: conditions, permissions: [.join, .expelling])]))
        #expect(try GroupDocument(parsing: group.serialized()) == group)
    }
}
