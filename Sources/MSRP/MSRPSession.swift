package import Bytes

/// One end of a message session.
///
/// RFC 4975 §5 and §7. The owner moves the bytes and keeps the time.
package struct MSRPSession: Sendable {
    /// Who opens the connection.
    ///
    /// RFC 4975 §5.4
    package enum Role: Sendable {
        /// This end does, and sends at once, if need be a SEND without body, so that the peer knows the session.
        case opens
        /// The peer does; nothing is sent before its first request has come.
        case waits
    }

    /// When a message that is complete is answered.
    package enum Answering: Sendable {
        case atOnce
        /// Once the owner has judged it: the chunk that completes the message waits for that.
        case onceJudged
    }

    /// What the session accepts and how it sends.
    package struct Terms: Sendable, Equatable {
        /// The media types to accept; `*` stands for all, `image/*` for all images.
        package var acceptedTypes: [String]
        /// How many bytes of incomplete messages are held, hence also the longest message.
        package var maximumSize: Int
        /// How many bytes of body a chunk carries.
        package var chunkSize: Int
        /// How many chunks of one message may be unanswered, when its failures are to be reported.
        package var window: Int
        package var answering: Answering

        package init(
            acceptedTypes: [String] = ["*"], maximumSize: Int = 64 << 20, chunkSize: Int = 2048, window: Int = 16,
            answering: Answering = .atOnce
        ) {
            precondition(chunkSize > 0 && window > 0, "Chunks carry something, and one may be under way")
            self.acceptedTypes = acceptedTypes
            self.maximumSize = maximumSize
            self.chunkSize = chunkSize
            self.window = window
            self.answering = answering
        }
    }

    package enum Timer: Hashable, Sendable, CustomStringConvertible {
        /// The response to the request with this transaction identifier is due.
        case response(String)

        package var description: String {
            switch self {
            case .response(let identifier): "response \(identifier)"
            }
        }
    }

    package enum Event: Sendable {
        case connected
        case received([UInt8])
        /// A message that the owner of a shared connection has framed and addressed to this session.
        case message(MSRPMessage)
        case closed
        case timer(Timer)
        case send(MSRPOutgoing)
        /// Gives up a message of ours that is not yet sent completely.
        case abort(messageID: String)
        /// Wants no more of the messages that are arriving, which their senders learn by 413.
        case stopArrivals
        /// What the owner makes of a message that was delivered and is not answered yet.
        case judged(messageID: String, MSRPStatusCode)
        /// A report about a message of the peer, along the path that was negotiated.
        case report(MSRPReport)
        case end
    }

    package enum Effect: Sendable, Equatable {
        case write([UInt8])
        case arm(Timer, after: Duration)
        case cancel(Timer)
        /// A message is complete.
        case delivered(MSRPIncoming)
        /// The last 200 for a message of ours has come, or the first other status.
        case answered(messageID: String, status: Int)
        /// A chunk of our message was not answered in time, which counts as 408.
        case timedOut(messageID: String)
        /// The connection ended before our message was acknowledged.
        case lost(messageID: String)
        case reported(messageID: String, status: Int, range: ByteRange?)
        /// What a report carries besides its status.
        case enclosed(MSRPIncoming)
        /// The peer has given up a message of its own.
        case aborted(messageID: String)
        /// Bytes that are no message, and the rule they break.
        case rejected([UInt8], reason: MSRPSyntaxError)
        case close
    }

    enum State: Sendable {
        /// There is no connection yet, or none whose session is known.
        case unbound
        case bound
        case ended
    }

    package let localPath: [MSRPURI]
    package let remotePath: [MSRPURI]
    package let role: Role
    package let terms: Terms
    package var alterations: [MSRPAlteration]
    /// The owner's number for the connection that this session is bound to.
    ///
    /// Set by the owner that opens a connection, otherwise by the `MSRPConnection` of the first message.
    package var connection: Int?

    /// The URI of this end, and those of the path to the peer, as written in requests.
    let localAddress: String
    let remoteAddresses: [String]
    var state = State.unbound
    var generator: SeededGenerator
    var framer = MSRPStreamFramer()
    /// Messages of ours of which something is still to be sent or answered, in the order they were given.
    var departures: [Departure] = []
    /// Which message each unanswered transaction belongs to.
    var transactions: [String: String] = [:]
    var arrivals: [String: MSRPAssembly] = [:]
    /// The messages of the peer of which no more is wanted.
    var stopped: Set<String> = []
    /// The messages that the owner has not judged, with the chunk that has completed each.
    var unjudged: [String: (message: MSRPIncoming, request: MSRPMessage)] = [:]

    /// A session between the last URIs of both paths.
    package init(
        localPath: [MSRPURI], remotePath: [MSRPURI], role: Role, terms: Terms = Terms(),
        generator: SeededGenerator, alterations: [MSRPAlteration] = []
    ) {
        precondition(!localPath.isEmpty && !remotePath.isEmpty, "A path has at least one URI")
        self.localPath = localPath
        self.remotePath = remotePath
        localAddress = localPath[localPath.count - 1].description
        remoteAddresses = remotePath.map(\.description)
        self.role = role
        self.terms = terms
        self.generator = generator
        self.alterations = alterations
    }

    /// The URI of this end itself.
    package var localURI: MSRPURI { localPath[localPath.count - 1] }

    package mutating func handle(_ event: Event) -> [Effect] {
        switch (state, event) {
        case (.unbound, .connected):
            return role == .opens ? bind(announcing: departures.isEmpty) : []
        case (.unbound, .send(let message)):
            enqueue(message)
            return []
        case (.bound, .send(let message)):
            enqueue(message)
            return sendChunks()

        case (.unbound, .received(let bytes)), (.bound, .received(let bytes)):
            return receive(bytes)
        case (.unbound, .message(let message)), (.bound, .message(let message)):
            return receive(message)

        case (.unbound, .abort(let messageID)), (.bound, .abort(let messageID)):
            return abort(messageID)
        case (.unbound, .stopArrivals), (.bound, .stopArrivals):
            stopped.formUnion(arrivals.keys)
            arrivals = [:]
            return []

        case (.bound, .judged(let messageID, let status)):
            return judged(messageID, status)
        case (.bound, .report(let report)):
            return send(report, along: remoteAddresses)

        case (.bound, .timer(.response(let transactionID))):
            return timeOut(transactionID)

        case (.unbound, .closed), (.bound, .closed):
            state = .ended
            return abandon()
        case (.unbound, .end), (.bound, .end):
            state = .ended
            return departures.flatMap(\.timers).map(Effect.cancel) + [.close]

        case (.bound, .connected), (.unbound, .timer), (.unbound, .judged), (.unbound, .report), (.ended, _):
            return []
        }
    }

    /// Begins to send, with a SEND without body when there is nothing else (RFC 4975 §5.4).
    mutating func bind(announcing hasNothingToSend: Bool) -> [Effect] {
        state = .bound
        return hasNothingToSend ? announce() : sendChunks()
    }

    /// Gives up all that was not acknowledged.
    private mutating func abandon() -> [Effect] {
        let lost = departures.filter { $0.message.failureReport != .no || !$0.isSent }
        let effects = departures.flatMap(\.timers).map(Effect.cancel) + lost.map { .lost(messageID: $0.messageID) }
        departures = []
        transactions = [:]
        unjudged = [:]
        return effects
    }
}
