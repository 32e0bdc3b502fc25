import MSRP
import Testing

struct MSRPMessageTests {
    @Test(arguments: MessageVector.all)
    func `a message holds what its vector says`(_ vector: MessageVector) throws {
        let message = try MSRPMessage(parsing: vector.bytes)
        let expected = vector.expected

        func check<Value: Equatable>(_ key: String, _ value: Value?, _ expected: Value?) {
            guard vector.expected.given.contains(key) else { return }
            #expect(value == expected, "\(key)")
        }
        check("transactionID", message.transactionID, expected.transactionID)
        check("method", message.method, expected.method)
        check("status", message.status, expected.status)
        if case .response(_, let comment) = message.startLine { check("comment", comment, expected.comment) }
        check("toPath", message.toPath, expected.toPath)
        check("fromPath", message.fromPath, expected.fromPath)
        check("messageID", message.messageID, expected.messageID)
        check("byteRange", message.byteRange?.description, expected.byteRange)
        check("successReport", message.successReport, expected.successReport)
        check("failureReport", message.failureReport?.rawValue, expected.failureReport)
        check("statusHeader", message.statusHeader?.status, expected.statusHeader)
        check("contentType", message.contentType, expected.contentType)
        check("body", message.body, expected.body.map { Array($0.utf8) })
        check(
            "continuation", Character(Unicode.Scalar(message.continuation.rawValue)),
            expected.continuation.flatMap(\.first))
    }

    @Test(arguments: MessageVector.all)
    func `a message gives its bytes back`(_ vector: MessageVector) throws {
        #expect(try MSRPMessage(parsing: vector.bytes).serialized() == vector.bytes)
    }

    @Test(arguments: MessageVector.all)
    func `a message breaks exactly the rules its vector names`(_ vector: MessageVector) throws {
        #expect(try MSRPMessage(parsing: vector.bytes).flaws().map(\.rule.rawValue) == vector.flaws)
    }

    @Test(arguments: FailureVector.all)
    func `bytes that are no message break the rule their vector names`(_ vector: FailureVector) {
        let error = #expect(throws: MSRPSyntaxError.self) { try MSRPMessage(parsing: Array(vector.raw.utf8)) }
        #expect(error?.rule.rawValue == vector.rule)
        #expect(error?.offset == vector.offset)
    }

    @Test func `bytes that are not UTF-8 survive in a field and are a flaw`() throws {
        let bytes = Array("MSRP d93kswow 200 OK\r\nTo-Path: msrp://a/b;tcp\r\nFrom-Path: msrp://c/d;tcp\r\nX: ".utf8)
        let message = try MSRPMessage(parsing: bytes + [0xC3, 0x28] + Array("\r\n-------d93kswow$\r\n".utf8))
        #expect(message.serialized() == bytes + [0xC3, 0x28] + Array("\r\n-------d93kswow$\r\n".utf8))
        #expect(message.flaws().map(\.rule) == [.fieldText])
    }

    @Test func `a body may be any bytes`() throws {
        let body = (0...255).map { UInt8($0) } + (0...255).reversed().map { UInt8($0) }
        var message = try MSRPMessage(parsing: MessageVector.all[0].bytes)
        message.body = body
        #expect(try MSRPMessage(parsing: message.serialized()).body == body)
    }

    @Test func `a comment that is not UTF-8 is a flaw`() throws {
        let bytes = Array("MSRP d93kswow 200 ".utf8) + [0xE9] + Array("\r\n-------d93kswow$\r\n".utf8)
        #expect(try MSRPMessage(parsing: bytes).flaws().first?.rule == .comment)
    }

    @Test func `the response to SEND goes back one hop`() throws {
        let relayed = try #require(MessageVector.all.first { $0.name == "a path through relays" })
        let request = try MSRPMessage(parsing: relayed.bytes)
        let response = MSRPMessage(status: 200, to: request)
        #expect(response.transactionID == request.transactionID)
        #expect(response.startLine == .response(status: 200, comment: "OK"))
        #expect(response.toPath == ["msrp://c.example.net:7777/iau39;tcp"])
        #expect(response.fromPath == ["msrp://a.example.com:1234/agic456;tcp"])
    }

    @Test func `the response to other requests goes back all the way`() throws {
        var request = try MSRPMessage(parsing: MessageVector.all[0].bytes)
        request.startLine = .request(method: "AUTH")
        request.fromPath = ["msrp://r.example.net/x;tcp", "msrp://alice.example.com/y;tcp"]
        #expect(MSRPMessage(status: 501, to: request).toPath == request.fromPath)
    }

    @Test func `setting a field replaces every occurrence where the first one stood`() throws {
        var message = try MSRPMessage(parsing: MessageVector.all[0].bytes)
        message.fields.append(MSRPField(.messageID, "again"))
        message.set(.messageID, "new")
        #expect(message.fields.map(\.spelling) == ["To-Path", "From-Path", "Message-ID", "Byte-Range", "Content-Type"])
        #expect(message.messageID == "new")
    }

    @Test func `a field that is new comes before those of the body`() throws {
        var message = try MSRPMessage(parsing: MessageVector.all[0].bytes)
        message.set(.successReport, "yes")
        message.set(.contentDisposition, "render")
        #expect(
            message.fields.map(\.spelling) == [
                "To-Path", "From-Path", "Message-ID", "Byte-Range", "Success-Report", "Content-Type",
                "Content-Disposition",
            ])
    }
}
