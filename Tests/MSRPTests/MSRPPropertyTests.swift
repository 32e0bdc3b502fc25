import Bytes
import MSRP
import Testing

struct MSRPPropertyTests {
    static let seeds: [UInt64] = [1, 7, 42, 1_000_003]

    @Test(arguments: seeds)
    func `what is serialised is parsed to the same message`(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let message = generator.message()
            #expect(try MSRPMessage(parsing: message.serialized()) == message)
        }
    }

    @Test(arguments: seeds)
    func `a stream of messages comes out whatever the segments`(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let messages = (0..<100).map { _ in generator.message() }
        let stream = messages.flatMap { $0.serialized() }
        var framer = MSRPStreamFramer()
        var framed: [MSRPMessage] = []
        var start = 0
        while start < stream.count {
            let end = min(start + Int.random(in: 1...200, using: &generator), stream.count)
            framer.append(Array(stream[start..<end]))
            while let message = try framer.next() { framed.append(try MSRPMessage(parsing: message)) }
            start = end
        }
        #expect(framed == messages)
    }

    @Test(arguments: seeds)
    func `chunks in any order, cut and repeated at will, give the message back`(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for round in 0..<30 {
            let body = (0..<Int.random(in: 1...500, using: &generator)).map { _ in UInt8(generator.next() & 0xFF) }
            var ranges: [Range<Int>] = []
            var start = 0
            while start < body.count {
                let end = min(start + Int.random(in: 1...60, using: &generator), body.count)
                // Chunks may reach back over bytes that others carry as well.
                ranges.append(max(0, start - Int.random(in: 0...30, using: &generator))..<end)
                start = end
            }
            ranges += ranges.dropLast().filter { _ in generator.next().isMultiple(of: 4) }
            ranges.shuffle(using: &generator)

            var ends = Ends()
            ends.connect()
            var delivered: [MSRPIncoming] = []
            for (index, range) in ranges.enumerated() {
                var chunk = send("x", id: "round\(round)", transactionID: "chunk\(index)")
                chunk.body = Array(body[range])
                chunk.continuation = range.upperBound == body.count ? .complete : .more
                chunk.set(.byteRange, "\(range.lowerBound + 1)-\(range.upperBound)/\(body.count)")
                delivered += ends.bob.handle(.received(chunk.serialized())).delivered
                if !delivered.isEmpty { break }
            }
            #expect(delivered.map(\.body) == [body])
        }
    }

    @Test(arguments: seeds)
    func `what one end sends the other delivers, and it is answered once`(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var ends = Ends(aliceTerms: .init(chunkSize: 97, window: 3), bobTerms: .init(chunkSize: 1000), seed: seed)
        ends.connect()
        var sent: [MSRPOutgoing] = []
        for number in 0..<20 {
            let body = (0..<Int.random(in: 0...3000, using: &generator)).map { _ in UInt8(generator.next() & 0xFF) }
            let message = MSRPOutgoing(messageID: "number\(number)", contentType: "text/plain", body: body)
            sent.append(message)
            if number.isMultiple(of: 2) { ends.alice(.send(message)) } else { ends.bob(.send(message)) }
        }
        let delivered = (ends.atAlice + ends.atBob).delivered
        #expect(Set(delivered.map(\.messageID)).count == 20)
        for message in sent { #expect(delivered.first { $0.messageID == message.messageID }?.body == message.body) }
        let answered = (ends.atAlice + ends.atBob).filter { if case .answered(_, 200) = $0 { true } else { false } }
        #expect(answered.count == 20)
        #expect((ends.fromAlice + ends.fromBob).flatMap { $0.flaws() } == [])
        let armed = (ends.atAlice + ends.atBob).filter { if case .arm = $0 { true } else { false } }
        let cancelled = (ends.atAlice + ends.atBob).filter { if case .cancel = $0 { true } else { false } }
        #expect(armed.count == cancelled.count)
    }

    @Test(arguments: seeds)
    func `bytes that are changed never trap, and a framed message is never repaired`(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for vector in MessageVector.all {
            for _ in 0..<10 {
                var bytes = vector.bytes
                for _ in 0..<Int.random(in: 1...4, using: &generator) {
                    bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8(generator.next() & 0xFF)
                }
                var framer = MSRPStreamFramer()
                framer.append(bytes)
                guard let framed = try? framer.next(), let message = try? MSRPMessage(parsing: framed) else { continue }
                if !message.flaws().contains(where: { $0.rule == .comment }) {
                    #expect(message.serialized() == framed)
                }
            }
        }
    }

    @Test func `the same seed gives the same bytes`() {
        func run() -> [MSRPMessage] {
            var ends = Ends(seed: 5)
            ends.connect()
            ends.alice(.send(.text("Hello B")))
            return ends.fromAlice + ends.fromBob
        }
        #expect(run() == run())
    }
}

extension SeededGenerator {
    /// A message as one might be, with a body that is full of hyphens and line ends.
    fileprivate mutating func message() -> MSRPMessage {
        let identifier = "a" + token(length: Int.random(in: 3...31, using: &self))
        let isRequest = next().isMultiple(of: 2)
        let start: MSRPMessage.StartLine =
            isRequest
            ? .request(method: ["SEND", "REPORT", "AUTH"].randomElement(using: &self) ?? "SEND")
            : .response(
                status: Int.random(in: 100...699, using: &self), comment: next().isMultiple(of: 2) ? "OK then" : nil)
        let alphabet = Array("-\r\nab$+#".utf8) + Array("-------\(identifier)".utf8)
        let body = next().isMultiple(of: 3) ? nil : (0..<200).map { _ in alphabet.randomElement(using: &self) ?? 0 }
        return MSRPMessage(
            transactionID: identifier, start, toPath: ["msrp://h:1/\(token(length: 5));tcp"],
            fromPath: ["msrp://i:2/\(token(length: 5));tcp"],
            fields: [MSRPField(.messageID, token(length: 8)), MSRPField(.contentType, "text/plain")], body: body,
            continuation: MSRPMessage.Continuation.allCases.randomElement(using: &self) ?? .complete)
    }
}
