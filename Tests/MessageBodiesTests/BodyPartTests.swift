import Bytes
import MessageBodies
import Testing

@Suite struct BodyPartTests {
    private typealias BodyPart = MultipartBody.BodyPart

    @Test func `A part is written with the fields that say what it is and what it is for`() {
        let part = BodyPart(
            contentType: "application/resource-lists+xml", disposition: .recipientList, contentID: "list1@a.example",
            body: Array("x".utf8))
        #expect(
            MultipartBody(boundary: "b", parts: [part]).serialized().text == """
                --b\r
                Content-Type: application/resource-lists+xml\r
                Content-Disposition: recipient-list\r
                Content-ID: <list1@a.example>\r
                \r
                x\r
                --b--\r\n
                """)
        #expect(part.disposition == .recipientList)
        #expect(part.contentID == "list1@a.example")
    }

    @Test(arguments: ["photo.jpg", "my photo.jpg", "a\"b\\c.jpg", ""])
    func `The name of an attachment survives writing and reading`(name: String) throws {
        let disposition = BodyDisposition.attachment(filename: name)
        #expect(try #require(BodyDisposition(parsing: disposition.description)).filename == name)
    }

    @Test(arguments: [
        ("recipient-list", "recipient-list"), ("Recipient-List ; handling=optional", "recipient-list"),
        ("ATTACHMENT;FileName=x", "attachment"),
    ])
    func `A disposition is a token with parameters`(text: String, type: String) {
        #expect(BodyDisposition(parsing: text)?.type == type)
    }

    @Test(arguments: ["", ";a=b", "attachment;filename", "attachment;filename=\"x", "two words"])
    func `What is not a disposition is none`(text: String) {
        #expect(BodyDisposition(parsing: text) == nil)
    }

    @Test func `A part is found by its type, its disposition and its Content-ID, at any depth`() throws {
        let sdp = BodyPart(contentType: "Application/SDP", body: [])
        let list = BodyPart(
            contentType: "application/resource-lists+xml", disposition: .recipientList, contentID: "cn35t8@a.example",
            body: [])
        let inner = MultipartBody(boundary: "in", parts: [list])
        let outer = MultipartBody(
            boundary: "out", parts: [sdp, BodyPart(contentType: inner.contentType, body: inner.serialized())])
        #expect(outer.leaves == [sdp, list])
        #expect(outer.first(type: "application/sdp") == sdp)
        #expect(outer.first(disposition: "recipient-list") == list)
        #expect(outer.part(at: "cid:cn35t8@a.example") == list)
        #expect(outer.part(at: "<CID:cn35t8%40a.example>") == list)
    }

    @Test(arguments: [
        "cid:other@a.example", "sip:cn35t8@a.example", "cid:%4", "cid:%zz", "cid:%ff", "cid:", "<cid:>", "",
    ])
    func `A URL that refers to no part finds none`(url: String) {
        let part = BodyPart(contentType: "text/plain", contentID: "cn35t8@a.example", body: [])
        #expect(MultipartBody(boundary: "b", parts: [part]).part(at: url) == nil)
    }

    @Test func `Bodies inside each other are followed to a depth and no deeper`() throws {
        var body = MultipartBody(boundary: "b0", parts: [BodyPart(contentType: "text/html", body: [])])
        for depth in 1...MultipartBody.maximumDepth {
            body = MultipartBody(
                boundary: "b\(depth)", parts: [BodyPart(contentType: body.contentType, body: body.serialized())])
        }
        #expect(body.leaves.map(\.essence) == ["multipart/mixed"])
        let inner = try MultipartBody(parsing: body.parts[0].body, contentType: body.parts[0].contentType)
        #expect(inner.leaves.map(\.essence) == ["text/html"])
    }

    @Test func `No more than a hundred parts are given, however they are spread`() {
        let leaf = BodyPart(contentType: "text/plain", body: [])
        let inner = MultipartBody(boundary: "in", parts: Array(repeating: leaf, count: 30))
        let node = BodyPart(contentType: inner.contentType, body: inner.serialized())
        #expect(MultipartBody(boundary: "out", parts: Array(repeating: node, count: 30)).leaves.count == 100)
    }

    @Test func `An inner body that is malformed stays one part`() {
        let part = BodyPart(contentType: "multipart/mixed;boundary=x", body: Array("--x\r\n".utf8))
        #expect(MultipartBody(boundary: "b", parts: [part]).leaves == [part])
    }
}
