import Bytes
import HTTPSyntax
import MessageBodies
import Testing
import XCAP
import XMLTree

@testable import ReferenceServer

/// Requests for documents, one at a time.
///
/// RFC 4825 §8
@Suite struct DocumentRequestTests {
    private var xdms = XDMS(domain: "home.example", root: "/", limits: .init())
    private static let ann = "sip:ann@home.example"
    private static let lists = "/resource-lists/users/sip:ann@home.example/index"
    private static let listsText =
        "<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\"><list name=\"a\"/></resource-lists>"
    private static let groups = "/org.openmobilealliance.groups/users/sip:ann@home.example/"

    private mutating func ask(
        _ method: String, _ target: String, by requester: String? = Self.ann, _ fields: [HTTPFieldName: String] = [:],
        type: String? = nil, _ content: String? = nil
    ) -> XDMS.Answer {
        var fields = fields.map { HTTPField($0.key, $0.value) }
        if let type { fields.append(HTTPField(.contentType, type)) }
        let request = HTTPMessage(method, target, fields: fields, content: content.map { Array($0.utf8) })
        return xdms.answer(request, by: requester)
    }

    private mutating func status(_ method: String, _ target: String, by requester: String? = Self.ann) -> Int? {
        ask(method, target, by: requester).response.status
    }

    @discardableResult private mutating func putLists(_ fields: [HTTPFieldName: String] = [:], _ text: String? = nil)
        -> Int?
    {
        ask("PUT", Self.lists, fields, type: "application/resource-lists+xml", text ?? Self.listsText).response.status
    }

    private func reason(_ answer: XDMS.Answer) -> String? {
        guard answer.response.status == 409, answer.response.first(.contentType) == XCAPConflict.contentType else {
            return nil
        }
        let error = try? XCAPDocument(parsing: answer.response.content).root.elements.first
        return error?.name.local
    }

    private static func group(_ uri: String) -> String {
        String(decoding: GroupDocument(uri: uri, invitesMembers: true, rules: Ruleset()).serialized(), as: UTF8.self)
    }

    // MARK: Documents

    @Test mutating func `A document is created, read as it was written, replaced and deleted`() {
        #expect(status("GET", Self.lists) == 404)
        #expect(putLists() == 201)
        let read = ask("GET", Self.lists).response
        #expect(read.status == 200)
        #expect(read.content.text == Self.listsText)
        #expect(read.first(.contentType) == "application/resource-lists+xml")
        #expect(putLists() == 200)
        #expect(ask("DELETE", Self.lists).response.status == 200)
        #expect(status("DELETE", Self.lists) == 404)
        #expect(status("GET", Self.lists) == 404)
    }

