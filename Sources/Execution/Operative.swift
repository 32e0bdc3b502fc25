package import Transport

/// Whoever works the real clients: a person at a terminal, or a program.
///
/// Nothing that is said here decides anything but that a step is not possible: what is done is seen on the wire.
package protocol Operative: AnyObject, Sendable {
    /// Asks for something, and does not wait for it.
    func ask(_ prompt: Prompt)
    /// What was asked has come about, or is not wanted any more.
    func withdraw(_ id: Int)
    /// What has been said since the last call, in its order; the bell rings when there is something.
    func takeReplies() -> [Reply]
    /// Rings this bell from now on.
    func use(_ doorbell: Doorbell)
}
