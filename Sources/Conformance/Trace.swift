package import Network

/// Everything that was seen on the wire in one execution of a test case.
///
/// The verdict is a function of this and of the test case, of nothing else.
package struct Trace: Sendable, Equatable {
    /// The test case that was being run, or nil in a capture that does not say.
    package var testCaseID: String?
    package var cast: Cast
    /// Whether datagrams between two addresses arrive in the order they were sent, as on loopback.
    package var datagramsKeepOrder: Bool
    /// In what the system was known to deviate when the clients were played.
    package var deviations: Set<Deviation>
    /// The entries in the order of their times.
    package var entries: [TraceEntry]
    /// When observation ended; nothing is known of what happened later.
    package var end: Instant
    /// What the evidence lacks, for people, such as a truncated capture; empty when it is whole.
    package var defects: [String]

    package init(
        testCaseID: String?, cast: Cast, datagramsKeepOrder: Bool, knownFor deviations: Set<Deviation> = [],
        entries: [TraceEntry] = [], end: Instant, defects: [String] = []
    ) {
        self.testCaseID = testCaseID
        self.cast = cast
        self.datagramsKeepOrder = datagramsKeepOrder
        self.deviations = deviations
        self.entries = entries
        self.end = end
        self.defects = defects
    }
}

/// One thing seen on the wire: a datagram, a run of stream bytes, or the opening or end of a connection.
///
/// Entries are what a network carries, not messages: a stream entry may hold half a message or three.
package struct TraceEntry: Sendable, Equatable {
    package enum Content: Sendable, Equatable {
        case datagram([UInt8])
        case opened
        case stream([UInt8])
        /// Bytes of the stream that the witness missed.
        case gap(count: Int)
        case closed
    }

    package var time: Instant
    package var source: SocketAddress
    package var destination: SocketAddress
    package var witness: Witness
    package var content: Content
    /// The step during which it was seen, such as `3` or `preamble`, where the witness knows.
    package var step: String?
    /// The number of the packet in the capture, counted from 1, once there is a capture.
    package var packet: Int?

    package init(
        time: Instant, source: SocketAddress, destination: SocketAddress, witness: Witness, content: Content,
        step: String? = nil, packet: Int? = nil
    ) {
        self.time = time
        self.source = source
        self.destination = destination
        self.witness = witness
        self.content = content
        self.step = step
        self.packet = packet
    }

    package var transport: TransportProtocol {
        if case .datagram = content { .udp } else { .tcp }
    }
}

/// Where an entry was observed.
///
/// What the sender alone has seen may have been lost; what only the receiver has seen has arrived;
/// what was seen on the path counts as both.
package enum Witness: Sendable, Equatable {
    case sender
    case receiver
    case path
}
