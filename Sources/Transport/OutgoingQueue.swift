/// Bytes of a stream that have not left yet, in the pieces in which they were written.
struct OutgoingQueue {
    private var pieces: [[UInt8]] = []
    private var first = 0
    /// How much of the first piece has left.
    private(set) var offset = 0
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    /// The first piece, of which the bytes from `offset` on are still to leave.
    var front: [UInt8] { pieces[first] }

    mutating func append(_ bytes: [UInt8]) {
        guard !bytes.isEmpty else { return }
        pieces.append(bytes)
        count += bytes.count
    }

    /// Takes away the next bytes of the first piece, which have left.
    mutating func take(_ number: Int) -> [UInt8] {
        let piece = pieces[first]
        let end = offset + number
        let taken = offset == 0 && end == piece.count ? piece : Array(piece[offset..<end])
        count -= number
        offset = end
        if end == piece.count { dropFirst() }
        return taken
    }

    private mutating func dropFirst() {
        pieces[first] = []
        first += 1
        offset = 0
        guard first == pieces.count || first == 64 else { return }
        pieces.removeFirst(first)
        first = 0
    }
}
