/// What cuts a byte stream into messages.
///
/// The framers of SIP and MSRP are of this form; the tests say so by an empty extension.
package protocol StreamFramer {
    init()
    mutating func append(_ bytes: [UInt8])

    /// The bytes of the next whole message, or nil until more have come.
    mutating func next() throws -> [UInt8]?
}

/// Shows that a framer gives the same messages however a transport cuts the stream.
///
/// Every message is given whole, byte by byte, and split at every offset; every two are glued together and split at
/// every offset; all are glued together and given in one piece and byte by byte.
package struct CodecVerifier<Framer: StreamFramer> {
    package init(_ framer: Framer.Type) {}

    /// The first few ways of cutting that do not give the messages back, each in a sentence; none is right.
    package func deviations(_ messages: [[UInt8]], upTo limit: Int = 5) -> [String] {
        var deviations: [String] = []
        for cutting in cuttings(of: messages) {
            if let deviation = deviation(of: cutting) { deviations.append(deviation) }
            if deviations.count == limit { break }
        }
        return deviations
    }

    private struct Cutting {
        let description: String
        let segments: [ArraySlice<UInt8>]
        let messages: ArraySlice<[UInt8]>
    }

    private func cuttings(of messages: [[UInt8]]) -> [Cutting] {
        var cuttings: [Cutting] = []
        for index in messages.indices {
            cuttings += everyCutting(of: messages[index...index], "message \(index)")
        }
        for index in messages.indices.dropLast() {
            cuttings += everyCutting(of: messages[index...(index + 1)], "messages \(index) and \(index + 1)")
        }
        let stream = Array(messages.joined())
        cuttings.append(Cutting(description: "all at once", segments: [stream[...]], messages: messages[...]))
        cuttings.append(
            Cutting(description: "all byte by byte", segments: dripped(stream), messages: messages[...]))
        return cuttings
    }

    private func everyCutting(of messages: ArraySlice<[UInt8]>, _ name: String) -> [Cutting] {
        let stream = Array(messages.joined())
        var cuttings = [
            Cutting(description: "\(name) whole", segments: [stream[...]], messages: messages),
            Cutting(description: "\(name) byte by byte", segments: dripped(stream), messages: messages),
        ]
        for offset in stream.indices.dropFirst() {
            cuttings.append(
                Cutting(
                    description: "\(name) split at \(offset)", segments: [stream[..<offset], stream[offset...]],
                    messages: messages))
        }
        return cuttings
    }

    private func dripped(_ stream: [UInt8]) -> [ArraySlice<UInt8>] {
        stream.indices.map { stream[$0...$0] }
    }

    private func deviation(of cutting: Cutting) -> String? {
        var framer = Framer()
        var framed: [[UInt8]] = []
        do {
            for segment in cutting.segments {
                framer.append(Array(segment))
                while let message = try framer.next() { framed.append(message) }
            }
        } catch {
            return "\(cutting.description): \(error) after \(framed.count) messages"
        }
        if framed.elementsEqual(cutting.messages) { return nil }
        return "\(cutting.description): \(framed.count) messages of \(framed.map(\.count)) bytes instead of "
            + "\(cutting.messages.count) of \(cutting.messages.map(\.count))"
    }
}
