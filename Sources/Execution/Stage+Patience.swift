extension Stage {
    /// How long to wait for what.
    package struct Patience: Sendable {
        /// How long a step may take until the stage gives up and goes on to the postamble.
        package var step: Duration
        /// How long to listen at the end where the paths of the clients do not keep their order.
        package var quiet: Duration
        /// How long the conference state may take to show everybody, and what else the play can go on without.
        ///
        /// A little more than the time after which a NOTIFY counts as missing, so that what follows is judged with that
        /// decided; RFC 4575 §3.9 lets one wait for five seconds.
        package static let assembly = Duration.seconds(11)
        /// How long a request may go without an answer until it is known to get none: a little over 64 × T1.
        ///
        /// RFC 3261 §17.1.2.2 Timer F
        package static let transaction = Duration.seconds(33)
        /// How long the stage waits between two looks at whether everything has been answered; each look takes the trace
        /// apart.
        package static let look = Duration.milliseconds(100)
        /// How long to listen at the end where something has not been answered yet.
        package var unanswered: Duration
        /// How many entries the trace may have until the stage stops: a flood is no reason to run out of memory.
        package var entries: Int
        /// How long whoever works a real client may take for a step.
        package var user: Duration

        package init(
            step: Duration, quiet: Duration, unanswered: Duration = Patience.transaction, entries: Int = 100_000,
            user: Duration = .seconds(120)
        ) {
            self.unanswered = unanswered
            self.step = step
            self.user = user
            self.quiet = quiet
            self.entries = entries
        }
    }
}
