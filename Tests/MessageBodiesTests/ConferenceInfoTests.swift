import Bytes
import MessageBodies
import Testing
import XMLTree

@Suite struct ConferenceInfoTests {
    private func document(_ attributes: String, _ content: String = "") throws -> ConferenceInfo {
        let namespace = ConferenceInfo.namespace
        return try ConferenceInfo(
            parsing: Array("<conference-info xmlns='\(namespace)' \(attributes)>\(content)</conference-info>".utf8))
    }

    @Test func `A document tells who takes part, and which of them its receiver is`() throws {
        let info = try ConferenceInfo(parsing: fixture("conference/full.xml"))
        #expect(
            info
                == ConferenceInfo(
                    entity: "sip:s1@conf.example", state: .full, version: 1,
                    users: [
                        ConferenceInfo.User(
                            entity: "sip:anon34@anonymous.invalid", displayText: "MISS JOY-03", isOwn: true,
                            status: .connected),
                        ConferenceInfo.User(
                            entity: "sip:bob@home.example", endpoint: "sip:bob@phone.example", status: .disconnected),
                    ]))
        #expect(info.users.map(\.isConnected) == [true, false])
    }

    @Test func `A document that says neither state nor version is full, and of no version`() throws {
        let info = try ConferenceInfo(parsing: fixture("conference/minimal.xml"))
        #expect(info.state == .full && info.version == nil && info.usersState == nil && info.users.isEmpty)
    }

    @Test func `Users of a partial document are full unless they say otherwise`() throws {
        let info = try document("entity='e' state='partial' version='2'", "<users><user entity='u'/></users>")
        #expect(info.usersState == .full)
        #expect(info.users == [ConferenceInfo.User(entity: "u", endpoints: [])])
    }

    @Test(arguments: [
        ("", "", XMLBodyError.missing("entity", in: "conference-info")),
        ("entity='e' state='half'", "", .invalid("half", of: "state")),
        ("entity='e' version='-1'", "", .invalid("-1", of: "version")),
        ("entity='e' version='4294967296'", "", .invalid("4294967296", of: "version")),
        ("entity='e'", "<users><user/></users>", .missing("entity", in: "user")),
        ("entity='e'", "<users><user entity='u' yourown='yes'/></users>", .invalid("yes", of: "yourown")),
        ("entity='e'", "<users state='some'/>", .invalid("some", of: "state")),
        (
            "entity='e'", "<users><user entity='u'><endpoint state='?'/></user></users>", .invalid("?", of: "state")
        ),
    ])
    func `What is not the state of a conference is refused`(
        attributes: String, content: String, error: XMLBodyError
    ) {
        #expect(throws: error) { try document(attributes, content) }
    }

    @Test func `Users and endpoints beyond a number are refused`() {
        let users = String(repeating: "<user entity='u'/>", count: ConferenceInfo.maximumUsers + 1)
        #expect(throws: XMLBodyError.tooMany("user")) { try document("entity='e'", "<users>\(users)</users>") }
        let endpoints = String(repeating: "<endpoint/>", count: ConferenceInfo.maximumEndpoints + 1)
        #expect(throws: XMLBodyError.tooMany("endpoint")) {
            try document("entity='e'", "<users><user entity='u'>\(endpoints)</user></users>")
        }
    }

    @Test func `A notification of a change is written as partial throughout`() {
        let info = ConferenceInfo(
            entity: "sip:g@x", state: .partial, version: 2,
            users: [ConferenceInfo.User(entity: "sip:b@x", displayText: "B", isOwn: true, status: .connected)])
        #expect(
            info.serialized().text == """
                <?xml version="1.0" encoding="UTF-8"?>
                <conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:g@x" state="partial" \
                version="2"><users state="partial"><user entity="sip:b@x" state="full" yourown="true">\
                <display-text>B</display-text><endpoint entity="sip:b@x"><status>connected</status></endpoint></user>\
                </users></conference-info>

                """)
    }

    @Test(arguments: [ConferenceInfo.State.full, .partial, .deleted])
    func `State that was written and read is the same state`(state: ConferenceInfo.State) throws {
        let info = ConferenceInfo(
            entity: "sip:g@x", state: state, version: 7,
            users: [
                ConferenceInfo.User(entity: "sip:a@x", state: .deleted, endpoints: []),
                ConferenceInfo.User(
                    entity: "\"A\" <&>", displayText: "<&>", isOwn: true, state: .partial,
                    endpoints: [
                        ConferenceInfo.Endpoint(
                            entity: nil, status: ConferenceInfo.Status(rawValue: "on-hold"), state: .partial)
                    ]),
            ])
        #expect(try ConferenceInfo(parsing: info.serialized()) == info)
    }
}
