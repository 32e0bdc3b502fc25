import Actors
import Conformance
import Execution
import Network
import TestSupport
import Testing
import Transport

/// Documents over https, at servers that do not prove to be who the URL names.
@Suite(.waitsForOthers)
struct SecuredDocumentTests {
    private static let authority = TLSAuthority()
    private static let name = "xcap.home.example"

    /// What becomes of reading a document at a server that is this one.
    private static func answer(of identity: TLSIdentity, at host: UInt8) throws -> DocumentReader.Answer? {
        let loop = try EventLoop()
        defer { loop.shutDown() }
        let place = SocketAddress(IPAddress(127, 0, 15, host), port: 0)
        let server = try loop.add(
            [ListeningPoint(.tls, place)], named: "the document server",
            security: TLSContext(identity, trust: .certificates([])))
        var options = CastingOptions()
        options.services = Services(
            xcap: .init(address: loop.listeningPoints(of: server)[0].address, identity: .name(name)))
        let casting = Casting(try Shipped.testCase("IM-2.0-int-201"), slot: 15, identity: "x", options: options)
        var reader = DocumentReader(.capabilities, for: casting.clients[0], seed: 1, patience: .seconds(5))
        let node = try loop.add(
            [], named: "client A", security: TLSContext(nil, trust: .certificates([authority.certificate])))
        _ = try loop.run(until: { reader.answer != nil }, deadline: loop.now + .seconds(10), observe: { _ in }) {
            handle, event, time in handle == node ? reader.handle(event, at: time) : []
        }
        return reader.answer
    }

    @Test(
        arguments: [
            (
                TLSAuthority.selfSigned([name]), 20,
                "its certificate (CN = \(name)) is signed by itself, and nobody has said to trust it"
            ),
            (authority.issue(["other.example"]), 21, "its certificate is for other.example, not for \(name)"),
            (
                authority.issue([name], validity: -172_800 ... -86_400), 22,
                "its certificate (CN = \(name)) has expired on"
            ),
        ] as [(TLSIdentity, UInt8, String)])
    func `A document server that is not who the URL names is refused with the reason`(
        identity: TLSIdentity, host: UInt8, words: String
    ) throws {
        guard case .unanswered(let reason)? = try Self.answer(of: identity, at: host) else {
            Issue.record("It was asked for the document")
            return
        }
        #expect(reason.contains("127.0.15.\(host)") && reason.contains("(TLS): \(words)"), "\(reason)")
    }
}
