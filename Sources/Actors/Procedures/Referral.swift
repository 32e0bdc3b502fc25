import MessageBodies
import SIPDialogs
import SIPSyntax
import SIPTransactions

/// A REFER outside any dialog, until its final response and the end of what it has subscribed to.
///
/// OMA-TS-SIMPLE_IM-V1_0 §7.1.1.7, §7.1.1.14, §13.1.1 and §13.1.2; RFC 3515, RFC 4488, RFC 5368
struct Referral: Procedure {
    /// What the REFER is for, which decides what is reported and when.
    enum Purpose: Sendable {
        /// Somebody is to be added to the conference, or to be expelled; the response is all that is told.
        case membership
        /// The notifications tell whether the recording has begun.
        case recording
        case recordingEnd
    }

    private let session: String
    private let purpose: Purpose
    private let fields: ClientFields
    private var subscriber: Subscriber
    private let beginning: [Subscriber.Effect]
    private var isAnswered = false

    init(
        _ purpose: Purpose, session: String, to uri: String, referringTo target: Target, profile: IMClient.Profile,
        fields: ClientFields, identifiers: inout Identifiers
    ) {
        self.purpose = purpose
        self.session = session
        self.fields = fields
        var request = fields.initialRequest(.refer, to: uri, callID: identifiers.callID(), tag: identifiers.tag())
        fields.address(&request)
        request.add(.contact, fields.taggedContact)
        request.add(.supported, ClientFields.supported)
        switch purpose {
        case .membership: request.add(.referSub, ReferSub(createsSubscription: false).description)
        case .recording, .recordingEnd: break
        }
        target.refer(&request, contentID: "\(identifiers.token())@\(profile.address)")
        guard let (subscriber, effects) = Subscriber.begin(request, patience: profile.timing.timeout) else {
            preconditionFailure("A REFER asks for a subscription")
        }
        self.subscriber = subscriber
        beginning = effects
    }

    mutating func handle(_ event: ProcedureEvent) -> [ProcedureEffect] {
        switch event {
        case .begin:
            return [.claim(callID: subscriber.callID, tag: subscriber.localTag)] + translate(beginning)
        case .response(let response, to: .refer):
            return answered(response.status) + translate(subscriber.handle(.response(response)))
        case .failed(.refer, let failure):
            return answered(failure.status) + translate(subscriber.handle(.failed(status: failure.status)))
        case .response(let response, to: .subscribe):
            return translate(subscriber.handle(.response(response)))
        case .failed(.subscribe, let failure):
            return translate(subscriber.handle(.failed(status: failure.status)))
        case .request(let request, let key) where request.method == .notify:
            return translate(subscriber.handle(.notify(request)), answering: (request, key))
        case .request(let request, let key):
            return [.respond(fields.unknownDialog(request), to: key)]
        case .timer(let timer):
            return Subscriber.Timer(timer).map { translate(subscriber.handle(.timer($0))) } ?? []
        case .user, .acknowledged, .cancelled, .response, .failed, .media, .told, .document:
            return []
        }
    }

    private mutating func translate(
        _ effects: [Subscriber.Effect], answering request: (SIPMessage, TransactionKey)? = nil
    ) -> [ProcedureEffect] {
        effects.flatMap { effect -> [ProcedureEffect] in
            switch effect {
            case .send(let request): return [.send(request)]
            case .answer(let status):
                return request.map { [.respond(fields.response(status, to: $0), to: $1)] } ?? []
            case .notified(let notify, _): return read(notify)
            case .arm(let timer, let delay): return [.arm(ProcedureTimer(timer), after: delay)]
            case .cancel(let timer): return [.disarm(ProcedureTimer(timer))]
            case .ended(let ending): return end(ending)
            }
        }
    }

    // MARK: What is told

    /// The final response to the REFER.
    private mutating func answered(_ status: Int?) -> [ProcedureEffect] {
        guard let status, status >= 200 else { return [] }
        switch purpose {
        case .membership: return tell(.referred(session: session, status: status))
        case .recording where status >= 300, .recordingEnd where status >= 300: return fail("\(status) to the REFER")
        case .recording, .recordingEnd: return []
        }
    }

    /// The outcome that a NOTIFY tells by the status line of the response to what was referred.
    ///
    /// RFC 3515 §2.4.5
    private mutating func read(_ notify: SIPMessage) -> [ProcedureEffect] {
        guard let status = (try? SIPFragment(parsing: notify.body))?.statusCode, status >= 200 else { return [] }
        switch purpose {
        case .membership: return []
        case .recording: return status < 300 ? tell(.recording(session: session)) : fail("\(status)")
        case .recordingEnd: return status < 300 ? tell(.recordingEnded(session: session)) : fail("\(status)")
        }
    }

    private mutating func end(_ ending: Subscriber.Ending) -> [ProcedureEffect] {
        switch (purpose, ending) {
        case (.membership, _): return [.finish]
        // The REFER was accepted, and nothing more will be told.
        case (.recording, .notCreated): return tell(.recording(session: session)) + [.finish]
        case (.recordingEnd, .notCreated): return tell(.recordingEnded(session: session)) + [.finish]
        case (.recording, _), (.recordingEnd, _): return fail(ending.words) + [.finish]
        }
    }

    private mutating func fail(_ reason: String) -> [ProcedureEffect] {
        tell(.recordingFailed(session: session, reason: reason))
    }

    /// Reports the outcome, once.
    private mutating func tell(_ report: ClientReport) -> [ProcedureEffect] {
        guard !isAnswered else { return [] }
        isAnswered = true
        return [.report(report)]
    }
}

extension Referral {
    /// Whom or what a REFER refers to.
    enum Target: Sendable {
        case one(String)
        /// What the entries of a list in the body name.
        ///
        /// RFC 5368 §3 and §4
        case many([String])

        /// Refers the request to the target.
        func refer(_ request: inout SIPMessage, contentID: String) {
            switch self {
            case .one(let uri):
                request.add(.referTo, "<\(uri)>")
            case .many(let uris):
                request.add(.referTo, "<cid:\(contentID)>")
                request.add(.require, "multiple-refer, norefersub")
                request.add(.contentDisposition, BodyDisposition.recipientList.description)
                request.add(SIPFieldName("Content-ID"), "<\(contentID)>")
                request.add(.contentType, ResourceLists.mediaType)
                request.body = ResourceLists(uris).serialized()
            }
        }
    }
}
