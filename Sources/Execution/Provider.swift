/// Whoever sees to what steps need of the operator of a system under test.
package protocol Provider: Sendable {
    /// Begins to see to it, and does not wait for its end.
    ///
    /// - Parameters:
    ///   - request: What is asked.
    ///   - done: Is told once, on any thread, why it has not been done, or nil.
    func provide(_ request: ProvisionRequest, done: @escaping @Sendable (_ reason: String?) -> Void)
}
