import CCurl

/// One call on its way, by libcurl.
final class Transfer {
    /// What has come of the content.
    private final class Content {
        var bytes: [UInt8] = []
        var isFull: Bool { bytes.count == HTTPCall.longestContent }

        /// Takes what there is still room for.
        ///
        /// - Returns: How much that is; less than all ends the transfer.
        func take(_ piece: UnsafeRawBufferPointer) -> Int {
            let count = min(piece.count, HTTPCall.longestContent - bytes.count)
            bytes += piece.prefix(count)
            return count
        }
    }

    /// How far a call goes.
    enum End {
        case connection
        case answer
    }

    /// Loaded for the first call, and made ready once, before anything else; functions, which nothing alters.
    nonisolated(unsafe) private static let library: ParleyCurl? = {
        var library = ParleyCurl()
        return parley_load_curl(&library) ? library : nil
    }()

    private let curl: ParleyCurl
    private let pointer: UnsafeMutableRawPointer
    private let content = Content()
    /// Where libcurl says what has gone wrong.
    private let words: UnsafeMutablePointer<CChar>

    init(of call: HTTPCall, upTo end: End) throws(HTTPCallFailure) {
        guard let curl = Self.library, let pointer = curl.easy_init() else {
            throw HTTPCallFailure.unanswered(reason: "libcurl cannot be used on this machine")
        }
        self.curl = curl
        self.pointer = pointer
        words = .allocate(capacity: Int(CURL_ERROR_SIZE))
        words.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        for (option, text) in [
            (CURLOPT_URL, call.url), (CURLOPT_COPYPOSTFIELDS, call.form), (CURLOPT_PROTOCOLS_STR, "http,https"),
            // Whoever the environment names as a proxy is none for this machine's own network.
            (CURLOPT_PROXY, ""), (CURLOPT_USERAGENT, "Parley"),
        ] {
            try check(parley_set_text(curl, pointer, option, text))
        }
        if let authorities = call.authorities {
            try check(parley_set_text(curl, pointer, CURLOPT_CAINFO, authorities))
            try check(parley_set_text(curl, pointer, CURLOPT_CAPATH, nil))
        }
        for (option, number) in [
            (CURLOPT_TIMEOUT_MS, call.patience.milliseconds), (CURLOPT_FOLLOWLOCATION, 0),
            (CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1)),
            // Signals are for whoever runs the program, and no name server may keep it waiting when the time is over.
            (CURLOPT_NOSIGNAL, 1), (CURLOPT_QUICK_EXIT, 1), (CURLOPT_CONNECT_ONLY, end == .connection ? 1 : 0),
        ] {
            try check(parley_set_number(curl, pointer, option, number))
        }
        try check(parley_set_words(curl, pointer, words))
        try check(
            parley_set_reader(
                curl, pointer,
                { bytes, size, count, context in
                    guard let context else { return 0 }
                    let piece = UnsafeRawBufferPointer(start: bytes, count: size * count)
                    return Unmanaged<Content>.fromOpaque(context).takeUnretainedValue().take(piece)
                }, Unmanaged.passUnretained(content).toOpaque()))
    }

    deinit {
        curl.easy_cleanup(pointer)
        words.deallocate()
    }

    /// Goes on to the answer, or to the end of the time.
    func perform() throws(HTTPCallFailure) -> HTTPCall.Answer {
        let code = curl.easy_perform(pointer)
        let answer = HTTPCall.Answer(status: parley_status(curl, pointer), content: content.bytes)
        guard !content.isFull || answer.status == 0 else { return answer }
        try check(code)
        return answer
    }

    private func check(_ code: CURLcode) throws(HTTPCallFailure) {
        guard code != CURLE_OK else { return }
        let said = String(cString: words)
        let reason = said.isEmpty ? curl.easy_strerror(code).map { String(cString: $0) } ?? "" : said
        switch code {
        case CURLE_OPERATION_TIMEDOUT: throw .late
        case CURLE_COULDNT_CONNECT, CURLE_COULDNT_RESOLVE_HOST: throw .unreachable(reason: reason)
        case CURLE_PEER_FAILED_VERIFICATION: throw .untrusted(reason: reason)
        case CURLE_SSL_CACERT_BADFILE: throw .noAuthorities(reason: reason)
        default: throw .unanswered(reason: reason)
        }
    }
}

extension Duration {
    /// At least one: for libcurl none at all means any time.
    fileprivate var milliseconds: Int {
        max(1, Int(components.seconds) * 1000 + Int(components.attoseconds / 1_000_000_000_000_000))
    }
}
