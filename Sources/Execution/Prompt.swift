package import Actors
package import Conformance

/// What whoever works a real client is asked to do, or to look at.
package struct Prompt: Sendable {
    package enum Kind: Sendable, Equatable {
        /// Something to be done; the wire shows whether it is.
        case step
        /// Something that only a person sees.
        case question
    }

    /// A number that no other prompt of the run has.
    package var id: Int
    package var kind: Kind
    package var testCase: String
    package var step: Step
    /// What is to be done, with every party and group resolved to its URI and sessions by their names in the scenario.
    package var action: ClientAction
    /// The sentence for people.
    package var sentence: String
}
