import Conformance
import Dissection
import TestSupport
import Testing

/// In whose name a message and a content come.
struct IdentityTests {
    static func identity(_ alter: (inout SIPText) -> Void) -> String? {
        var trace = TraceBuilder()
        var text = trace.compose("MESSAGE", from: .a, to: .b)
        alter(&text)
        trace.add(text, from: .server, to: .b)
        return trace.dissection.messages[0].identity
    }

    @Test func `It is the asserted identity`() {
        #expect(
            Self.identity { $0.add("P-Asserted-Identity", "\"Al\" <sip:asserted@parley.example>") }
                == "sip:asserted@parley.example")
    }

    @Test func `Of two asserted identities it is the SIP URI`() {
        #expect(
            Self.identity { $0.add("P-Asserted-Identity", "<tel:+15551234>, <sip:asserted@parley.example>") }
                == "sip:asserted@parley.example")
    }

    @Test func `A telephone number that stands alone is the identity`() {
        #expect(Self.identity { $0.add("P-Asserted-Identity", "<tel:+15551234>") } == "tel:+15551234")
    }

    @Test func `Without an asserted identity it is From, and To in a response`() {
        #expect(Self.identity { _ in } == "sip:alice@parley.example")
        var trace = TraceBuilder()
        trace.page()
        let answer = trace.dissection.messages(labelled: "200 OK (MESSAGE)")
        #expect(answer.allSatisfy { $0.identity == "sip:bob@parley.example" })
    }

    @Test func `A From that cannot be read identifies nobody`() {
        #expect(Self.identity { $0["From"] = "<<>>" } == nil)
    }

    @Test(arguments: Routing.allCases)
    func `A content of a session comes in the name of whoever described its path to the receiver`(routing: Routing) {
        var trace = TraceBuilder()
        var chat = trace.establish(routing)
        trace.say("Hello B", by: .a, in: &chat)
        trace.say("Hello A", by: .b, in: &chat)
        let contents = trace.dissection.instantMessages
        let atB = contents.first { $0.receiver == .b }
        let atA = contents.first { $0.receiver == .a }
        #expect(atB?.identity == "sip:alice@parley.example")
        #expect(atA?.identity == "sip:bob@parley.example")
        #expect(atB?.identitySource == trace.dissection.messages.first { $0.receiver == .b }?.number)
    }

    @Test func `Without a description nothing is said of who it is`() {
        var trace = TraceBuilder()
        trace.add(chunk("Hello"), from: .server, to: .b, openedBy: .server)
        #expect(trace.dissection.instantMessages.map(\.identity) == [nil])
    }

    @Test(arguments: [
        ("sip:alice@parley.example", "sip:alice@PARLEY.example", true),
        ("sip:alice@parley.example", "sip:alice@parley.example;user=phone", true),
        ("sip:alice@parley.example", "sip:%61lice@parley.example", true),
        ("sip:alice@parley.example", "sip:Alice@parley.example", false),
        ("sip:alice@parley.example", "sips:alice@parley.example", false),
        ("tel:+1555", "TEL:+1555;phone-context=x", true),
    ])
    func `Users compare as a registrar compares them`(left: String, right: String, isSame: Bool) {
        #expect((UserAddress(left) == UserAddress(right)) == isSame)
    }

    @Test(arguments: [
        ("msrp://Host.example:2855/s1;tcp", "MSRP://host.EXAMPLE:2855/s1;TCP", true),
        ("msrp://host:2855/s1;tcp", "msrp://user@host:2855/s1;tcp;x=1", true),
        ("msrp://host:2855/s1;tcp", "msrp://host:2855/S1;tcp", false),
        ("msrp://host:2855/s1;tcp", "msrp://host/s1;tcp", false),
        ("msrp://host:2855/s1;tcp", "msrps://host:2855/s1;tcp", false),
        ("no uri", "no uri", true),
    ])
    func `Paths compare as RFC 4975 §6_1 says`(left: String, right: String, isSame: Bool) {
        #expect((MSRPAddress(left) == MSRPAddress(right)) == isSame)
    }
}
