import MSRP
import TestSupport
import Testing

extension MSRPStreamFramer: StreamFramer {}

struct MSRPStreamFramerTests {
    @Test(arguments: MessageVector.all)
    func `a message comes out the same however the stream is cut`(_ vector: MessageVector) {
        let another = MessageVector.all[1].bytes
        let bytes = vector.bytes.count > 1000 ? MessageVector.all[0].bytes : vector.bytes
        #expect(CodecVerifier(MSRPStreamFramer.self).deviations([bytes, another, bytes]) == [])
    }

    @Test func `all messages come out of one stream`() throws {
        var framer = MSRPStreamFramer()
        framer.append(MessageVector.all.flatMap(\.bytes))
        for vector in MessageVector.all { #expect(try framer.next() == vector.bytes) }
        #expect(try framer.next() == nil)
        #expect(framer.remaining.isEmpty)
    }

    @Test func `a first segment of one byte is the beginning of a message`() throws {
        var framer = MSRPStreamFramer()
        framer.append([0x4D])
        #expect(try framer.next() == nil)
        framer.append(Array(MessageVector.all[0].bytes.dropFirst()))
        #expect(try framer.next() == MessageVector.all[0].bytes)
    }

    @Test func `another protocol is refused at its first wrong byte`() throws {
        var framer = MSRPStreamFramer()
        framer.append(Array("MS".utf8))
        #expect(try framer.next() == nil)
        framer.append(Array("G".utf8))
        #expect(throws: MSRPSyntaxError(.start, at: 2)) { try framer.next() }
    }

    @Test func `nothing is framed after bytes that are no message, and they stay to be seen`() throws {
        var framer = MSRPStreamFramer()
        framer.append(MessageVector.all[0].bytes + Array("\r\n".utf8))
        #expect(try framer.next() == MessageVector.all[0].bytes)
        #expect(throws: MSRPSyntaxError(.start, at: 0)) { try framer.next() }
        framer.append(MessageVector.all[0].bytes)
        #expect(throws: MSRPSyntaxError(.start, at: 0)) { try framer.next() }
        #expect(Array(framer.remaining) == Array("\r\n".utf8) + MessageVector.all[0].bytes)
    }

    @Test func `a start-line without an end is refused at the limit`() throws {
        var framer = MSRPStreamFramer(limits: .init(header: 100, chunk: 1000))
        framer.append(Array("MSRP ".utf8) + Array(repeating: 0x61, count: 95))
        #expect(try framer.next() == nil)
        framer.append([0x61])
        #expect(throws: MSRPSyntaxError(.start, at: 100)) { try framer.next() }
    }

    @Test func `fields without an end are refused at the limit`() throws {
        var framer = MSRPStreamFramer(limits: .init(header: 100, chunk: 1000))
        framer.append(Array("MSRP d93kswow SEND\r\n".utf8))
        for _ in 0..<8 { framer.append(Array("X: 567890\r\n".utf8)) }
        #expect(throws: MSRPSyntaxError.self) {
            for _ in 0..<8 {
                framer.append(Array("X: 567890\r\n".utf8))
                _ = try framer.next()
            }
        }
        #expect(framer.remaining.count <= 120)
    }

    @Test func `a body without an end is refused at the limit`() throws {
        var framer = MSRPStreamFramer(limits: .init(header: 100, chunk: 1000))
        framer.append(Array("MSRP d93kswow SEND\r\n\r\n".utf8) + Array(repeating: 0x61, count: 978))
        #expect(try framer.next() == nil)
        framer.append([0x61])
        #expect(throws: MSRPSyntaxError(.sizeLimit, at: 1000)) { try framer.next() }
    }

    @Test(arguments: [
        "MSRP d93kswow \(String(repeating: "A", count: 100))\r\n-------d93kswow$\r\n",
        "MSRP d93kswow SEND\r\n\(String(repeating: "X: 1\r\n", count: 20))-------d93kswow$\r\n",
        "MSRP d93kswow SEND\r\n\r\n\(String(repeating: "a", count: 990))\r\n-------d93kswow$\r\n",
    ])
    func `what is beyond a limit is refused however the segments cut it`(text: String) {
        func error(ofSegments size: Int) -> MSRPSyntaxError? {
            let bytes = Array(text.utf8)
            var framer = MSRPStreamFramer(limits: .init(header: 100, chunk: 1000))
            do throws(MSRPSyntaxError) {
                for start in stride(from: 0, to: bytes.count, by: size) {
                    framer.append(Array(bytes[start..<min(start + size, bytes.count)]))
                    _ = try framer.next()
                }
                return nil
            } catch {
                return error
            }
        }
        let drip = error(ofSegments: 1)
        #expect(drip != nil)
        for size in [2, 7, 64, text.utf8.count] { #expect(error(ofSegments: size) == drip) }
    }

    @Test func `a line of the fields that looks like the end-line of another transaction is a field`() throws {
        let text = "MSRP d93kswow SEND\r\n-------d93kswox$\r\n-------d93kswow$\r\n"
        var framer = MSRPStreamFramer()
        framer.append(Array(text.utf8))
        #expect(try framer.next() == Array(text.utf8))
    }

    @Test func `twenty megabytes in one chunk, given in small segments, are looked at once`() throws {
        // Looking at everything again for each of 10,000 segments would take minutes.
        let body = [UInt8](repeating: 0x2D, count: 20 << 20)
        var message = try MSRPMessage(parsing: MessageVector.all[0].bytes)
        message.body = body
        let bytes = message.serialized()
        var framer = MSRPStreamFramer()
        var found: [UInt8]?
        for start in stride(from: 0, to: bytes.count, by: 2048) {
            framer.append(Array(bytes[start..<min(start + 2048, bytes.count)]))
            found = try framer.next() ?? found
        }
        #expect(found == bytes)
    }
}
