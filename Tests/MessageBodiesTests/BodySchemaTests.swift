import Foundation
import MessageBodies
import Testing
import XMLTree

@Suite struct BodySchemaTests {
    private static func file(_ schema: BodySchema) -> URL {
        URL(filePath: #filePath).appending(path: "../../../fixtures/schemas/\(schema.rawValue).xsd").standardized
    }

    @Test(arguments: BodySchema.allCases)
    func `A schema is the text of its file; scripts embed-schemas makes it so`(schema: BodySchema) throws {
        #expect(try schema.text == String(contentsOf: Self.file(schema), encoding: .utf8))
    }

    @Test func `Every schema has a file, and every file a schema`() throws {
        let directory = Self.file(.imdn).deletingLastPathComponent()
        let names = try FileManager.default.contentsOfDirectory(atPath: directory.path).filter { $0.hasSuffix(".xsd") }
        #expect(names.sorted() == BodySchema.allCases.map { $0.rawValue + ".xsd" }.sorted())
    }

    @Test(
        arguments: [
            ("application/conference-info+xml", BodySchema.conferenceInfo),
            ("Application/Resource-Lists+XML", .resourceLists),
            ("application/poc-settings+xml; charset=utf-8", .pocSettings), ("message/imdn+xml", .imdn),
            ("application/im-iscomposing+xml", .isComposing), ("application/vnd.oma.final+xml", .finalReport),
            ("application/vnd.oma.poc.final-report", .finalReport),
            ("application/vnd.oma.im.deferred-list+xml", .historyList),
            ("application/vnd.oma.im.history-list+xml", .historyList),
            ("application/vnd.oma.poc.groups+xml", .listService),
            ("application/auth-policy+xml", .commonPolicy), ("application/xcap-error+xml", .xcapError),
            ("text/plain", nil), ("application/xml", nil), ("", nil),
        ] as [(String, BodySchema?)])
    func `A media type has a schema, or none`(mediaType: String, schema: BodySchema?) {
        #expect(BodySchema(mediaType: mediaType) == schema)
    }

    @Test(arguments: [
        ("conference/full", BodySchema.conferenceInfo), ("conference/minimal", .conferenceInfo),
        ("lists/recipients", .resourceLists), ("settings/all-active", .pocSettings),
        ("settings/blank-before-namespace", .pocSettings),
        ("notifications/delivered", .imdn), ("notifications/composing", .isComposing), ("stored/printed", .historyList),
        ("groups/predefined", .listService), ("policies/rejecting", .commonPolicy),
        ("policies/inviting", .commonPolicy),
    ])
    func `A document of the specification's making has no violations`(name: String, schema: BodySchema) throws {
        #expect(try schema.violations(in: fixture("\(name).xml")) == [])
    }

    private static let ruleset = Ruleset(rules: [
        Ruleset.Rule(
            id: "r1",
            conditions: [
                .identity(ones: ["sip:a@x"], many: [Ruleset.Domain(domain: "x", exceptIDs: ["sip:b@x"])]),
                .externalList(anchors: ["http://x/l"]), .isListMember(true), .otherIdentity, .anonymousRequest,
                .services(.only([IMFeatureTag.name])), .media(.only(["audio"])),
            ],
            permissions: [.join, .privateMessage, .expelling]),
        .rejecting(id: "r2", []),
    ])

    private static let composed: [(BodySchema, [UInt8])] = [
        (
            .conferenceInfo,
            ConferenceInfo(
                entity: "sip:s@x", state: .partial, version: 1,
                users: [
                    ConferenceInfo.User(entity: "sip:a@x", displayText: "A", isOwn: true, status: .connected),
                    ConferenceInfo.User(entity: "sip:b@x", state: .deleted, endpoints: []),
                ]
            ).serialized()
        ),
        (.conferenceInfo, ConferenceInfo(entity: "sip:s@x", state: .deleted, version: 2, users: []).serialized()),
        (
            .resourceLists,
            ResourceLists(lists: [
                ResourceLists.List(
                    name: "l", displayName: "L",
                    entries: [ResourceLists.Entry("sip:b@x;method=INVITE?Replaces=a%3Bto-tag%3D1", displayName: "B")])
            ]).serialized()
        ),
        (.pocSettings, IMServiceSettings(barsSessions: true).serialized(entity: "e")),
        (
            .imdn,
            IMDN(
                messageID: "1", dateTime: "2026-03-01T12:00:00Z", recipientURI: "sip:b@x",
                originalRecipientURI: "sip:g@x", subject: "s", notification: .processing(.stored)
            ).serialized()
        ),
        (
            .isComposing,
            IsComposing(state: .active, lastActive: "2026-03-01T12:00:00Z", contentType: "text/plain", refresh: 60)
                .serialized()
        ),
        (
            .finalReport,
            FinalReport(
                messageID: "m", isLast: true,
                legs: [
                    FinalReport.Leg("sip:b@x", .status(200)), FinalReport.Leg("sip:c@x", .tooLarge(maximumSize: 9)),
                ]
            ).serialized()
        ),
        (
            .historyList,
            StoredItemList([
                StoredItem(
                    reference: "sip:1@x", date: "2026-03-01", size: 10, expiry: "2026-03-08T12:00:00Z", subject: "s",
                    content: .pager(
                        StoredItem.Pager(
                            timeStamp: "2026-03-01T12:00:00Z", from: "sip:a@x", to: "sip:b@x", authID: "sip:a@x"))),
                StoredItem(
                    reference: "sip:2@x",
                    content: .conference(
                        StoredItem.Conference(
                            timeStart: "2026-03-01T12:00:00Z", timeEnd: "2026-03-01T12:01:00Z",
                            recordingName: "my name",
                            participants: StoredItem.Parties(
                                groupURI: "sip:g@x", groupDisplayName: "G",
                                entries: [ResourceLists.Entry("sip:a@x", displayName: "A")])))),
            ]).serialized()
        ),
        (
            .listService,
            GroupDocument(
                uri: "sip:g@x", displayName: "G", members: [ResourceLists.Entry("sip:a@x", displayName: "A")],
                invitesMembers: true, maximumParticipants: 4,
                sessionPolicy: GroupDocument.SessionPolicy(
                    autoRelease: true, maximumDuration: 1, minimumParticipants: 2),
                ageRestriction: GroupDocument.AgeRestriction(from: 18), advertisesItself: true, rules: ruleset
            ).serialized()
        ),
        (.commonPolicy, AuthPolicy(ruleset).serialized()),
    ]

    @Test func `What this project composes has no violations`() throws {
        for (schema, body) in Self.composed {
            #expect(try schema.violations(in: body) == [], "\(schema)")
        }
        #expect(Set(Self.composed.map(\.0)).count == 9)
    }

    @Test(arguments: [
        (BodySchema.conferenceInfo, "<conference-info xmlns='urn:ietf:params:xml:ns:conference-info'/>"),
        (
            .conferenceInfo,
            "<conference-info xmlns='urn:ietf:params:xml:ns:conference-info' entity='e' yourown='true'/>"
        ),
        (
            .conferenceInfo,
            """
            <conference-info xmlns='urn:ietf:params:xml:ns:conference-info' entity='e'><users><user entity='u'>\
            <endpoint entity='u'><status>gone</status></endpoint></user></users></conference-info>
            """
        ),
        (
            .resourceLists,
            "<resource-lists xmlns='urn:ietf:params:xml:ns:resource-lists'><entry uri='u'/></resource-lists>"
        ),
        (.resourceLists, "<conference-info xmlns='urn:ietf:params:xml:ns:conference-info' entity='e'/>"),
        (
            .pocSettings,
            """
            <poc-settings xmlns='urn:oma:params:xml:ns:poc:poc-settings'><entity id='e'>\
            <vis-settings xmlns='urn:oma:xml:im:service-settings'/></entity></poc-settings>
            """
        ),
        (
            .pocSettings,
            """
            <poc-settings xmlns='urn:oma:params:xml:ns:poc:poc-settings'><entity id='e'><ipab-settings>\
            <incoming-personal-alert-barring active='true'/></ipab-settings><isb-settings>\
            <incoming-session-barring active='true'/></isb-settings></entity></poc-settings>
            """
        ),
        (.imdn, "<imdn xmlns='urn:ietf:params:xml:ns:imdn'><message-id>1</message-id></imdn>"),
        (.isComposing, "<isComposing xmlns='urn:ietf:params:xml:ns:im-iscomposing'><refresh>1</refresh></isComposing>"),
        (
            .finalReport,
            "<final xmlns='urn:oma:xml:poc:final-report' Message-ID='1'><leg uri='u' status='99999'/></final>"
        ),
        (.historyList, "<history-list xmlns='urn:oma:xml:im:history-list'><history/></history-list>"),
        (
            .historyList,
            """
            <history-list xmlns='urn:oma:xml:history-list'><history history-reference='r'><size>-1</size></history>\
            </history-list>
            """
        ),
        (
            .listService,
            """
            <group xmlns='urn:oma:xml:poc:list-service'><list-service uri='u'>\
            <ruleset xmlns='urn:ietf:params:xml:ns:common-policy'><rule id='r'><actions>\
            <allow-anonymity xmlns='urn:oma:xml:poc:list-service'>perhaps</allow-anonymity></actions></rule></ruleset>\
            </list-service></group>
            """
        ),
        (.commonPolicy, "<ruleset xmlns='urn:ietf:params:xml:ns:common-policy'><rule/></ruleset>"),
        (.xcapError, "<xcap-error xmlns='urn:ietf:params:xml:ns:xcap-error'/>"),
        (.xcapError, "<xcap-error xmlns='urn:ietf:params:xml:ns:xcap-error'><no-reason/></xcap-error>"),
    ])
    func `What a schema does not allow is told`(schema: BodySchema, text: String) throws {
        #expect(try schema.violations(in: Array(text.utf8)).count == 1)
    }

    @Test(arguments: [
        "<not-well-formed/>", "<no-parent phrase='p'><ancestor>http://x/y</ancestor></no-parent>", "<cannot-delete/>",
        "<uniqueness-failure><exists field='a'><alt-value>b</alt-value></exists></uniqueness-failure>", "<not-utf-8/>",
        "<extension><x xmlns='urn:x'/></extension>",
    ])
    func `The errors of XCAP are known`(text: String) throws {
        let body = "<xcap-error xmlns='urn:ietf:params:xml:ns:xcap-error'>\(text)</xcap-error>"
        #expect(try BodySchema.xcapError.violations(in: Array(body.utf8)) == [])
    }

    @Test(arguments: ["billion-laughs", "external-entity", "external-subset", "truncated", "embedded-nul"])
    func `What is not XML is not judged`(name: String) throws {
        let body = try fixture("hostile/\(name).xml")
        #expect(throws: XMLSyntaxError.self) { try BodySchema.imdn.violations(in: body) }
    }
}
