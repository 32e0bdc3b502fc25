import Network
import SIPSyntax
import Testing

@testable import ReferenceServer

/// Whether and how a request is forwarded.
///
/// RFC 3261 §16.3 to §16.6
@Suite struct ProxyCoreTests {
    private let proxy = ProxyCore(domain: "home.example", local: Stand.sip)

    private func page(_ lines: String = "") -> SIPMessage { Client.a.page("x", to: .b, lines) }

    @Test func `Routes through the server are taken off`() {
        let request = proxy.withoutOwnRoutes(
            page("Route: <sip:127.0.0.1:5060;lr>, <sip:home.example;lr>, <sip:10.0.0.1;lr>"))
        #expect(request.list(.route) == ["<sip:10.0.0.1;lr>"])
        #expect(request.nextHop?.host == "10.0.0.1")
    }

    @Test func `The last own route leaves none`() {
        let request = proxy.withoutOwnRoutes(page("Route: <sip:127.0.0.1;lr>"))
        #expect(!request.contains(.route))
        #expect(request.nextHop?.user == "bob")
    }

    @Test func `A request of a strict router gets its Request-URI back`() {
        var request = page("Route: <sip:10.0.0.1;lr>, <sip:bob@127.0.0.12>")
        request.startLine = .request(.message, uri: "sip:127.0.0.1:5060;lr")
        let restored = proxy.withoutOwnRoutes(request)
        #expect(restored.requestURI == "sip:bob@127.0.0.12")
        #expect(restored.list(.route) == ["<sip:10.0.0.1;lr>"])
    }

    @Test func `A request without a hop left is refused`() {
        var request = page()
        request.set(.maxForwards, "0")
        #expect(proxy.refusal(of: request)?.status == 483)
        request.set(.maxForwards, "1")
        #expect(proxy.refusal(of: request) == nil)
    }

    @Test func `A request that comes again with the same target has looped`() {
        var request = page()
        let branch = "z9hG4bKabc" + proxy.fingerprint(of: request)
        request.prepend(.via, "SIP/2.0/UDP 127.0.0.1:5060;branch=\(branch)")
        #expect(proxy.refusal(of: request)?.status == 482)
    }

    @Test func `A request that comes again with another target is a spiral, and goes on`() {
        var request = page()
        let branch = "z9hG4bKabc" + proxy.fingerprint(of: request)
        request.prepend(.via, "SIP/2.0/UDP 127.0.0.1:5060;branch=\(branch)")
        request.startLine = .request(.message, uri: "sip:cid@home.example")
        #expect(proxy.refusal(of: request) == nil)
    }

    @Test func `Extensions for proxies are not understood`() {
        let refusal = proxy.refusal(of: page("Proxy-Require: foo, bar"))
        #expect(refusal == Refusal(420, fields: [SIPField(.unsupported, "foo, bar")]))
    }

    @Test func `A copy has the target, one hop less, and the route back`() {
        let copy = proxy.copy(of: page(), to: Client.b.contact, recordRoute: true)
        #expect(copy.requestURI == Client.b.contact)
        #expect(copy.first(.maxForwards) == "69")
        #expect(copy.list(.recordRoute) == ["<sip:127.0.0.1:5060;lr>"])
        #expect(copy.body == page().body)
    }

    @Test func `A request without Max-Forwards gets one`() {
        var request = page()
        request.remove(.maxForwards)
        #expect(proxy.copy(of: request, to: nil, recordRoute: false).first(.maxForwards) == "70")
    }
}

/// What is no request at all.
///
/// RFC 3261 §8.1.1, §16.3 and §18.3
@Suite struct RequestValidationTests {
    private func status(_ alter: (inout SIPMessage) -> Void) -> Int? {
        var request = Client.a.page("x", to: .b)
        alter(&request)
        return RequestValidation().refusal(of: request, over: [.udp, .tcp])?.status
    }

    @Test func `A proper request is not refused`() {
        #expect(status { _ in } == nil)
    }

    @Test(arguments: [SIPFieldName.from, .to, .callID, .cSeq, .via]) func `Five fields are mandatory`(
        name: SIPFieldName
    ) {
        #expect(status { $0.remove(name) } == 400)
    }

    @Test(arguments: [
        (SIPFieldName.cSeq, "1 INVITE"), (.cSeq, "x MESSAGE"), (.cSeq, "4294967295 MESSAGE"), (.from, "<<>>"),
        (.maxForwards, "many"), (.contentLength, "2000"), (.contentLength, "-1"), (.contact, "<sip:"), (.route, ";;"),
    ])
    func `Malformed fields are refused`(name: SIPFieldName, value: String) {
        #expect(status { $0.set(name, value) } == 400)
    }

    @Test func `A field that must be single is refused twice`() {
        #expect(status { $0.add(.to, "<sip:cid@home.example>") } == 400)
    }

    @Test(arguments: [("tel:+123", 416), ("sips:bob@home.example", 416), ("sip:", 400), ("sip:bob@home.example", nil)])
    func `Other schemes are not supported`(uri: String, expected: Int?) {
        #expect(status { $0.startLine = .request(.message, uri: uri) } == expected)
    }

    @Test func `Another version is refused`() {
        #expect(status { $0.version = "SIP/3.0" } == 400)
    }
}
