import Testing
import XCAP
import XMLTree

struct XCAPURITests {
    private static let lists = "urn:ietf:params:xml:ns:resource-lists"

    private func name(_ local: String) -> XMLName { XMLName(local, namespace: Self.lists) }

    @Test(arguments: [
        ("/resource-lists/users/sip:ann@home.example/index", "/"),
        ("/resource-lists/users/sip%3Aann%40home.example/index", "/"),
        ("/xcap/root/resource-lists/users/sip:ann@home.example/index", "/xcap/root/"),
        ("HTTPS://xcap.example/resource-lists/users/sip:ann@home.example/index", "/"),
        ("http://xcap.example:8080/resource-lists/users/sip:ann@home.example/index", "/"),
        ("HTTP://h/a%20b/resource-lists/users/sip:ann@home.example/index#fragment", "a b"),
        ("/resource-lists/users/sip:ann@home.example/index?xmlns(a=b", "/"),
    ])
    func `a path names a document of a user`(target: String, root: String) throws {
        let uri = try XCAPURI(parsing: target, root: root)
        #expect(uri == XCAPURI(DocumentSelector(.resourceLists, .user("sip:ann@home.example"), name: "index")))
    }

    @Test func `a path names a document of all`() throws {
        let uri = try XCAPURI(parsing: "/xcap-caps/global/index")
        #expect(uri == XCAPURI(DocumentSelector(.capabilities, .global, name: "index")))
    }

    @Test func `folders are part of the name`() throws {
        let uri = try XCAPURI(parsing: "/org.openmobilealliance.groups/users/sip:a@b/my/friends")
        #expect(uri.document.name == "my/friends")
    }

    @Test(arguments: [
        ("", XCAPRule.root, 0), ("*", .root, 0), ("resource-lists", .root, 0), ("http://h", .root, 8),
        ("/other/resource-lists/global/a", .auid, 1), ("/", .segment, 1), ("/pres-rules/users/a/b", .auid, 1),
        ("/resource-lists", .documentSelector, 15), ("/resource-lists/users", .documentSelector, 16),
        ("/resource-lists/users/sip:a@b", .documentSelector, 16), ("/resource-lists/global", .documentSelector, 16),
        ("/resource-lists/groups/a/b", .documentSelector, 16),
        ("/resource-lists/users/../index", .segment, 22), ("/resource-lists/users/%2e%2E/index", .segment, 22),
        ("/resource-lists/users/sip:a@b/./index", .segment, 30), ("/resource-lists/users//index", .segment, 22),
        ("/resource-lists/users/sip:a@b/", .segment, 30), ("/../../etc/passwd", .segment, 1),
        ("/resource-lists/users/sip:a@b%2Findex/x", .segment, 22), ("/resource-lists/users/a%5cb/index", .segment, 22),
        ("/resource-lists/users/a%00/index", .segment, 22), ("/resource-lists/users/a%0d%0ab/index", .segment, 22),
        ("/resource-lists/users/%ff/index", .segment, 22), ("/resource-lists/users/%zz/index", .percentEncoding, 22),
        ("/resource-lists/users/a/index%4", .percentEncoding, 24),
        ("/resource-lists/global/index/~~", .nodeSelector, 31), ("/resource-lists/global/index/~~/", .step, 32),
        ("/resource-lists/~~/users/a/index", .documentSelector, 15),
    ])
    func `what is the URI of nothing breaks a rule`(target: String, rule: XCAPRule, offset: Int) {
        let error = #expect(throws: XCAPSyntaxError.self) { try XCAPURI(parsing: target) }
        #expect(error == XCAPSyntaxError(rule, at: offset))
    }

    @Test func `a target longer than any sensible one is not read`() {
        let target = "/resource-lists/users/a/" + String(repeating: "a", count: XCAPURI.maximumSize)
        let error = #expect(throws: XCAPSyntaxError.self) { try XCAPURI(parsing: target) }
        #expect(error?.rule == .sizeLimit)
    }

    private func selector(_ path: String, _ query: String = "") throws -> NodeSelector? {
        try XCAPURI(parsing: "/resource-lists/global/index/~~/\(path)\(query)").node
    }

    @Test func `a step says a name, a place and an attribute`() throws {
        let list = NodeSelector.Attribute(XMLName("name"), "friends")
        let steps = [
            NodeSelector.Step(name("resource-lists")), .init(nil), .init(name("list"), position: 2),
            .init(name("list"), attribute: list), .init(nil, position: 10, attribute: list),
        ]
        let path = "resource-lists/*/list%5b2%5D/list%5B@name=%22friends%22%5D/*[10][@name='friends']"
        #expect(try selector(path) == NodeSelector(steps))
    }

