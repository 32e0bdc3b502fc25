import Network
import SIPSyntax
import Testing

@testable import ReferenceServer

/// Registrations, a rule a test.
///
/// RFC 3261 §10.3
@Suite struct RegistrarTests {
    private var registrar = Registrar(
        domain: "home.example", expiry: .init(minimum: 60, maximum: 7200, preset: 3600), limits: .init())
    private let source = Client.a.address
    private let start = Instant(nanoseconds: 0)

    /// A REGISTER of A with this Contact and these other fields.
    private func request(_ contacts: String..., fields: String = "", sequence: Int = 1, callID: String? = nil)
        -> SIPMessage
    {
        let lines = contacts.map { "Contact: \($0)" } + (fields.isEmpty ? [] : [fields])
        var request = Client.a.request(
            "REGISTER", "sip:home.example", to: "<sip:ann@home.example>", sequence: sequence,
            lines.joined(separator: "\n"))
        if let callID { request.set(.callID, callID) }
        return request
    }

    private mutating func register(_ request: SIPMessage, after seconds: Int = 0) -> Registrar.Answer {
        registrar.register(request, from: source, at: start + .seconds(seconds))
    }

    private func contacts(of answer: Registrar.Answer) -> [String]? {
        guard case .accepted(let fields, _) = answer else { return nil }
        return fields.filter { $0.name == .contact }.map(\.value)
    }

    private func refusal(_ answer: Registrar.Answer) -> Refusal? {
        guard case .refused(let refusal) = answer else { return nil }
        return refusal
    }

    @Test mutating func `A contact is bound, and listed with its parameters and the time that it has`() {
        let answer = register(request("<sip:ann@127.0.0.11>;+g.oma.sip-im", fields: "Expires: 600"))
        #expect(contacts(of: answer) == ["<sip:ann@127.0.0.11>;+g.oma.sip-im;expires=600"])
        #expect(registrar.bindings(of: "sip:ann@home.example", at: start).map(\.isForIM) == [true])
    }

