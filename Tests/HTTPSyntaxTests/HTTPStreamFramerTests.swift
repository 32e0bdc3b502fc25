import Bytes
import HTTPSyntax
import TestSupport
import Testing

extension HTTPStreamFramer: StreamFramer {}

struct HTTPStreamFramerTests {
    @Test(arguments: MessageVector.all)
    func `a message comes out the same however the stream is cut`(_ vector: MessageVector) {
        let another = MessageVector.all[2].bytes
        #expect(CodecVerifier(HTTPStreamFramer.self).deviations([vector.bytes, another, vector.bytes]) == [])
    }

    @Test(arguments: FailureVector.all.filter { !$0.raw.isEmpty })
    func `what is no message comes to the same end however the stream is cut`(_ vector: FailureVector) throws {
        let bytes = Array(vector.raw.utf8)
        var outcomes: [String] = []
        for size in [1, 2, 5, bytes.count] {
            var framer = HTTPStreamFramer()
            var messages: [[UInt8]] = []
            do throws(HTTPSyntaxError) {
                for start in stride(from: 0, to: bytes.count, by: size) {
                    framer.append(Array(bytes[start..<min(start + size, bytes.count)]))
                    while let message = try framer.next() { messages.append(message) }
                }
                outcomes.append("\(messages.map(\.text)), then \(framer.remaining.count) bytes")
            } catch {
                outcomes.append("\(messages.map(\.text)), then \(error)")
            }
        }
        #expect(Set(outcomes).count == 1, "\(outcomes)")
    }

    @Test func `blank lines before a message are passed over`() throws {
        var framer = HTTPStreamFramer()
        var messages: [[UInt8]] = []
        for byte in "\r\n\r\nGET / HTTP/1.1\r\n\r\n\r\n\r\n".utf8 {
            framer.append([byte])
            while let message = try framer.next() { messages.append(message) }
        }
        #expect(messages.map(\.text) == ["GET / HTTP/1.1\r\n\r\n"])
        #expect(try framer.finish() == nil)
    }

    @Test func `nothing is framed after bytes that are no message`() throws {
        var framer = HTTPStreamFramer()
        framer.append(Array("GET / HTTP/1.1\r\n\r\nG T / HTTP/1.1 x\r\n\r\nGET / HTTP/1.1\r\n\r\n".utf8))
        #expect(try framer.next() != nil)
        #expect(throws: HTTPSyntaxError.self) { try framer.next() }
        framer.append(Array("GET / HTTP/1.1\r\n\r\n".utf8))
        #expect(throws: HTTPSyntaxError.self) { try framer.next() }
        #expect(throws: HTTPSyntaxError.self) { try framer.finish() }
    }

    @Test(arguments: [
        ("GET / HTTP/1.1\r\nX: \(String(repeating: "a", count: 100))", HTTPRule.headerLimit),
        ("GET / HTTP/1.1\r\n\(String(repeating: "X: 1\r\n", count: 20))\r\n", .headerLimit),
        (String(repeating: "a", count: 101), .headerLimit),
        ("PUT / HTTP/1.1\r\nContent-Length: 201\r\n\r\n", .bodyLimit),
        ("PUT / HTTP/1.1\r\nContent-Length: 999999999999999999\r\n\r\n", .bodyLimit),
        (
            "PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n\(String(repeating: "a", count: 200))",
            .bodyLimit
        ),
        (
            "PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n\(String(repeating: "1\r\na\r\n", count: 40))",
            .bodyLimit
        ),
        ("HTTP/1.1 200 OK\r\n\r\n\(String(repeating: "a", count: 201))", .bodyLimit),
    ])
    func `what is beyond a limit is refused, whether it comes at once or in drops`(text: String, rule: HTTPRule) {
        func error(ofSegments size: Int) -> HTTPSyntaxError? {
            let bytes = Array(text.utf8)
            var framer = HTTPStreamFramer(limits: .init(header: 100, body: 200))
            do throws(HTTPSyntaxError) {
                for start in stride(from: 0, to: bytes.count, by: size) {
                    framer.append(Array(bytes[start..<min(start + size, bytes.count)]))
                    _ = try framer.next()
                }
                return nil
            } catch {
                return error
            }
        }
        #expect(error(ofSegments: 1)?.rule == rule)
        #expect(error(ofSegments: 1) == error(ofSegments: text.utf8.count))
    }

    @Test func `a line of a chunk size, and trailers, have their limits`() {
        for text in [
            "1;\(String(repeating: "a", count: 5000))", "0\r\nX: \(String(repeating: "a", count: 5000))",
            "0\r\n" + String(repeating: "X: \(String(repeating: "a", count: 1000))\r\n", count: 5),
        ] {
            var framer = HTTPStreamFramer()
            framer.append(Array("PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n\(text)".utf8))
            #expect(throws: HTTPSyntaxError.self) { try framer.next() }
        }
    }

    @Test func `a response without length lasts until the connection ends`() throws {
        var framer = HTTPStreamFramer()
        framer.append(Array("HTTP/1.1 200 OK\r\n\r\nab".utf8))
        #expect(try framer.next() == nil)
        framer.append(Array("c".utf8))
        #expect(try framer.finish()?.text == "HTTP/1.1 200 OK\r\n\r\nabc")
        #expect(try framer.finish() == nil)
    }

    @Test(arguments: [
        "GET /", "GET / HTTP/1.1\r\nContent-Length: 3\r\n\r\nab", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n",
    ])
    func `a message that the connection cuts off is none`(text: String) throws {
        var framer = HTTPStreamFramer()
        framer.append(Array(text.utf8))
        #expect(throws: HTTPSyntaxError(.message, at: text.utf8.count)) { try framer.finish() }
    }

    @Test func `a response to HEAD has no content, and those after it have theirs`() throws {
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n"
        var framer = HTTPStreamFramer()
        framer.expectResponse(to: "HEAD")
        framer.expectResponse(to: "GET")
        framer.append(Array("HTTP/1.1 100 Continue\r\n\r\n\(head)\(head)abc".utf8))
        #expect(try framer.next()?.text == "HTTP/1.1 100 Continue\r\n\r\n")
        #expect(try framer.next()?.text == head)
        #expect(try framer.next()?.text == head + "abc")
    }

    @Test func `a message whose content is to come shows its head`() throws {
        var framer = HTTPStreamFramer()
        framer.append(Array("PUT /x HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n".utf8))
        #expect(framer.head == nil)
        #expect(try framer.next() == nil)
        #expect(framer.head?.awaitsContinue == true)
        framer.append(Array("abc".utf8))
        #expect(try framer.next() != nil)
        #expect(framer.head == nil)
    }

    @Test func `four megabytes in small segments are looked at once`() throws {
        // Looking at everything again for each of 4,000 segments would take minutes.
        let chunk = Array("400\r\n".utf8) + [UInt8](repeating: 0x61, count: 1024) + Array("\r\n".utf8)
        var framer = HTTPStreamFramer(limits: .init(body: 8 << 20))
        framer.append(Array("PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n".utf8))
        for _ in 0..<4000 {
            framer.append(chunk)
            _ = try framer.next()
        }
        framer.append(Array("0\r\n\r\n".utf8))
        let message = try #require(try framer.next())
        #expect(try HTTPMessage(parsing: message).content.count == 4000 * 1024)
    }
}
