/// Something a trace must show, or must not show.
package struct Check: Sendable, Equatable {
    /// How a check bears on the verdicts.
    package enum Kind: String, CaseIterable, Sendable {
        /// P: a pass criterion of the ETS; decides the interop verdict.
        case criterion = "P"
        /// C: a SHALL of the specification; decides the conformance verdict.
        case conformance = "C"
        /// W: a SHOULD or an option; decides nothing.
        case warning = "W"
        /// N: something that must not be seen; decides the interop verdict.
        case negative = "N"
    }

    package var id: String
    package var kind: Kind
    /// The ETS step that the check belongs to, or nil for the whole case.
    package var step: String?
    package var title: String
    package var requirements: [RequirementID]
    package var condition: Condition
    package var position: SourcePosition
    /// Of a system that is known to deviate so the check is a warning.
    package var unless: Deviation?

    package init(
        id: String, kind: Kind, step: String?, title: String, requirements: [RequirementID], condition: Condition,
        position: SourcePosition, unless: Deviation? = nil
    ) {
        self.unless = unless
        self.id = id
        self.kind = kind
        self.step = step
        self.title = title
        self.requirements = requirements
        self.condition = condition
        self.position = position
    }
}