    @Test mutating func `A contact's own expires goes before the field, and the field before the preset`() {
        let answer = register(request("<sip:a@127.0.0.11>;expires=120", "<sip:b@127.0.0.11>", fields: "Expires: 600"))
        #expect(
            contacts(of: answer).map(Set.init) == [
                "<sip:a@127.0.0.11>;expires=120", "<sip:b@127.0.0.11>;expires=600",
            ])
        #expect(
            contacts(of: register(request("<sip:c@127.0.0.11>", sequence: 2)))?.last?.hasSuffix("expires=3600") == true)
    }

    @Test mutating func `No contact gets more than the longest time`() {
        #expect(
            contacts(of: register(request("<sip:a@127.0.0.11>", fields: "Expires: 999999")))
                == ["<sip:a@127.0.0.11>;expires=7200"])
    }

    @Test mutating func `A time that is too brief is refused with the shortest one`() {
        let refusal = refusal(register(request("<sip:a@127.0.0.11>", fields: "Expires: 59")))
        #expect(refusal?.status == 423)
        #expect(refusal?.fields == [SIPField(.minExpires, "60")])
    }

    @Test mutating func `Nothing is changed when one of several contacts is refused`() {
        _ = register(request("<sip:a@127.0.0.11>"))
        let answer = register(request("<sip:a@127.0.0.11>;expires=0", "<sip:b@127.0.0.11>;expires=1", sequence: 2))
        #expect(refusal(answer)?.status == 423)
        #expect(registrar.bindings(of: "sip:ann@home.example", at: start).count == 1)
    }

    @Test mutating func `A query lists the bindings and changes none`() {
        _ = register(request("<sip:a@127.0.0.11>", fields: "Expires: 600"))
        #expect(contacts(of: register(request(sequence: 2), after: 100)) == ["<sip:a@127.0.0.11>;expires=500"])
    }

    @Test mutating func `A refresh of an equivalent URI replaces the binding`() {
        _ = register(request("<sip:ann@127.0.0.11;Transport=UDP>", fields: "Expires: 600"))
        let answer = register(
            request("<sip:ann@127.0.0.11;transport=udp>", fields: "Expires: 600", sequence: 2), after: 300)
        #expect(contacts(of: answer) == ["<sip:ann@127.0.0.11;transport=udp>;expires=600"])
    }

    @Test mutating func `An Expires of zero removes a contact`() {
        _ = register(request("<sip:a@127.0.0.11>", "<sip:b@127.0.0.11>"))
        let answer = register(request("<sip:a@127.0.0.11>", fields: "Expires: 0", sequence: 2))
        #expect(contacts(of: answer) == ["<sip:b@127.0.0.11>;expires=3600"])
    }

    @Test mutating func `A star with an Expires of zero removes all`() {
        _ = register(request("<sip:a@127.0.0.11>", "<sip:b@127.0.0.11>"))
        #expect(contacts(of: register(request("*", fields: "Expires: 0", sequence: 2))) == [])
    }

    @Test(arguments: [["*"], ["*", "<sip:a@127.0.0.11>"]])
    mutating func `A star without an Expires of zero, or beside another contact, is refused`(values: [String]) {
        var request = request(sequence: 2)
        for value in values { request.add(.contact, value) }
        if values.count > 1 { request.set(.expires, "0") }
        #expect(refusal(register(request))?.status == 400)
    }

    @Test mutating func `An older request with the same Call-ID is refused, one with another is not`() {
        _ = register(request("<sip:a@127.0.0.11>", sequence: 5))
        #expect(refusal(register(request("<sip:a@127.0.0.11>", sequence: 5)))?.status == 500)
        #expect(refusal(register(request("<sip:a@127.0.0.11>", sequence: 4)))?.status == 500)
        #expect(refusal(register(request("*", fields: "Expires: 0", sequence: 4)))?.status == 500)
        #expect(contacts(of: register(request("<sip:a@127.0.0.11>", sequence: 1, callID: "rebooted"))) != nil)
    }

    @Test mutating func `A contact that is not a SIP URI is refused`() {
        #expect(refusal(register(request("<mailto:ann@home.example>")))?.status == 400)
    }

    @Test mutating func `Another domain is not found`() {
        var request = request("<sip:a@127.0.0.11>")
        request.startLine = .request(.register, uri: "sip:other.example")
        #expect(refusal(register(request))?.status == 404)
        request.startLine = .request(.register, uri: "sip:home.example")
        request.set(.to, "<sip:ann@other.example>")
        #expect(refusal(register(request))?.status == 404)
    }

    @Test mutating func `Nobody registers for another`() {
        var request = request("<sip:a@127.0.0.11>")
        request.set(.to, "<sip:bob@home.example>")
        #expect(refusal(register(request))?.status == 403)
    }

    @Test mutating func `The extension pref is understood, others are not`() {
        #expect(contacts(of: register(request("<sip:a@127.0.0.11>", fields: "Require: pref"))) != nil)
        let refusal = refusal(register(request("<sip:a@127.0.0.11>", fields: "Require: pref, gruu", sequence: 2)))
        #expect(refusal?.status == 420)
        #expect(refusal?.fields == [SIPField(.unsupported, "gruu")])
    }

    @Test mutating func `The preferred contact comes first, and among equals the latest`() {
        _ = register(request("<sip:a@127.0.0.11>;q=0.5", "<sip:b@127.0.0.11>;q=0.75"))
        _ = register(request("<sip:c@127.0.0.11>;q=0.75", sequence: 2), after: 1)
        _ = register(request("<sip:d@127.0.0.11>", sequence: 3), after: 2)
        let users = registrar.bindings(of: "sip:ann@home.example", at: start + .seconds(3)).map(\.uri.user)
        #expect(users == ["d", "c", "b", "a"])
    }

    @Test mutating func `A binding ends when its time has passed, and the IM server hears of it`() {
        _ = register(request("<sip:a@127.0.0.11>;+g.oma.sip-im", fields: "Expires: 60"))
        #expect(registrar.nextExpiry == start + .seconds(60))
        #expect(registrar.expire(at: start + .seconds(59)) == [.registered(user: "sip:ann@home.example")])
        #expect(registrar.expire(at: start + .seconds(60)) == [.deregistered(user: "sip:ann@home.example")])
        #expect(registrar.bindings(of: "sip:ann@home.example", at: start + .seconds(60)).isEmpty)
        #expect(registrar.nextExpiry == nil)
    }

    @Test(arguments: [
        (";+g.oma.sip-im", "", ThirdPartyRegistration.registered(user: "sip:ann@home.example")),
        ("", "", nil), (";+g.oma.sip-im", ";expires=0", .deregistered(user: "sip:ann@home.example")),
    ])
    mutating func `The IM server is told of contacts with its feature tag only`(
        tag: String, expires: String, expected: ThirdPartyRegistration?
    ) {
        if !expires.isEmpty { _ = register(request("<sip:a@127.0.0.11>\(tag)")) }
        let answer = register(request("<sip:a@127.0.0.11>\(tag)\(expires)", sequence: 2))
        guard case .accepted(_, let registration) = answer else {
            Issue.record("refused")
            return
        }
        #expect(registration == expected)
    }

    @Test mutating func `A contact registered again without the tag ends the registration with the IM server`() {
        _ = register(request("<sip:a@127.0.0.11>;+g.oma.sip-im"))
        #expect(
            register(request("<sip:a@127.0.0.11>", sequence: 2))
                == .accepted(
                    [SIPField(.contact, "<sip:a@127.0.0.11>;expires=3600")],
                    .deregistered(user: "sip:ann@home.example")))
    }

    @Test mutating func `There is room for so many contacts of a user, and so many users`() {
        let contacts = (0..<11).map { "<sip:c\($0)@127.0.0.11>" }
        var request = request()
        for contact in contacts { request.add(.contact, contact) }
        #expect(refusal(register(request))?.status == 503)

        var limits = ReferenceServer.Limits()
        limits.users = 1
        registrar = Registrar(
            domain: "home.example", expiry: .init(minimum: 60, maximum: 60, preset: 60), limits: limits)
        #expect(refusal(registrar.register(Client.a.register(), from: source, at: start)) == nil)
        #expect(refusal(registrar.register(Client.b.register(), from: source, at: start))?.status == 503)
        #expect(refusal(registrar.register(Client.a.register(sequence: 2), from: source, at: start)) == nil)
    }

    @Test(arguments: ["q=2", "q=x", "q=", "q=1.5", "q=0.", "expires=x", "expires=-1", "expires=99999999999999999999"])
    mutating func `Parameters that make no sense do no harm`(parameter: String) {
        let contact = contacts(of: register(request("<sip:a@127.0.0.11>;\(parameter)")))
        #expect(contact?.count == 1 || contact == nil)
    }
}
