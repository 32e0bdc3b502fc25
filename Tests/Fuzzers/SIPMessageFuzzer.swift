import Bytes
import SIPSyntax

// corpus: fixtures/sip/torture

/// Any bytes as a datagram and as a stream: nothing traps, and what is said of them is consistent.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    judgeDatagram(bytes)
    judgeStream(bytes)
    return 0
}

private func judgeDatagram(_ bytes: [UInt8]) {
    do throws(SIPSyntaxError) {
        let message = try SIPMessage(parsing: bytes)
        readTypedValues(of: message)
        var last = 0
        for flaw in message.flaws() {
            precondition(flaw.offset >= last && flaw.offset <= bytes.count, "Flaws lie in the message, in order")
            last = flaw.offset
        }
        judgeWriting(message)
    } catch {
        precondition(error.offset <= bytes.count, "An error lies in the message")
    }
}

/// What was framed is read back the same after being written, Content-Length apart.
private func judgeWriting(_ message: SIPMessage) {
    var expected = message
    if !message.contains(.contentLength) { expected.add(.contentLength, "\(message.body.count)") }
    let written = message.serialized()
    precondition(written.count <= (message.received?.count ?? 0) * 4 + 256, "Writing does not blow a message up")
    guard let again = try? SIPMessage(parsing: written) else { preconditionFailure("What was written is read") }
    precondition(again == expected, "What was written is read the same")
}

private func readTypedValues(of message: SIPMessage) {
    _ = try? message.vias()
    for contact in (try? message.contacts()) ?? [] {
        guard let uri = contact.sipURI else { continue }
        let again = try? SIPURI(parsing: uri.description)
        precondition(again == uri, "A URI that was written is read the same")
        precondition(uri.isEquivalent(to: uri), "A URI is equivalent to itself")
    }
    _ = try? message.from()
    _ = try? message.to()
    _ = try? message.acceptContacts()
    _ = try? message.products()
    for field in message.fields { _ = message.list(field.name) }
}

/// A stream gives the same messages whole and in pieces, and no more bytes than it got.
private func judgeStream(_ bytes: [UInt8]) {
    let whole = framed(bytes, piece: max(1, bytes.count))
    let dripped = framed(bytes, piece: 7)
    precondition(whole == dripped, "A stream gives the same messages however it is cut")
    precondition(whole.joined().count <= bytes.count, "A stream gives no more than it got")
}

private func framed(_ bytes: [UInt8], piece: Int) -> [[UInt8]] {
    var framer = SIPStreamFramer()
    var messages: [[UInt8]] = []
    do throws(SIPSyntaxError) {
        for start in stride(from: 0, to: bytes.count, by: piece) {
            framer.append(Array(bytes[start..<min(start + piece, bytes.count)]))
            while let message = try framer.next() { messages.append(message) }
        }
    } catch {
        // The end of the stream, as an empty message.
        messages.append([])
    }
    return messages
}
