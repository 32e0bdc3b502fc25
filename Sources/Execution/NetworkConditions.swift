/// How a simulated network treats what it carries; probabilities lie between 0 and 1.
///
/// Datagrams can be lost, doubled and overtaken; streams are only delayed and cut into other segments.
package struct NetworkConditions: Sendable, Equatable {
    package var loss: Double
    package var duplication: Double
    /// The probability that a datagram is held back long enough for later ones to overtake it.
    package var reordering: Double
    package var delay: ClosedRange<Duration>
    /// The largest piece in which stream bytes arrive; smaller ones are drawn at random.
    package var largestSegment: Int

    /// A network that loses nothing and keeps the order.
    package static let perfect = NetworkConditions(
        loss: 0, duplication: 0, reordering: 0, delay: .microseconds(200)...(.microseconds(200)),
        largestSegment: .max)

    package init(
        loss: Double, duplication: Double, reordering: Double, delay: ClosedRange<Duration>, largestSegment: Int
    ) {
        self.loss = loss
        self.duplication = duplication
        self.reordering = reordering
        self.delay = delay
        self.largestSegment = largestSegment
    }

    /// A network with this share of datagrams lost, doubled and overtaken, delays up to 40 ms and small segments.
    package static func disturbed(_ share: Double) -> NetworkConditions {
        NetworkConditions(
            loss: share, duplication: share, reordering: share, delay: .milliseconds(1)...(.milliseconds(40)),
            largestSegment: 700)
    }

    /// Whether datagrams between two addresses arrive in the order in which they were sent.
    package var keepsOrder: Bool { reordering == 0 && duplication == 0 && delay.lowerBound == delay.upperBound }
}
