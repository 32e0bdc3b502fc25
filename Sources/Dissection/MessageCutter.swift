package import Conformance

/// Cuts what is seen into whole messages as they come, and keeps none of them.
package struct MessageCutter: Sendable {
    private var reader: TraceReader

    package init(cast: Cast) { reader = TraceReader(cast: cast) }

    /// Takes what was seen next.
    ///
    /// - Returns: the messages that are whole by now and were not before.
    package mutating func read(_ entry: TraceEntry) -> [DissectedMessage] {
        reader.read(entry)
        return reader.takeMessages()
    }
}
