import Parallelism
import Testing

@Suite struct ConcurrentMapTests {
    @Test(arguments: [0, 1, 2, 1000], [1, 3, .max])
    func `Every element comes out once, in its place, whoever has made it`(count: Int, workers: Int) {
        let doubled = Array(0..<count).concurrentMap(workers: workers) { $0 * 2 }
        #expect(doubled == (0..<count).map { $0 * 2 })
    }
}
