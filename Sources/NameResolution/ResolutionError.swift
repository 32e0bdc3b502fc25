/// Why a name leads nowhere, in one sentence.
package struct ResolutionError: Error, Hashable, CustomStringConvertible {
    package enum Cause: Sendable {
        /// What the records of the name say, or that there are none.
        case name
        /// Nobody who can be asked says anything of the name.
        case nameServer
    }

    package let description: String
    package let cause: Cause

    package init(_ description: String, _ cause: Cause = .name) {
        self.description = description
        self.cause = cause
    }
}
