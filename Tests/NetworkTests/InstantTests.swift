import Network
import Testing

struct InstantTests {
    @Test func `Instants and durations add up to the nanosecond`() {
        let start = Instant(nanoseconds: 1_767_225_600_000_000_000)
        let later = start + .milliseconds(1) + .nanoseconds(1)
        #expect(later.nanoseconds == 1_767_225_600_001_000_001)
        #expect(later - start == .nanoseconds(1_000_001))
        #expect(start - later == .nanoseconds(-1_000_001))
        #expect(start < later)
    }
}
