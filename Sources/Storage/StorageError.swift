/// A reason in our environment why something cannot be kept.
package struct StorageError: Error, Equatable, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