    @Test(arguments: [
        ("%22a/b%22", "a/b"), ("%22a%2Fb%22", "a/b"), ("'say \"/\"'", "say \"/\""), ("%22it's/%22", "it's/"),
        ("%22&lt;&amp;&quot;&%2365;%22", "<&\"A"), ("%22%22", ""), ("%22%C3%A9%22", "é"), ("%22]%22", "]"),
    ])
    func `the value of an attribute may hold anything, quoted and escaped`(written: String, value: String) throws {
        let step = try selector("list[@name=\(written)]")?.steps.first
        #expect(step?.attribute?.value == value)
    }

    @Test func `the last segment may name an attribute, or the namespaces`() throws {
        #expect(
            try selector("resource-lists/@a")
                == NodeSelector([.init(name("resource-lists"))], .attribute(XMLName("a"), prefix: nil)))
        #expect(
            try selector("resource-lists/namespace::*")
                == NodeSelector([.init(name("resource-lists"))], .namespaces))
    }

    @Test func `prefixes are bound by the query`() throws {
        let query = "?xmlns(a=urn:x)%20element(/1/2)xmlns(b%20=%20urn:^(y^))xmlns(a=urn:z)"
        let selector = try selector("a:x/b:y[@a:c='1']/@b:d", query)
        #expect(selector?.steps.map(\.name?.namespace) == ["urn:z", "urn:(y)"])
        #expect(selector?.steps.last?.attribute?.name == XMLName("c", namespace: "urn:z"))
        #expect(selector?.terminal == .attribute(XMLName("d", namespace: "urn:(y)"), prefix: "b"))
        let language = XMLName("lang", namespace: "http://www.w3.org/XML/1998/namespace")
        #expect(try self.selector("a/@xml:lang")?.terminal == .attribute(language, prefix: "xml"))
    }

    @Test(arguments: [
        ("a:b", XCAPRule.prefix), ("@a", .attributeSelector), ("namespace::*", .nodeSelector),
        ("a/@b/c", .nodeSelector),
        ("a/namespace::*/b", .nodeSelector), ("a//b", .step), ("a/", .step), ("1a", .step), ("a:b:c", .prefix),
        ("a:", .step), (":a", .step), ("a[", .position), ("a[]", .position), ("a[0]", .position), ("a[-1]", .position),
        ("a[1", .step), ("a[1][2]", .position), ("a[9999999999]", .position), ("a[@b='c'][1]", .step),
        ("a[@b='c'][@d='e']", .step), ("a[@b=c]", .attributeValue), ("a[@b='c]", .attributeValue),
        ("a[@b='c'", .step), ("a[@='c']", .attributeSelector), ("a[@b]", .attributeValue), ("a[b='c']", .position),
        ("a[@b='<']", .attributeValue), ("a[@b='&']", .attributeValue), ("a/@xmlns", .attributeSelector),
        ("a/@xmlns:b", .attributeSelector), ("a%zz", .percentEncoding), ("a[@b='%ff']", .nodeSelector), ("a b", .step),
        ("a|b", .step), ("..", .step), (".", .step), ("a::b", .step), ("text()", .step), ("**", .step),
    ])
    func `what is no node selector breaks a rule`(path: String, rule: XCAPRule) {
        let error = #expect(throws: XCAPSyntaxError.self) { try selector(path) }
        #expect(error?.rule == rule)
    }

    @Test(arguments: [
        "xmlns", "xmlns(a=urn:x", "xmlns(a)", "xmlns(=b)", "xmlns(a=)", "(a)", "xmlns(a=^b)", "xmlns(xmlns=b)", "%zz",
        "%ff(a)",
    ])
    func `what is no query is refused`(query: String) {
        let error = #expect(throws: XCAPSyntaxError.self) { try selector("a", "?" + query) }
        #expect(error?.rule == .query || error?.rule == .percentEncoding)
    }

    @Test func `a selector has no more steps than a document has levels`() throws {
        let deep = Array(repeating: "a", count: 64).joined(separator: "/")
        #expect(try selector(deep)?.steps.count == 64)
        #expect(throws: XCAPSyntaxError.self) { try selector(deep + "/a") }
    }

    @Test func `a URI is written so that it is read as the same`() throws {
        let odd = "a/b?c#d%e\"f'g<h>&i j\té^()]"
        let uris = [
            XCAPURI(DocumentSelector(.groups, .user("sip:a;b=c@[::1]"), name: "x y/z")),
            XCAPURI(
                DocumentSelector(.resourceLists, .user("tel:+1"), name: "index"),
                NodeSelector(
                    [
                        .init(name("resource-lists")), .init(XMLName("x", namespace: "urn:(y)^")),
                        .init(nil, position: 3, attribute: .init(XMLName("q", namespace: "urn:q?&=#"), odd)),
                    ], .attribute(XMLName("uri"), prefix: nil))),
            XCAPURI(
                DocumentSelector(.groups, .global, name: "g"),
                NodeSelector([.init(XMLName("group", namespace: "urn:oma:xml:poc:list-service"))], .namespaces)),
        ]
        for uri in uris {
            #expect(try XCAPURI(parsing: uri.target(root: "/r s/t"), root: "/r s/t") == uri, "\(uri.target())")
        }
    }
}
