/// A reason why packets could not be captured or a capture could not be read; never the fault of the system under test.
package enum CaptureError: Error, Equatable, CustomStringConvertible {
    /// The bytes are no capture at all; the reason says what they are not.
    case notACapture(reason: String)
    case notPermitted(interface: String)
    case noSuchInterface(String)
    case filterRefused(String, reason: String)
    /// What libpcap says, for all that happens too seldom to have a name.
    case failed(interface: String, reason: String)

    package var description: String {
        switch self {
        case .notACapture(let reason):
            "This is no pcapng or pcap file: \(reason)."
        case .notPermitted(let interface):
            "Capturing on \(interface) needs the right CAP_NET_RAW; give it to the program "
                + "(sudo setcap cap_net_raw+ep <path of parley>), or run without a capture of the wire."
        case .noSuchInterface(let interface):
            "There is no interface \(interface) to capture on; “ip link” shows those that there are."
        case .filterRefused(let filter, let reason):
            "The capture filter “\(filter)” is not understood: \(reason)."
        case .failed(let interface, let reason):
            "Capturing on \(interface) has failed: \(reason)."
        }
    }
}
