import CLibUV
package import Network

/// A reason in our environment why sockets cannot do their work; never the fault of the system under test.
package struct TransportError: Error, Equatable, CustomStringConvertible {
    package enum Cause: Sendable, Equatable {
        case addressInUse
        case addressNotAvailable
        /// A listening point without an address of its own, such as `0.0.0.0`.
        case addressUnspecified
        case notPermitted
        case tooManyDescriptors
        /// What the operating system says, for all that happens too seldom to have a name.
        case other(String)
    }

    package var cause: Cause
    package var point: ListeningPoint?

    package init(_ cause: Cause, _ point: ListeningPoint? = nil) {
        self.cause = cause
        self.point = point
    }

    /// The error that a libuv function returned.
    init(status: Int32, _ point: ListeningPoint? = nil) {
        let cause: Cause =
            switch uv_errno_t(status) {
            case UV_EADDRINUSE: .addressInUse
            case UV_EADDRNOTAVAIL: .addressNotAvailable
            case UV_EACCES, UV_EPERM: .notPermitted
            case UV_EMFILE, UV_ENFILE: .tooManyDescriptors
            default: .other(String(cString: uv_strerror(status)))
            }
        self.init(cause, point)
    }

    package var description: String {
        let place = point.map { "\($0.address) (\($0.transport.rawValue.uppercased()))" } ?? "a socket"
        return switch cause {
        case .addressInUse:
            "\(place) is used by another program; end it, or give the party another address or port."
        case .addressNotAvailable:
            "\(place) is not an address of this machine; give the party another, or add it to an interface."
        case .addressUnspecified:
            "\(place) is every address at once; give each party an address of its own."
        case .notPermitted:
            "\(place) may not be opened with the rights of this user; ports below 1024 need CAP_NET_BIND_SERVICE."
        case .tooManyDescriptors:
            "\(place) could not be opened: the limit of open descriptors is reached; raise it with ulimit -n."
        case .other(let reason):
            "\(place) could not be opened: \(reason)."
        }
    }
}
