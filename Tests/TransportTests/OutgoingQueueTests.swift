import Testing

@testable import Transport

@Suite struct OutgoingQueueTests {
    @Test(arguments: [1, 7, 64, 1_000])
    func `Whatever is taken at a time, the bytes leave in the order in which they were written`(most: Int) {
        var queue = OutgoingQueue()
        var written: [UInt8] = []
        var left: [UInt8] = []
        for piece in 0..<200 {
            let bytes = (0..<(piece % 9)).map { UInt8(truncatingIfNeeded: piece + $0) }
            queue.append(bytes)
            written += bytes
            guard piece % 3 == 0 || piece > 150 else { continue }
            while !queue.isEmpty, queue.count > 200 - piece {
                #expect(queue.front.count > queue.offset)
                left += queue.take(min(most, queue.front.count - queue.offset))
            }
        }
        while !queue.isEmpty { left += queue.take(min(most, queue.front.count - queue.offset)) }
        #expect(left == written)
        #expect(queue.count == 0)
    }
}
