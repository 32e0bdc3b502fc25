import Glibc
import Network

/// The time of a run: it starts at the time of day and from there never goes back or jumps.
struct RunClock {
    private let offset: Int64

    init() {
        offset = Self.read(CLOCK_REALTIME) - Self.read(CLOCK_MONOTONIC)
    }

    var now: Instant { Instant(nanoseconds: Self.read(CLOCK_MONOTONIC) + offset) }

    private static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
