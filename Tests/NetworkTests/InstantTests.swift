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

    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (951_782_399_999_999_999, "2000-02-28T23:59:59Z"),
            (951_868_799_000_000_000, "2000-02-29T23:59:59Z"), (-1, "1969-12-31T23:59:59Z"),
        ] as [(Int64, String)])
    func `A moment is written to the second`(nanoseconds: Int64, text: String) {
        #expect(Instant(nanoseconds: nanoseconds).dateTime == text)
    }
}
