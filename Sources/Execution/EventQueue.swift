import Network

/// Future events in the order of their times, and of their arrival where times are equal: a binary heap.
struct EventQueue<Event: Sendable>: Sendable {
    private struct Entry: Sendable {
        var time: Instant
        var order: Int
        var event: Event

        func precedes(_ other: Entry) -> Bool { (time, order) < (other.time, other.order) }
    }

    private var entries: [Entry] = []
    private var count = 0

    var nextTime: Instant? { entries.first?.time }

    mutating func add(_ event: Event, at time: Instant) {
        entries.append(Entry(time: time, order: count, event: event))
        count += 1
        var child = entries.count - 1
        while child > 0, entries[child].precedes(entries[(child - 1) / 2]) {
            entries.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func popNext() -> (time: Instant, event: Event)? {
        guard let first = entries.first else { return nil }
        let last = entries.removeLast()
        if !entries.isEmpty {
            entries[0] = last
            sink()
        }
        return (first.time, first.event)
    }

    private mutating func sink() {
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < entries.count {
                if entries[child].precedes(entries[least]) { least = child }
            }
            guard least != parent else { return }
            entries.swapAt(parent, least)
            parent = least
        }
    }
}
