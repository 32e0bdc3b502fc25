import Network

/// The connections that have not said yet what they are for, the oldest first; there may be only so many, with so much.
///
/// Whoever opens connections and says nothing, or never comes to an end, takes no more room than that, and keeps nobody
/// else out.
struct HalfOpenConnections {
    private let limits: ReferenceServer.Limits
    /// How many bytes each has sent.
    private var sizes: [ConnectionID: Int] = [:]
    private var size = 0
    /// In the order in which they came, with some that are no longer among them.
    private var order: [ConnectionID] = []
    private var oldest = 0

    init(limits: ReferenceServer.Limits) {
        self.limits = limits
    }

    /// Takes one in.
    ///
    /// - Returns: the one that has to make room for it, if one has.
    mutating func insert(_ id: ConnectionID) -> ConnectionID? {
        guard sizes.updateValue(0, forKey: id) == nil else { return nil }
        order.append(id)
        return sizes.count > limits.halfOpenConnections ? removeOldest() : nil
    }

    /// Notes how many bytes one has sent that are no whole message.
    ///
    /// - Returns: those that have to make room for them, if any have.
    mutating func note(_ count: Int, of id: ConnectionID) -> [ConnectionID] {
        guard let before = sizes[id] else { return [] }
        sizes[id] = count
        size += count - before
        var leaving: [ConnectionID] = []
        while size > limits.halfOpenBytes, let next = removeOldest() { leaving.append(next) }
        return leaving
    }

    mutating func remove(_ id: ConnectionID) {
        guard let count = sizes.removeValue(forKey: id) else { return }
        size -= count
        guard order.count > 2 * max(sizes.count, limits.halfOpenConnections) else { return }
        order = order[oldest...].filter { sizes[$0] != nil }
        oldest = 0
    }

    private mutating func removeOldest() -> ConnectionID? {
        while oldest < order.count, sizes[order[oldest]] == nil { oldest += 1 }
        guard oldest < order.count else { return nil }
        let leaving = order[oldest]
        remove(leaving)
        return leaving
    }
}
