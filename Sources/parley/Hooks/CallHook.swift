import HTTPCalls

/// A URL to which what the operator is asked is posted, as a form.
struct CallHook {
    private let url: String
    private let seconds: Int
    private let authorities: String?

    /// - Parameters:
    ///   - url: Whom to call.
    ///   - seconds: How long the answer may take.
    ///   - authorities: The file with the certificates that are trusted; nil for those of this machine.
    init(_ url: String, seconds: Int, trusting authorities: String?) {
        self.url = url
        self.seconds = seconds
        self.authorities = authorities
    }

    /// Posts, and waits for the answer.
    ///
    /// - Returns: Why it has not done its work, with the last words of the answer, or nil.
    func run(_ variables: [String: String]) -> String? {
        let call = HTTPCall(posting: variables, to: url, within: .seconds(seconds), trusting: authorities)
        do throws(HTTPCallFailure) {
            let answer = try call.answer()
            let words = SystemHooks.lastWords(String(decoding: answer.content, as: UTF8.self))
            switch answer.status {
            case 200..<300: return nil
            case 300..<400: return "\(hook) answered \(answer.status), which is not followed; name where that leads"
            default: return "\(hook) answered \(answer.status)\(words)"
            }
        } catch {
            switch error {
            case .late: return "\(hook) did not answer within \(seconds) s"
            case .unreachable(let reason): return "\(hook) cannot be reached: \(reason)"
            case .untrusted(let reason): return "\(hook) does not prove who it is: \(reason); see “ca” under “tls”"
            case .unanswered(let reason): return "\(hook) gave no answer: \(reason)"
            }
        }
    }

    /// The hook in words, without the query of the URL, in which there may be secrets.
    private var hook: String {
        let place = url.prefix { $0 != "?" }
        return "the hook “\(place)\(place.count < url.count ? "?…" : "")”"
    }
}
