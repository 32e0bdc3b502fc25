/// A timer of the stage itself.
package enum StageTimer: String, Sendable {
    /// The scene has lasted too long.
    case step = "stage.step"
    /// The conference state has had its time to show everybody.
    case assembly = "stage.assembly"
    /// The quiet window at the end is over.
    case quiet = "stage.quiet"
}
