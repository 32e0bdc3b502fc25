import Network

/// Armed timers in the order in which they are due; those due at the same instant, in the order of arming.
struct TimerQueue<Name: Hashable> {
    private struct Entry {
        var due: Instant
        var arming: Int
        var name: Name

        func precedes(_ other: Entry) -> Bool { (due, arming) < (other.due, other.arming) }
    }

    /// A binary heap, in which cancelled and replaced entries stay until they come up.
    private var heap: [Entry] = []
    private var current: [Name: Int] = [:]
    private var armings = 0

    /// Arms the timer, in place of an earlier arming of it.
    mutating func arm(_ name: Name, at due: Instant) {
        armings += 1
        current[name] = armings
        heap.append(Entry(due: due, arming: armings, name: name))
        rise(from: heap.count - 1)
    }

    mutating func cancel(_ name: Name) {
        current[name] = nil
    }

    mutating func cancelAll(where isMeant: (Name) -> Bool) {
        current = current.filter { !isMeant($0.key) }
    }

    /// When the next timer is due, or nil when none is armed.
    mutating func nextDue() -> Instant? {
        discardStale()
        return heap.first?.due
    }

    /// Takes the first timer that is due at the time.
    mutating func popDue(at time: Instant) -> Name? {
        discardStale()
        guard let first = heap.first, first.due <= time else { return nil }
        removeFirst()
        current[first.name] = nil
        return first.name
    }

    private mutating func discardStale() {
        while let first = heap.first, current[first.name] != first.arming { removeFirst() }
    }

    private mutating func removeFirst() {
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        sink(from: 0)
    }

    private mutating func rise(from start: Int) {
        var child = start
        while child > 0, heap[child].precedes(heap[(child - 1) / 2]) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    private mutating func sink(from start: Int) {
        var parent = start
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && heap[child].precedes(heap[least])
            {
                least = child
            }
            guard least != parent else { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
