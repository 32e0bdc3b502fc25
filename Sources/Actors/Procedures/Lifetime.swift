/// How long something that the peer granted lasts, and when to ask for more.
struct Lifetime: Sendable {
    let seconds: Int

    init(_ seconds: Int) {
        self.seconds = min(max(seconds, 1), 10_000_000)
    }

    /// Ten minutes before the end of a long life, half-way through a short one.
    ///
    /// As 3GPP TS 24.229 §5.1.1.4.1 does for registrations.
    var refresh: Duration {
        seconds > 1200 ? .seconds(seconds - 600) : .milliseconds(seconds * 500)
    }
}
