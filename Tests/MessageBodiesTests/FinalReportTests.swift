import Bytes
import MessageBodies
import Testing
import XMLTree

@Suite struct FinalReportTests {
    private func document(_ attributes: String, _ content: String = "") throws -> FinalReport {
        try FinalReport(parsing: Array("<final xmlns='\(FinalReport.namespace)' \(attributes)>\(content)</final>".utf8))
    }

    @Test func `A report tells what became of a message at each participant`() throws {
        #expect(
            try FinalReport(parsing: fixture("notifications/final.xml"))
                == FinalReport(
                    messageID: "m456", isLast: true,
                    legs: [
                        FinalReport.Leg("sip:b@home.example", .status(200)),
                        FinalReport.Leg("sip:c@home.example", .tooLarge(maximumSize: 2048)),
                    ]))
    }

    @Test(arguments: [("last='true'", true), ("last=''", true), ("last='0'", false), ("", false)])
    func `The last report says so`(attribute: String, isLast: Bool) throws {
        #expect(try document("Message-ID='1' \(attribute)").isLast == isLast)
    }

    @Test(arguments: [
        ("", "", XMLBodyError.missing("Message-ID", in: "final")),
        ("Message-ID='1'", "<leg status='200'/>", .missing("uri", in: "leg")),
        ("Message-ID='1'", "<leg uri='u' status='ok'/>", .invalid("ok", of: "status")),
        (
            "Message-ID='1'",
            String(repeating: "<leg uri='u' status='200'/>", count: FinalReport.maximumLegs + 1), .tooMany("leg")
        ),
    ])
    func `What is not a report is refused`(attributes: String, content: String, error: XMLBodyError) {
        #expect(throws: error) { try document(attributes, content) }
    }

    @Test(arguments: [
        ("application/vnd.oma.poc.final-report+xml", true), ("application/vnd.oma.poc.final-report", true),
        ("application/vnd.oma.final-report+xml; charset=utf-8", true), ("Application/vnd.oma.final+xml", true),
        ("application/xml", false), ("", false),
    ])
    func `Four spellings of the media type are known`(contentType: String, isFinalReport: Bool) {
        #expect(FinalReport.isFinalReport(contentType: contentType) == isFinalReport)
    }

    @Test func `A report that was written and read is the same`() throws {
        let report = FinalReport(
            messageID: "m&1", isLast: false,
            legs: [
                FinalReport.Leg("sip:b@x", .status(481)), FinalReport.Leg("sip:c@x", .tooLarge(maximumSize: nil)),
                FinalReport.Leg("sip:d@x", .tooLarge(maximumSize: .max)),
            ])
        #expect(try FinalReport(parsing: report.serialized()) == report)
    }

    @Test func `A message asks for a report in a header of a namespace of its own`() throws {
        var message = CPIMMessage(from: "sip:a@x", to: ["sip:s@x"], contentType: "text/plain", body: [])
        #expect(!message.asksForFinalReport)
        message.requestFinalReport()
        #expect(
            message.headers.suffix(2).map(\.line) == ["NS: FR <urn:oma:xml:poc:final-report>", "FR.Final-Report: yes"])
        #expect(try CPIMMessage(parsing: message.serialized()).asksForFinalReport)
    }

    @Test(arguments: [
        ("NS: X <urn:oma: xml:poc:final-report>\r\nX.Final-Report: Yes", true),
        ("NS: FR <urn:oma:xml:poc:final-report>\r\nFR.Final-Report: no", false),
        ("FR.Final-Report: yes", false), ("Final-Report: yes", false),
    ])
    func `The prefix is free, but must be declared`(headers: String, asks: Bool) throws {
        let message = try CPIMMessage(parsing: Array("From: <sip:a@x>\r\n\(headers)\r\n\r\n\r\n".utf8))
        #expect(message.asksForFinalReport == asks)
    }
}
