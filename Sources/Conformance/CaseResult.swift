package import Network

/// What one attempt at a test case came to.
package struct CaseResult: Sendable, Equatable {
    package enum Outcome: Sendable, Equatable {
        case judged(interop: Verdict, conformance: Verdict)
        /// The harness or its environment failed; the reason says what and what to do.
        case error(reason: String)
        /// The ICS excludes the case; the reason names the item.
        case notApplicable(reason: String)
        case outOfTime(reason: String)
    }

    package var testCase: TestCase
    package var outcome: Outcome
    package var findings: [Finding]
    /// The messages of the trace, for the ladder and for the references of the findings.
    package var messages: [MessageSummary]
    package var cast: Cast
    package var started: Instant
    /// The time the case took, on the clock it ran by: real for a live run, virtual for a simulated one.
    package var elapsed: Duration
    /// The capture, relative to the folder of the run, or nil without one.
    package var capture: String?
    /// What people should know that is no finding, such as a step that did not complete.
    package var remarks: [String]
    /// How often the case has been attempted before, counted from 1.
    package var attempt: Int

    package init(
        testCase: TestCase, outcome: Outcome, findings: [Finding] = [], messages: [MessageSummary] = [],
        cast: Cast = Cast([]), started: Instant, elapsed: Duration, capture: String? = nil, remarks: [String] = [],
        attempt: Int = 1
    ) {
        self.testCase = testCase
        self.outcome = outcome
        self.findings = findings
        self.messages = messages
        self.cast = cast
        self.started = started
        self.elapsed = elapsed
        self.capture = capture
        self.remarks = remarks
        self.attempt = attempt
    }

    /// The interop verdict; `none` where the case was not judged, `error` where the harness failed.
    package var interop: Verdict {
        switch outcome {
        case .judged(let interop, _): interop
        case .error: .error
        case .notApplicable, .outOfTime: .none
        }
    }

    /// The conformance verdict, likewise.
    package var conformance: Verdict {
        switch outcome {
        case .judged(_, let conformance): conformance
        case .error: .error
        case .notApplicable, .outOfTime: .none
        }
    }

    /// The worse of the two verdicts.
    package var verdict: Verdict { max(interop, conformance) }
}

/// A message of the trace as a report shows it.
package struct MessageSummary: Sendable, Hashable {
    package var reference: MessageReference
    package var time: Instant
    package var source: SocketAddress
    package var destination: SocketAddress
    package var sender: PartyName?
    package var receiver: PartyName?
    /// `SIP`, `MSRP`, or `TCP` for what could not be framed.
    package var protocolName: String
    package var transport: TransportProtocol
    /// One line: `INVITE sip:bob@…`, `200 OK (INVITE)`, `SEND “Hello B”`.
    package var label: String
    /// The bytes as they were on the wire.
    package var bytes: [UInt8]
    package var step: String?

    package init(
        reference: MessageReference, time: Instant, source: SocketAddress, destination: SocketAddress,
        sender: PartyName?, receiver: PartyName?, protocolName: String, transport: TransportProtocol, label: String,
        bytes: [UInt8], step: String?
    ) {
        self.reference = reference
        self.time = time
        self.source = source
        self.destination = destination
        self.sender = sender
        self.receiver = receiver
        self.protocolName = protocolName
        self.transport = transport
        self.label = label
        self.bytes = bytes
        self.step = step
    }
}
