import Assessment
import Conformance
import Network
import TestSupport
import Testing

/// Rules about what clients ask of the functions of the service, and about requests for files.
struct ServiceRuleTests {
    /// What a rule says of one INVITE of A to that address, with this description, answered by nobody.
    private static func judged(
        _ rule: String, to uri: String, _ attributes: String, alter: (inout SIPText) -> Void = { _ in }
    ) -> [Finding] {
        var trace = TraceBuilder()
        var text = trace.composeInvite(from: .a, to: .b)
        text.startLine = "INVITE \(uri) SIP/2.0"
        text.body += attributes
        alter(&text)
        _ = trace.send(text, from: .a, to: .server)
        return trace.judged(byRule: rule)
    }

    @Test(arguments: ["sip:Deferred@parley.example", "sip:History@parley.example"])
    func `Who retrieves offers to receive only`(uri: String) {
        let right = Self.judged("oma.retrieval", to: uri, "a=recvonly\r\n")
        #expect(right.map(\.verdict) == [.pass])
        for direction in ["", "a=sendrecv\r\n", "a=sendonly\r\n"] {
            let wrong = Self.judged("oma.retrieval", to: uri, direction)
            #expect(wrong.map(\.verdict) == [.fail] && wrong.first?.party == .a)
        }
        #expect(Self.judged("oma.retrieval", to: PartyName.b.uri, "a=sendrecv\r\n").isEmpty)
    }

    @Test func `An INVITE that only sends asks for large messages, unless it is for files`() {
        func judged(_ attributes: String, tag: Bool = false) -> [Finding] {
            Self.judged("oma.large-message", to: PartyName.b.uri, attributes) { text in
                if tag { text.add("Accept-Contact", "*;+g.oma.sip-im.large-message") }
            }
        }
        #expect(judged("a=sendonly\r\n", tag: true).map(\.verdict) == [.pass])
        let wrong = judged("a=sendonly\r\n")
        #expect(wrong.map(\.verdict) == [.fail] && wrong.first?.party == .a)
        #expect(judged("a=sendrecv\r\n").isEmpty)
        #expect(judged("a=sendonly\r\na=file-selector:name:\"notes.txt\" type:text/plain size:5\r\n").isEmpty)
    }

    /// What is said of a request by B for a file that A has offered it.
    private static func requested(_ selector: String, _ direction: String = "recvonly", offered: Bool = true)
        -> [Finding]
    {
        var trace = TraceBuilder()
        if offered {
            var offer = trace.composeInvite(from: .a, to: .b)
            offer.body += "a=sendonly\r\na=file-selector:name:\"notes.txt\" type:text/plain size:5\r\n"
            _ = trace.send(offer, from: .a, to: .server)
            var onward = trace.composeInvite(from: .a, to: .b)
            onward.body = offer.body
            _ = trace.send(onward, from: .server, to: .b)
        }
        var request = trace.composeInvite(from: .b, to: .a)
        request.body += "a=\(direction)\r\na=file-selector:\(selector)\r\n"
        _ = trace.send(request, from: .b, to: .server)
        return trace.judged(byRule: "rfc5547.request").filter { $0.verdict == .fail || $0.party != .a }
    }

    @Test func `A file that was offered is requested by its selector, or a part of that`() {
        #expect(Self.requested("name:\"notes.txt\" type:text/plain size:5").map(\.verdict) == [.pass])
        #expect(Self.requested("name:\"notes.txt\"").map(\.verdict) == [.pass])
        for selector in ["name:\"notes.txt\" size:6", "name:\"notes.txt\" type:text/html"] {
            let wrong = Self.requested(selector)
            #expect(wrong.map(\.verdict) == [.fail] && wrong.first?.party == .b, "\(selector)")
        }
        #expect(Self.requested("name:\"notes.txt\"", "sendonly").map(\.verdict) == [.fail])
        // Of another file, and of one that was never offered, the offer says nothing.
        #expect(Self.requested("name:\"other.txt\" size:6").isEmpty)
        #expect(Self.requested("name:\"notes.txt\" size:6", offered: false).isEmpty)
    }
}
