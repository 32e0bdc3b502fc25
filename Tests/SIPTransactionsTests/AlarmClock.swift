/// The alarms of a machine in virtual time: the earliest comes first, of two at one time the one that was set first.
struct AlarmClock<Alarm: Hashable> {
    private(set) var now: Duration = .zero
    private var alarms: [Alarm: (time: Duration, serial: Int)] = [:]
    private var count = 0

    var isSilent: Bool { alarms.isEmpty }

    func isSet(_ alarm: Alarm) -> Bool { alarms[alarm] != nil }

    mutating func set(_ alarm: Alarm, after delay: Duration) {
        count += 1
        alarms[alarm] = (now + delay, count)
    }

    mutating func cancel(_ alarm: Alarm) {
        alarms[alarm] = nil
    }

    /// Moves to the next alarm and takes it.
    mutating func next() -> Alarm? {
        guard
            let (alarm, due) = alarms.min(by: { ($0.value.time, $0.value.serial) < ($1.value.time, $1.value.serial) })
        else { return nil }
        alarms[alarm] = nil
        now = due.time
        return alarm
    }
}
