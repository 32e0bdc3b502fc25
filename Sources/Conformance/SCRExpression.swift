/// What an item of static conformance requires: other items, with AND, OR and parentheses.
///
/// OMA-TS-SIMPLE_IM-V1_0 Appendix B, the column “Requirement”; AND binds before OR
package indirect enum SCRExpression: Hashable, Sendable {
    case item(SCRItemID)
    case all([SCRExpression])
    case any([SCRExpression])

    /// The items that it names, in its order.
    package var items: [SCRItemID] {
        switch self {
        case .item(let id): [id]
        case .all(let parts), .any(let parts): parts.flatMap(\.items)
        }
    }

    /// The part that the claimed items leave unmet, or nil where they meet it all.
    package func unmet(by isClaimed: (SCRItemID) -> Bool) -> SCRExpression? {
        switch self {
        case .item(let id):
            return isClaimed(id) ? nil : self
        case .all(let parts):
            let unmet = parts.compactMap { $0.unmet(by: isClaimed) }
            return unmet.count > 1 ? .all(unmet) : unmet.first
        case .any(let parts):
            return parts.contains { $0.unmet(by: isClaimed) == nil } ? nil : self
        }
    }

    /// The expression with the items as the closure writes them.
    package func text(_ write: (SCRItemID) -> String) -> String {
        switch self {
        case .item(let id): write(id)
        case .all(let parts):
            parts.map { part in
                if case .any = part { "(\(part.text(write)))" } else { part.text(write) }
            }.joined(separator: " AND ")
        case .any(let parts): parts.map { $0.text(write) }.joined(separator: " OR ")
        }
    }
}
