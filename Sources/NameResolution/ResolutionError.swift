/// Why a name leads nowhere, in one sentence.
package struct ResolutionError: Error, Hashable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
