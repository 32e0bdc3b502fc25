import Network
import SIPSyntax
import Testing

@testable import ReferenceServer

/// The addresses of the functions.
@Suite struct ServiceFunctionTests {
    @Test(
        arguments: [
            ("sip:conference-factory@home.example", .conferenceFactory), ("sip:exploder@home.example", .exploder),
            ("sip:deferred@HOME.example", .deferredMessages),
            ("sip:History@home.example;historyfilename=x", .conversationHistory),
            ("sip:DELETE@home.example", .deletion), ("sip:delete@elsewhere.example", nil), ("sip:home.example", nil),
        ] as [(String, ServiceFunction?)])
    func `A function is known by its name in either case`(uri: String, function: ServiceFunction?) throws {
        #expect(ServiceFunction(try SIPURI(parsing: uri), in: "home.example") == function)
    }

    @Test func `A function writes its name as the specification does`() {
        #expect(ServiceFunction.deferredMessages.uri(in: "home.example") == "sip:Deferred@home.example")
    }
}

/// Instants as days and times of day.
@Suite struct DateTests {
    @Test(
        arguments: [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (951_782_399, "Mon, 28 Feb 2000 23:59:59 GMT"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"), (1_767_225_600, "Thu, 01 Jan 2026 00:00:00 GMT"),
            (4_107_542_399, "Sun, 28 Feb 2100 23:59:59 GMT"), (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"),
            (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
        ] as [(Int64, String)])
    func `A second has a date, and a date its second`(seconds: Int64, text: String) throws {
        let date = SIPDate(Instant(nanoseconds: seconds * 1_000_000_000))
        #expect(date.description == text)
        #expect(date.instant == Instant(nanoseconds: seconds * 1_000_000_000))
    }

    @Test func `A date as XML writes it`() {
        #expect(SIPDate(Instant(nanoseconds: 1_767_225_600_999_999_999)).dateTime == "2026-01-01T00:00:00Z")
    }
}
