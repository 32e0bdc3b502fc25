import Bytes
import Conformance
import Cryptography
import Reporting
import Testing

@Suite struct HTMLReportTests {
    private static let environment = RunEnvironment(
        tool: "parley 0.1.0", command: ["parley", "run", "IM-2.0-int-201", "--seed", "7", "--sut", "my sut.yaml"],
        facts: [RunEnvironment.Fact("Host", "ci-7")])

    private let bytes = HTMLReport(Sample.run, environment: environment).bytes

    private var text: String { String(decoding: bytes, as: UTF8.self) }

    private func root() throws -> XMLOutline.Element { try XMLOutline.root(of: bytes) }

    @Test func `The page is well-formed, and every id occurs once`() throws {
        let ids = try root().all.compactMap { $0.attributes["id"] }
        #expect(ids.count > 100)
        #expect(Set(ids).count == ids.count)
    }

    @Test func `Every link within the page leads somewhere`() throws {
        let ids = Set(try root().all.compactMap { $0.attributes["id"] })
        let links = try root().all.compactMap { $0.attributes["href"] }.filter { $0.hasPrefix("#") }
        #expect(links.count > 50)
        #expect(links.filter { !ids.contains(String($0.dropFirst())) } == [])
    }

    @Test func `The page can run no script and fetch nothing`() throws {
        let elements = try root().all
        let names = Set(elements.map(\.name))
        #expect(names.isDisjoint(with: ["script", "img", "iframe", "object", "embed", "link", "form", "base"]))
        let policy = elements.first { $0.attributes["http-equiv"] == "Content-Security-Policy" }
        #expect(policy?.attributes["content"]?.hasPrefix("default-src 'none'; style-src 'sha256-") == true)
        let attributes = Set(elements.flatMap(\.attributes.keys))
        #expect(attributes.filter { $0.hasPrefix("on") || $0 == "src" || $0 == "style" } == [])
        #expect(elements.compactMap { $0.attributes["href"] }.filter { $0.contains(":") } == [])
        #expect(!text.contains("url("))
    }

    @Test func `The style that is let in is the style of the page`() throws {
        let style = try #require(try root().all("style").first).text
        let digest = Digest(.sha256, of: Array(style.utf8)).bytes
        let policy = try #require(try root().all.first { $0.attributes["http-equiv"] != nil }?.attributes["content"])
        let allowed = try #require(policy.firstMatch(of: /sha256-([A-Za-z0-9+\/=]+)/)).output.1
        #expect(Base64.text(of: digest) == String(allowed))
    }

    @Test func `What a peer sent is shown and is no markup`() throws {
        let bytes = try #require(try element(id: "IM-2.0-int-201-m11")?.all("pre").first)
        let shown = bytes.all.map(\.text).joined()
        #expect(shown.contains("Subject: </pre><script>alert('x')</script>"))
        #expect(!text.contains("<script"))
        for form in ["‹ESC›", "‹U+202E›", "‹LF›", "‹NUL›", "\\xC3(\\xFF\\xFE", "‹U+FFFF›", "‹U+FEFF›", "\\xE2\\x82"] {
            #expect(bytes.all("span").contains { $0.attributes["class"] == "odd" && $0.text == form }, "\(form)")
        }
    }

    @Test func `The link to a capture cannot leave the folder's scheme`() throws {
        var run = Sample.run
        run.cases[0].capture = "javascript:alert(1)\"><b>"
        let page = HTMLReport(run, environment: Self.environment).bytes
        let links = try XMLOutline.root(of: page).all("a").compactMap { $0.attributes["href"] }
        #expect(links.contains("javascript%3Aalert%281%29%22%3E%3Cb%3E"))
    }

    @Test func `A failure names clause, expectation, observation, party, evidence, decision and place`() throws {
        let finding = try #require(try element(id: "IM-2.0-int-201-f1"))
        let texts = finding.all.map(\.text).joined(separator: "\n")
        for part in [
            "exactly 1 MESSAGE with “Hello 1”", "2: the retransmission was passed on", "server",
            "RFC 3261 §17.2.2", "A retransmitted request is answered again",
            "scenarios/simple-im/int/IM-2.0-int-201.yaml:31:5",
        ] {
            #expect(texts.contains(part), "\(part)")
        }
        let links = finding.all("a").compactMap { $0.attributes["href"] }
        #expect(links == ["#IM-2.0-int-201-r11", "#IM-2.0-int-201-r14"])
        let window = try #require(try element(id: "IM-2.0-int-201-f3"))
        #expect(window.all.contains { $0.text.contains("nothing came within 3 s; no fence, as the client asked") })
    }

    @Test func `The ladder has one row a message, each with a link to its bytes`() throws {
        let elements = try root().all
        for result in [Sample.passed, Sample.failed] {
            for message in result.messages {
                let id = "\(result.anchor)-r\(message.reference.message)"
                let row = try #require(elements.first { $0.attributes["id"] == id })
                #expect(row.all("a").first?.attributes["href"] == "#\(result.anchor)-m\(message.reference.message)")
            }
        }
    }

    @Test func `Only cases that need attention are open`() throws {
        let cases = try root().all("details").filter { $0.attributes["class"] == "case" }
        #expect(cases.map { $0.attributes["open"] != nil } == [false, true, true, true, false, false])
    }

    @Test func `A verdict is always a word and a shape, never a color alone`() throws {
        let badges = try root().all("span").filter { $0.attributes["class"]?.hasPrefix("badge ") == true }
        #expect(badges.count > 12)
        for badge in badges {
            #expect(Mark.allCases.map(\.word).contains(badge.text))
            #expect(badge.all("use").count == 1)
        }
    }

    @Test func `The head says what was run against what, when, and how to repeat it`() throws {
        let texts = try #require(try root().all("header").first).all.map(\.text).joined(separator: "\n")
        for part in [
            "Example IM Server 3.2 <b>beta</b>", "4 of 6", "20260821T143000Z-k3f9a", "2026-08-21 14:30:00 UTC",
            "48.31 s", "18446744073709551557", "parley 0.1.0",
            "parley run IM-2.0-int-201 --seed 7 --sut 'my sut.yaml'",
        ] {
            #expect(texts.contains(part), "\(part)")
        }
    }

    @Test func `A partial run says so before anything else`() throws {
        let page = HTMLReport(Sample.partial, environment: Self.environment).bytes
        let notice = try #require(try XMLOutline.root(of: page).all("main").first?.children.first)
        #expect(notice.all.map(\.text).joined().contains("This run is incomplete."))
    }

    @Test func `A run without cases is a page too`() throws {
        var run = Sample.run
        run.cases = []
        let page = HTMLReport(run, environment: RunEnvironment(tool: "parley")).bytes
        #expect(try XMLOutline.root(of: page).all("title").first?.text.hasPrefix("not judged: ") == true)
    }

    private func element(id: String) throws -> XMLOutline.Element? {
        try root().all.first { $0.attributes["id"] == id }
    }
}
