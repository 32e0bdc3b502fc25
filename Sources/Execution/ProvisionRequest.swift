package import Conformance

/// What somebody has to see to at a system under test, because a step needs it and no client does it.
package struct ProvisionRequest: Sendable, Equatable {
    /// By what its end is told, counted from 1.
    package var id: Int
    package var prerequisite: Prerequisite
    /// What is asked, by the names under which a hook finds it.
    package var variables: [String: String]
}
