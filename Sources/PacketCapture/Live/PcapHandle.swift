import CLibPcap
import Glibc

/// A libpcap handle that captures on an interface, and closes when nobody needs it.
final class PcapHandle {
    /// Room for what comes while nobody takes it, a thousand packets: each takes as much of it as the largest would.
    private static let bufferSize: Int32 = 64 << 20
    /// The largest that segmentation offload lets pass, with its link-layer header.
    private static let longestPacket: Int32 = 65_600

    let pointer: OpaquePointer
    let interface: String
    /// Whether times have nanoseconds in place of microseconds.
    let countsNanoseconds: Bool

    init(interface: String) throws(CaptureError) {
        var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
        guard let pointer = pcap_create(interface, &message) else {
            throw .failed(interface: interface, reason: message.terminatedText)
        }
        self.pointer = pointer
        self.interface = interface
        countsNanoseconds = pcap_set_tstamp_precision(pointer, PCAP_TSTAMP_PRECISION_NANO) == 0
        try activate()
        keepOnce()
    }

    deinit { pcap_close(pointer) }

    var linkType: LinkType { LinkType(rawValue: UInt16(truncatingIfNeeded: pcap_datalink(pointer))) }

    var reason: String { String(cString: pcap_geterr(pointer)) }

    /// How many packets have passed by without being captured, or nil where it cannot be found out.
    var dropped: UInt64? {
        var statistics = pcap_stat()
        guard pcap_stats(pointer, &statistics) == 0 else { return nil }
        return UInt64(statistics.ps_drop)
    }

    private func activate() throws(CaptureError) {
        pcap_set_snaplen(pointer, Self.longestPacket)
        pcap_set_buffer_size(pointer, Self.bufferSize)
        // Each packet is there as soon as it has passed, so that stopping needs no waiting.
        pcap_set_immediate_mode(pointer, 1)
        let status = pcap_activate(pointer)
        guard status < 0 else { return }
        throw CaptureError(status: status, interface: interface, reason: reason)
    }

    /// Has the kernel show each packet on loopback as it comes, and not as it leaves as well, which halves the room.
    private func keepOnce() {
        guard interface == "lo" else { return }
        var isIgnored: Int32 = 1
        // A kernel that is too old for this shows both, and libpcap takes one away.
        setsockopt(
            pcap_fileno(pointer), SOL_PACKET, PACKET_IGNORE_OUTGOING, &isIgnored,
            socklen_t(MemoryLayout<Int32>.size))
    }

    /// Lets nothing pass from now on but what passes the filter.
    func install(_ filter: String) throws(CaptureError) {
        var program = bpf_program()
        guard pcap_compile(pointer, &program, filter, 1, PCAP_NETMASK_UNKNOWN) == 0 else {
            throw .filterRefused(filter, reason: reason)
        }
        defer { pcap_freecode(&program) }
        guard pcap_setfilter(pointer, &program) == 0 else { throw .failed(interface: interface, reason: reason) }
        var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
        guard pcap_setnonblock(pointer, 1, &message) == 0 else {
            throw .failed(interface: interface, reason: message.terminatedText)
        }
        // What came before the filter was there must take no room.
        pcap_dispatch(pointer, -1, { _, _, _ in }, nil)
    }
}

extension CaptureError {
    /// The error that `pcap_activate` returns.
    init(status: Int32, interface: String, reason: String) {
        switch status {
        case PCAP_ERROR_PERM_DENIED: self = .notPermitted(interface: interface)
        case PCAP_ERROR_NO_SUCH_DEVICE: self = .noSuchInterface(interface)
        default:
            let general = String(cString: pcap_statustostr(status))
            self = .failed(interface: interface, reason: reason.isEmpty ? general : reason)
        }
    }
}

extension [CChar] {
    /// The text before the terminating zero.
    fileprivate var terminatedText: String {
        String(decoding: prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