    @Test mutating func `An XUI is the same however it is written`() {
        putLists()
        #expect(
            status("GET", "/resource-lists/users/sip%3Aann%40HOME.example/index", by: "sip:ann@Home.Example") == 200)
        #expect(xdms.document(auid: .resourceLists, xui: "sip:ann@HOME.example", name: "index") != nil)
    }

    @Test mutating func `HEAD is answered as GET`() {
        putLists()
        #expect(ask("HEAD", Self.lists).response.first(.entityTag) == ask("GET", Self.lists).response.first(.entityTag))
    }

    @Test(arguments: ["POST", "OPTIONS", "TRACE", "PATCH"])
    mutating func `Other methods are not allowed`(method: String) {
        let response = ask(method, Self.lists).response
        #expect(response.status == 405)
        #expect(response.first(.allow) == "GET, HEAD, PUT, DELETE")
    }

    @Test mutating func `Methods that nobody knows are not implemented`() {
        #expect(status("BREW", Self.lists) == 501)
    }

    @Test(arguments: [
        ("/", 400), ("/nothing", 404), ("/pres-rules/users/sip:ann@home.example/index", 404),
        ("/resource-lists/users/sip:ann@home.example", 404), ("/resource-lists/users/sip:ann@home.example/", 400),
        ("/resource-lists/users/sip:ann@home.example/../../x", 400), ("/..%2f..%2fetc/passwd", 400),
        ("/resource-lists/users/sip:ann@home.example/a%2Fb", 400),
        ("/resource-lists/users/sip:ann@home.example/none", 404),
        ("/resource-lists/users/sip:ann@home.example/index/~~/a[", 400), ("/resource-lists/global/index", 404),
        ("/resource-lists/users/sip:ann@home.example/index/~~/p:a", 400),
        ("/resource-lists/users/sip:ann@home.example/" + String(repeating: "x", count: 9000), 414),
    ])
    mutating func `What is the URI of nothing is refused`(target: String, status: Int) {
        #expect(self.status("GET", target) == status)
    }

    @Test mutating func `Folders are not made`() {
        let answer = ask("PUT", Self.groups + "work/g", type: GroupDocument.mediaType, Self.group("sip:g@home.example"))
        #expect(reason(answer) == "no-parent")
    }

    @Test(arguments: ["application/xml", "text/plain", nil])
    mutating func `A document of another media type is refused`(type: String?) {
        #expect(ask("PUT", Self.lists, type: type, Self.listsText).response.status == 415)
    }

    // MARK: Who may

    @Test(arguments: ["sip:bob@home.example", "sip:ann@other.example", nil])
    mutating func `Nobody gets at the tree of another user`(requester: String?) {
        putLists()
        for method in ["GET", "HEAD", "PUT", "DELETE"] { #expect(status(method, Self.lists, by: requester) == 403) }
    }

    @Test(arguments: [ApplicationUsage.deferredList, .conversationHistory])
    mutating func `What the server writes its user reads, and nobody else writes`(usage: ApplicationUsage) {
        let target = "/\(usage.rawValue)/users/sip:ann@home.example/\(usage.documentName ?? "")"
        #expect(status("GET", target) == 404)
        xdms.put(serverDocument: Array("<history-list/>".utf8), auid: usage, xui: Self.ann)
        #expect(ask("GET", target).response.content.text == "<history-list/>")
        #expect(ask("GET", target).response.first(.contentType) == usage.contentType)
        #expect(status("GET", target, by: "sip:bob@home.example") == 403)
        #expect(ask("PUT", target, type: usage.contentType, "<history-list/>").response.status == 403)
        #expect(status("DELETE", target) == 403)
    }

    @Test mutating func `Everybody reads what the server supports, and nobody writes it`() throws {
        let response = ask("GET", "/xcap-caps/global/index", by: nil).response
        #expect(response.status == 200)
        let root = try XCAPDocument(parsing: response.content).root
        #expect(root.name == ApplicationUsage.capabilities.root)
        #expect(root.elements.map(\.name.local) == ["auids", "extensions", "namespaces"])
        #expect(root.elements[0].elements.map(\.text) == ApplicationUsage.allCases.map(\.rawValue))
        #expect(ask("PUT", "/xcap-caps/global/index", type: "application/xcap-caps+xml", "<a/>").response.status == 403)
    }

    // MARK: Parts

    @Test mutating func `An element and an attribute are written, read and deleted`() {
        putLists()
        let entry = Self.lists + "/~~/resource-lists/list/entry%5B@uri=%22sip:bob@home.example%22%5D"
        let content = "<entry uri=\"sip:bob@home.example\"/>"
        let created = ask("PUT", entry, type: "application/xcap-el+xml", content)
        #expect(created.response.status == 201)
        #expect(created.changed?.name == "index")
        #expect(ask("PUT", entry, type: "application/xcap-el+xml", content).response.status == 200)
        let element = ask("GET", entry).response
        #expect(element.first(.contentType) == "application/xcap-el+xml")
        #expect(
            element.content.text
                == "<entry xmlns=\"urn:ietf:params:xml:ns:resource-lists\" uri=\"sip:bob@home.example\"/>")

        #expect(ask("PUT", entry + "/@kind", type: "application/xcap-att+xml", "a&lt;b").response.status == 201)
        let attribute = ask("GET", entry + "/@kind").response
        #expect(attribute.content.text == "a&lt;b")
        #expect(attribute.first(.contentType) == "application/xcap-att+xml")
        #expect(ask("GET", entry + "/namespace::*").response.first(.contentType) == "application/xcap-ns+xml")

        #expect(status("DELETE", entry + "/@kind") == 200)
        #expect(status("GET", entry + "/@kind") == 404)
        #expect(status("DELETE", entry) == 200)
        #expect(status("DELETE", entry) == 404)
    }

    @Test mutating func `A part of a document that is not there has no parent`() {
        let target = Self.lists + "/~~/resource-lists/list"
        #expect(reason(ask("PUT", target, type: "application/xcap-el+xml", "<list/>")) == "no-parent")
    }

    @Test mutating func `A missing parent is told with the closest ancestor`() {
        putLists()
        let answer = ask("PUT", Self.lists + "/~~/resource-lists/list/x/y", type: "application/xcap-el+xml", "<y/>")
        #expect(reason(answer) == "no-parent")
        #expect(answer.response.content.text.contains("<ancestor>\(Self.lists)/~~/resource-lists/list</ancestor>"))
    }

    @Test(arguments: [
        ("/~~/resource-lists/list%5B3%5D", "application/xcap-el+xml", "<list/>", "cannot-insert"),
        ("/~~/resource-lists/list%5B2%5D", "application/xcap-el+xml", "<list", "not-xml-frag"),
        ("/~~/resource-lists/list/@x", "application/xcap-att+xml", "<", "not-xml-att-value"),
        ("/~~/resource-lists/list%5B2%5D", "application/xcap-el+xml", "<list name=\"a\"/>", "uniqueness-failure"),
        ("/~~/resource-lists/list", "application/xcap-att+xml", "a", nil),
        ("/~~/resource-lists/list/@x", "application/xcap-el+xml", "a", nil),
    ])
    mutating func `A part that cannot be written says why`(path: String, type: String, content: String, reason: String?)
    {
        putLists()
        let answer = ask("PUT", Self.lists + path, type: type, content)
        #expect(self.reason(answer) == reason)
        if reason == nil { #expect(answer.response.status == 415) }
        #expect(ask("GET", Self.lists).response.content.text == Self.listsText)
    }

    // MARK: Conditions

    @Test mutating func `A version is named by its content`() {
        putLists()
        let first = ask("GET", Self.lists).response.first(.entityTag)
        putLists([:], Self.listsText.replacing("\"a\"", with: "\"b\""))
        let second = ask("GET", Self.lists).response.first(.entityTag)
        #expect(first != second)
        #expect(first.flatMap(EntityTag.init(parsing:)) != nil)
    }

    @Test mutating func `A document is written only in the version that the request names`() {
        #expect(putLists([.ifMatch: "*"]) == 412)
        #expect(putLists([.ifNoneMatch: "*"]) == 201)
        #expect(putLists([.ifNoneMatch: "*"]) == 412)
        let tag = ask("GET", Self.lists).response.first(.entityTag) ?? ""
        #expect(putLists([.ifMatch: "\"other\""]) == 412)
        #expect(putLists([.ifMatch: "\"other\", \(tag)"]) == 200)
        #expect(putLists([.ifNoneMatch: tag]) == 412)
        #expect(ask("DELETE", Self.lists, [.ifMatch: "\"other\""]).response.status == 412)
        #expect(ask("DELETE", Self.lists, [.ifMatch: tag]).response.status == 200)
    }

    @Test mutating func `Reading says whether there is anything new`() {
        putLists()
        let tag = ask("GET", Self.lists).response.first(.entityTag) ?? ""
        let response = ask("GET", Self.lists, [.ifNoneMatch: tag]).response
        #expect(response.status == 304)
        #expect(response.content.isEmpty)
        #expect(ask("GET", Self.lists, [.ifNoneMatch: "\"other\""]).response.status == 200)
        #expect(ask("GET", Self.lists, [.ifMatch: "\"other\""]).response.status == 412)
    }

    @Test mutating func `An element is inserted into the version that the request names, if it is not there`() {
        putLists()
        let tag = ask("GET", Self.lists).response.first(.entityTag) ?? ""
        let target = Self.lists + "/~~/resource-lists/list%5B@name=%22b%22%5D"
        func insert(_ fields: [HTTPFieldName: String]) -> Int? {
            ask("PUT", target, fields, type: "application/xcap-el+xml", "<list name=\"b\"/>").response.status
        }
        #expect(insert([.ifMatch: "\"other\""]) == 412)
        #expect(insert([.ifMatch: tag, .ifNoneMatch: "*"]) == 201)
        #expect(insert([.ifNoneMatch: "*"]) == 412)
        #expect(insert([.ifMatch: tag]) == 412)
    }

    // MARK: Content

    @Test(arguments: [
        ("<resource-lists", "not-well-formed"), ("\u{0}", "not-well-formed"),
        ("<!DOCTYPE a [<!ENTITY b \"c\">]><resource-lists/>", "not-well-formed"),
        ("<resource-lists/>", "schema-validation-error"),
        ("<other xmlns=\"urn:ietf:params:xml:ns:resource-lists\"/>", "schema-validation-error"),
        ("<?xml version=\"1.0\" encoding=\"latin1\"?><resource-lists/>", "not-utf-8"),
        (String(repeating: "<a>", count: 1000), "not-well-formed"),
        (
            "<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\"><list><entry uri=\"a\"/><entry uri=\"a\"/></list></resource-lists>",
            "uniqueness-failure"
        ),
        (
            "<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\"><list><list name=\"a\"/><list name=\"a\"/></list></resource-lists>",
            "uniqueness-failure"
        ),
    ])
    mutating func `A document that its usage does not allow says why`(text: String, reason: String) {
        let answer = ask("PUT", Self.lists, type: "application/resource-lists+xml", text)
        #expect(self.reason(answer) == reason)
        #expect(answer.changed == nil)
    }

    @Test mutating func `The rules of a user have the form that the server reads`() {
        let target = "/org.openmobilealliance.access-rules/users/sip:ann@home.example/access-rules"
        let text = "<ruleset xmlns=\"urn:ietf:params:xml:ns:common-policy\"/>"
        #expect(ask("PUT", target, type: "application/auth-policy+xml", text).response.status == 201)
    }

    @Test mutating func `There is room for so many documents and bytes`() {
        var limits = ReferenceServer.Limits()
        limits.documentsPerUser = 1
        limits.documentBytes = 2000
        xdms = XDMS(domain: "home.example", root: "/", limits: limits)
        func put(_ name: String, _ text: String) -> String? {
            let answer = ask("PUT", Self.groups + name, type: GroupDocument.mediaType, text)
            return answer.response.status == 201 || answer.response.status == 200 ? nil : reason(answer)
        }
        #expect(put("g", Self.group("sip:g@home.example")) == nil)
        #expect(put("h", Self.group("sip:h@home.example")) == "constraint-failure")
        #expect(put("g", Self.group("sip:g@home.example")) == nil)
        let long = Self.group("sip:\(String(repeating: "g", count: 3000))@home.example")
        #expect(put("g", long) == "constraint-failure")
    }

    // MARK: Groups

    @Test mutating func `A group is found by its URI as long as its document is there`() {
        let put = ask("PUT", Self.groups + "g", type: GroupDocument.mediaType, Self.group("sip:Team@home.example"))
        #expect(put.response.status == 201)
        #expect(put.changed == DocumentSelector(.groups, .user(Self.ann), name: "g"))
        #expect(xdms.group(at: "sip:Team@HOME.example;user=ip")?.uri == "sip:Team@home.example")
        #expect(xdms.groupSelector(at: "sip:Team@home.example") == put.changed)
        _ = ask("PUT", Self.groups + "g", type: GroupDocument.mediaType, Self.group("sip:other@home.example"))
        #expect(xdms.group(at: "sip:Team@home.example") == nil)
        #expect(xdms.group(at: "sip:other@home.example") != nil)
        let deleted = ask("DELETE", Self.groups + "g")
        #expect(deleted.changed == put.changed)
        #expect(xdms.group(at: "sip:other@home.example") == nil)
    }

    @Test mutating func `No two groups have one URI`() {
        _ = ask("PUT", Self.groups + "g", type: GroupDocument.mediaType, Self.group("sip:team@home.example"))
        let bob = "/org.openmobilealliance.groups/users/sip:bob@home.example/g"
        let answer = ask(
            "PUT", bob, by: "sip:bob@home.example", type: GroupDocument.mediaType, Self.group("sip:team@HOME.example"))
        #expect(reason(answer) == "uniqueness-failure")
        #expect(answer.response.content.text.contains("<alt-value>sip:team-2@home.example</alt-value>"))
    }

    @Test(arguments: ["sip:g@other.example", "sip:home.example", "tel:+1", "nonsense"])
    mutating func `A group has a URI of the home domain`(uri: String) {
        let answer = ask("PUT", Self.groups + "g", type: GroupDocument.mediaType, Self.group(uri))
        #expect(reason(answer) == "constraint-failure")
    }

    @Test mutating func `Each group may have its own document, with a name of its owner's choice`() {
        for name in ["IM%20Group%201", "ChatRoom1", "a;b=c"] {
            let text = Self.group("sip:\(name.utf8.count)@home.example")
            #expect(ask("PUT", Self.groups + name, type: GroupDocument.mediaType, text).response.status == 201)
        }
    }
}
