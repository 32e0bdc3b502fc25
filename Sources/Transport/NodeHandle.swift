/// One node of an event loop, in the order in which they were added.
package struct NodeHandle: Hashable, Sendable {
    package let number: Int

    init(_ number: Int) {
        self.number = number
    }
}
