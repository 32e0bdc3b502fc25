import Bytes
import MSRP

/// Frames the input in segments and in one piece, judges what comes out, and gives it to a session.
///
/// Nothing may trap; both ways of cutting must agree; a message gives its bytes back; a session holds no more than it may.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: start, count: count))
    let segment = Int(input.first ?? 0) % 61 + 1
    let stream = Array(input.dropFirst())

    let whole = frame([stream])
    let cut = frame(stride(from: 0, to: stream.count, by: segment).map { Array(stream[$0...].prefix(segment)) })
    precondition(whole == cut, "The segments change what is framed")
    precondition(stream.starts(with: whole.messages.joined()), "What is framed is not what came")

    for bytes in whole.messages {
        guard let message = try? MSRPMessage(parsing: bytes) else { continue }
        let flaws = message.flaws()
        // A comment that is not UTF-8 is the one thing that is not kept as it came.
        guard !flaws.contains(where: { $0.rule == .comment }) else { continue }
        precondition(flaws.allSatisfy { (0..<bytes.count).contains($0.offset) }, "A flaw is outside the message")
        precondition(message.serialized() == bytes, "A message does not give its bytes back")
    }
    converse(stream, whole.messages)
    return 0
}

struct Framed: Equatable {
    var messages: [[UInt8]] = []
    var error: MSRPSyntaxError?
}

func frame(_ segments: [[UInt8]]) -> Framed {
    var framer = MSRPStreamFramer(limits: .init(header: 4096, chunk: 1 << 20))
    var framed = Framed()
    for segment in segments {
        framer.append(segment)
        do throws(MSRPSyntaxError) {
            while let message = try framer.next() { framed.messages.append(message) }
        } catch {
            framed.error = error
            return framed
        }
    }
    return framed
}

/// Gives the input to an end that is addressed whatever the messages say.
func converse(_ stream: [UInt8], _ messages: [[UInt8]]) {
    let paths = messages.lazy.compactMap { try? MSRPMessage(parsing: $0) }.map { ($0.toPath, $0.fromPath) }
    guard let (to, from) = paths.first(where: { !$0.0.isEmpty && !$0.1.isEmpty }),
        let local = try? MSRPURI(parsing: to[0]), let remote = try? MSRPURI(parsing: from[0])
    else { return }
    var session = MSRPSession(
        localPath: [local], remotePath: [remote], role: .opens, terms: .init(maximumSize: 1000, chunkSize: 7),
        generator: SeededGenerator(seed: 1))
    let events: [MSRPSession.Event] = [
        .connected, .send(MSRPOutgoing(contentType: "text/plain", body: Array(stream.prefix(200)))),
        .received(stream), .timer(.response("x")), .abort(messageID: "x"), .received(stream), .closed,
    ]
    for event in events {
        for case .delivered(let message) in session.handle(event) {
            precondition(message.body.count <= 1000, "A message is longer than may be held")
        }
    }
}
