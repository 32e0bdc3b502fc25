import Network

/// The connections that have not said yet what they are for, the oldest first; there may be only so many.
///
/// Whoever opens connections and says nothing takes no more room than that, and keeps nobody else out.
struct HalfOpenConnections {
    private let capacity: Int
    private var ids: Set<ConnectionID> = []
    /// In the order in which they came, with some that are no longer among them.
    private var order: [ConnectionID] = []
    private var oldest = 0

    init(capacity: Int) {
        self.capacity = capacity
    }

    var count: Int { ids.count }

    /// Takes one in.
    ///
    /// - Returns: the one that has to make room for it.
    mutating func insert(_ id: ConnectionID) -> ConnectionID? {
        guard ids.insert(id).inserted else { return nil }
        order.append(id)
        guard ids.count > capacity else { return nil }
        while oldest < order.count - 1, !ids.contains(order[oldest]) { oldest += 1 }
        let leaving = order[oldest]
        remove(leaving)
        return leaving
    }

    mutating func remove(_ id: ConnectionID) {
        guard ids.remove(id) != nil, order.count > 2 * max(ids.count, capacity) else { return }
        order = order[oldest...].filter(ids.contains)
        oldest = 0
    }
}
