import Bytes
import Foundation
import Glibc
import Network

/// A URL to which what the operator is asked is posted, as a form.
///
/// RFC 9110 §9.3.3; HTML, application/x-www-form-urlencoded
struct CallHook {
    private let url: String
    private let seconds: Int

    init(_ url: String, seconds: Int) {
        self.url = url
        self.seconds = seconds
    }

    /// Posts, and waits for the answer.
    ///
    /// - Returns: Why it has not done its work, with the last words of the answer, or nil.
    func run(_ variables: [String: String]) -> String? {
        let rest = url.dropFirst("http://".count)
        let authority = String(rest.prefix { $0 != "/" })
        guard let place = HostPort(authority) else { return "the hook “\(url)” has no host" }
        let path = rest.dropFirst(authority.count)
        let form = variables.sorted { $0.key < $1.key }.map { "\($0)=\($1.percentEscaped(except: "-_.~"))" }.joined(
            separator: "&")
        let request = """
            POST \(path.isEmpty ? "/" : String(path)) HTTP/1.1\r
            Host: \(authority)\r
            Connection: close\r
            Content-Type: application/x-www-form-urlencoded\r
            Content-Length: \(form.utf8.count)\r
            \r
            \(form)
            """
        guard let descriptor = connect(to: place) else {
            return "the hook “\(url)” cannot be reached: \(String(cString: strerror(errno)))"
        }
        defer { close(descriptor) }
        guard let answer = exchange(request, over: descriptor) else {
            return "the hook “\(url)” did not answer within \(seconds) s"
        }
        let status = answer.split(separator: " ", maxSplits: 2).dropFirst().first.flatMap { Int($0) } ?? 0
        guard !(200..<300 ~= status) else { return nil }
        let body = answer.firstRange(of: "\r\n\r\n").map { answer[$0.upperBound...] } ?? ""
        let line = answer.prefix { !$0.isNewline }
        let words = SystemHooks.lastWords(String(body))
        return "the hook “\(url)” answered \(status == 0 ? "nothing" : String(line))\(words)"
    }

    private func connect(to place: HostPort) -> Int32? {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(place.host, String(place.port ?? 80), &hints, &found) == 0 else { return nil }
        defer { freeaddrinfo(found) }
        var limit = timeval(tv_sec: seconds, tv_usec: 0)
        for entry in sequence(first: found, next: { $0?.pointee.ai_next }).prefix(while: { $0 != nil }) {
            guard let address = entry?.pointee else { break }
            let descriptor = socket(address.ai_family, address.ai_socktype, address.ai_protocol)
            guard descriptor >= 0 else { continue }
            for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
                setsockopt(descriptor, SOL_SOCKET, option, &limit, socklen_t(MemoryLayout<timeval>.size))
            }
            if Glibc.connect(descriptor, address.ai_addr, address.ai_addrlen) == 0 { return descriptor }
            close(descriptor)
        }
        return nil
    }

    /// What comes until the other side closes, or has said enough; nil where the time is over.
    private func exchange(_ request: String, over descriptor: Int32) -> String? {
        let end = ContinuousClock().now + .seconds(seconds)
        let bytes = Array(request.utf8)
        guard send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else { return nil }
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        while answer.count < 65_536, ContinuousClock().now < end {
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count >= 0 else { return nil }
            if count == 0 { return String(decoding: answer, as: UTF8.self) }
            answer += buffer[..<count]
        }
        return answer.isEmpty ? nil : String(decoding: answer, as: UTF8.self)
    }
}
