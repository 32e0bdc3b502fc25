import HTTPCalls

/// A URL to which what the operator is asked is posted, as a form.
struct CallHook {
    private let url: HookURL
    private let target: String
    private let seconds: Int
    private let authorities: String?
    private let redaction: Redaction

    /// - Parameters:
    ///   - url: Whom to call.
    ///   - seconds: How long the answer may take.
    ///   - authorities: The file with the certificates that are trusted; nil for those of this machine.
    ///   - redaction: Hides what is never to be told.
    /// - Throws: Which secret of the URL is not there.
    init(
        _ url: HookURL, seconds: Int, trusting authorities: String?, hiding redaction: Redaction
    ) throws(UsageError) {
        var redaction = redaction
        target = try url.resolved(&redaction)
        self.url = url
        self.seconds = seconds
        self.authorities = authorities
        self.redaction = redaction
    }

    /// Posts, and waits for the answer.
    ///
    /// - Returns: Why it has not done its work, with the last words of the answer, or nil.
    func run(_ variables: [String: String]) -> String? {
        let call = HTTPCall(posting: variables, to: target, within: .seconds(seconds), trusting: authorities)
        do throws(HTTPCallFailure) {
            let answer = try call.answer()
            let words = SystemHooks.lastWords(String(decoding: answer.content, as: UTF8.self), redaction)
            switch answer.status {
            case 200..<300: return nil
            case 300..<400: return "\(hook) answered \(answer.status), which is not followed; name where that leads"
            default: return "\(hook) answered \(answer.status)\(words)"
            }
        } catch {
            return "\(hook) \(complaint(error))"
        }
    }

    /// Connects, and over TLS sees who is there; asks for nothing.
    ///
    /// - Returns: What is wrong and what to do, or nil.
    func problem() -> String? {
        do throws(HTTPCallFailure) {
            try HTTPCall(posting: [:], to: target, within: .seconds(seconds), trusting: authorities).connect()
            return nil
        } catch {
            let isKnown =
                switch error {
                case .untrusted, .noAuthorities: true
                case .late, .unreachable, .unanswered: false
                }
            return "it \(complaint(error))"
                + (isKnown ? "." : "; see that it runs, whether “call” says where, and what lies between.")
        }
    }

    private func complaint(_ failure: HTTPCallFailure) -> String {
        switch failure {
        case .late: "did not answer within \(seconds) s"
        case .unreachable(let reason): "cannot be reached: \(redaction(reason))"
        case .untrusted(let reason): "does not prove who it is: \(redaction(reason)); see “ca” under “tls”"
        case .noAuthorities(let reason):
            "cannot be called, for the authorities \(authorities.map { "in “\($0)”" } ?? "of this machine") cannot be read: \(redaction(reason))"
        case .unanswered(let reason): "gave no answer: \(redaction(reason))"
        }
    }

    private var hook: String { "the hook “\(redaction(url.words))”" }
}
