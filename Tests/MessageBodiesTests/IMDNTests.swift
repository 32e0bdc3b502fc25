import Bytes
import MessageBodies
import Testing
import XMLTree

@Suite struct IMDNTests {
    private func document(_ content: String) throws -> IMDN {
        try IMDN(parsing: Array("<imdn xmlns='\(IMDN.namespace)'>\(content)</imdn>".utf8))
    }

    @Test func `A notification tells what became of which message`() throws {
        #expect(
            try IMDN(parsing: fixture("notifications/delivered.xml"))
                == IMDN(
                    messageID: "34jk324j", dateTime: "2026-03-01T12:00:00Z", recipientURI: "sip:b@home.example",
                    notification: .delivery(.delivered)))
    }

    @Test(arguments: [
        ("<message-id> </message-id>", XMLBodyError.missing("message-id", in: "imdn")),
        ("<message-id>1</message-id>", .missing("delivery-notification", in: "imdn")),
        ("<message-id>1</message-id><delivery-notification/>", .missing("status", in: "delivery-notification")),
        (
            "<message-id>1</message-id><display-notification><status><delivered/></status></display-notification>",
            .invalid("delivered", of: "status")
        ),
    ])
    func `What is not a notification is refused`(content: String, error: XMLBodyError) {
        #expect(throws: error) { try document(content) }
    }

    private static let notifications: [IMDN.Notification] =
        IMDN.Delivery.allCases.map { .delivery($0) } + IMDN.Processing.allCases.map { .processing($0) }
        + IMDN.Display.allCases.map { .display($0) }

    @Test(arguments: notifications)
    func `A notification that was written and read is the same`(notification: IMDN.Notification) throws {
        let imdn = IMDN(
            messageID: "<1>", dateTime: "2026-03-01T12:00:00Z", recipientURI: "sip:b@x",
            originalRecipientURI: "sip:g@x",
            subject: "A & B", notification: notification)
        #expect(try IMDN(parsing: imdn.serialized()) == imdn)
    }

    @Test func `A request is written in headers of a namespace of their own`() {
        var message = CPIMMessage(from: "sip:a@x", to: ["sip:b@x"], contentType: "text/plain", body: Array("Hi".utf8))
        message.request(
            IMDNRequest(messageID: "34jk324j", dispositions: [.negativeDelivery, .positiveDelivery]),
            dateTime: "2026-03-01T12:00:00Z")
        #expect(
            message.serialized().text == """
                From: <sip:a@x>\r
                To: <sip:b@x>\r
                DateTime: 2026-03-01T12:00:00Z\r
                NS: imdn <urn:ietf:params:imdn>\r
                imdn.Message-ID: 34jk324j\r
                imdn.Disposition-Notification: positive-delivery, negative-delivery\r
                \r
                Content-Type: text/plain\r
                \r
                Hi
                """)
        #expect(
            message.imdnRequest
                == IMDNRequest(messageID: "34jk324j", dispositions: [.negativeDelivery, .positiveDelivery]))
    }

    @Test(
        arguments: [
            (
                "NS: x <urn:ietf:params:imdn>\r\nx.Message-ID: 1\r\nx.Disposition-Notification: Display , unknown",
                [.display]
            ),
            ("Message-ID: 1\r\nDisposition-Notification: negative-delivery", [.negativeDelivery]),
            ("NS: imdn <urn:ietf:params:imdn>\r\nimdn.Message-ID: 1", []),
        ] as [(String, Set<IMDNRequest.Disposition>)])
    func `Prefixes are free, and may be missing`(headers: String, dispositions: Set<IMDNRequest.Disposition>) throws {
        let message = try CPIMMessage(parsing: Array("From: <sip:a@x>\r\n\(headers)\r\n\r\n\r\nx".utf8))
        #expect(message.imdnRequest == IMDNRequest(messageID: "1", dispositions: dispositions))
    }

    @Test(arguments: ["NS: x <urn:other>\r\nx.Message-ID: 1", "imdn.Message-ID: 1", "Subject: x", "Message-ID: "])
    func `Headers of other names or namespaces ask for nothing`(headers: String) throws {
        let message = try CPIMMessage(parsing: Array("From: <sip:a@x>\r\n\(headers)\r\n\r\n\r\nx".utf8))
        #expect(message.imdnRequest == nil)
    }

    @Test func `A notification travels as a message that says what it is`() throws {
        let imdn = IMDN(messageID: "1", dateTime: nil, notification: .display(.displayed))
        let message = CPIMMessage(
            imdn, from: "sip:b@x", to: "sip:a@x", messageID: "2", dateTime: "2026-03-01T12:00:00Z")
        let read = try CPIMMessage(parsing: message.serialized())
        #expect(read.imdnRequest == IMDNRequest(messageID: "2", dispositions: []))
        #expect(read.contentFields.first("Content-Disposition") == "notification")
        #expect(read.contentType == IMDN.mediaType)
        #expect(try IMDN(parsing: read.body) == imdn)
    }
}
