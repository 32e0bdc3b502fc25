import CLibPcap
import Glibc

/// A libpcap handle that captures on an interface, and closes when nobody needs it.
final class PcapHandle {
    /// Room for what comes while nobody takes it: 20,000 messages of 500 bytes, or what comes within 300 ms.
    ///
    /// The kernel hands it over in blocks of 256 KiB, each when it is full or its time is up. All of it is cleared when
    /// the capture begins, which is most of what beginning costs.
    static let bufferSize: Int32 = 16 << 20
    /// How long a block waits for more packets before it is handed over, in milliseconds.
    ///
    /// Immediate mode would not wait, but there each packet takes as much room as the largest would, 128 KiB.
    private static let blockTime: Int32 = 5
    /// The largest that segmentation offload lets pass, with its link-layer header.
    private static let longestPacket: Int32 = 65_600

    let pointer: OpaquePointer
    let interface: String
    /// Whether times have nanoseconds in place of microseconds.
    let countsNanoseconds: Bool
    /// How many of the packets that the kernel has kept have been taken from it; never more than in truth, but fewer
    /// where libpcap has taken some away unseen.
    private var taken: UInt32 = 0
    private var lastCount = Count(passed: 0, dropped: 0)

    init(interface: String, bufferSize: Int32 = PcapHandle.bufferSize) throws(CaptureError) {
        var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
        guard let pointer = pcap_create(interface, &message) else {
            throw .failed(interface: interface, reason: message.terminatedText)
        }
        self.pointer = pointer
        self.interface = interface
        countsNanoseconds = pcap_set_tstamp_precision(pointer, PCAP_TSTAMP_PRECISION_NANO) == 0
        try activate(bufferSize: bufferSize)
        keepOnce()
    }

    deinit { pcap_close(pointer) }

    var linkType: LinkType { LinkType(rawValue: UInt16(truncatingIfNeeded: pcap_datalink(pointer))) }

    var reason: String { String(cString: pcap_geterr(pointer)) }

    /// How many packets have passed the filter so far, or nil where it cannot be found out.
    var count: Count? {
        var statistics = pcap_stat()
        guard pcap_stats(pointer, &statistics) == 0 else { return nil }
        return Count(passed: statistics.ps_recv, dropped: statistics.ps_drop)
    }

    private func activate(bufferSize: Int32) throws(CaptureError) {
        pcap_set_snaplen(pointer, Self.longestPacket)
        pcap_set_buffer_size(pointer, bufferSize)
        pcap_set_timeout(pointer, Self.blockTime)
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
        var message = [CChar](repeating: 0, count: Int(PCAP_ERRBUF_SIZE))
        guard pcap_setnonblock(pointer, 1, &message) == 0 else {
            throw .failed(interface: interface, reason: message.terminatedText)
        }
        // What came before the filter was there must take no room.
        shut()
        guard takeAll({ _, _ in }), pcap_setfilter(pointer, &program) == 0 else {
            throw .failed(interface: interface, reason: reason)
        }
    }

    /// Lets nothing pass at all until a filter is installed.
    private func shut() {
        var refusal = sock_filter(code: UInt16(BPF_RET | BPF_K), jt: 0, jf: 0, k: 0)
        withUnsafeMutablePointer(to: &refusal) { instruction in
            var program = sock_fprog(len: 1, filter: instruction)
            setsockopt(
                pcap_fileno(pointer), SOL_SOCKET, SO_ATTACH_FILTER, &program,
                socklen_t(MemoryLayout<sock_fprog>.size))
        }
    }
}

extension PcapHandle {
    /// How many packets have passed the filter, modulo 2^32.
    struct Count {
        var passed: UInt32
        /// Those of them for which there was no room.
        var dropped: UInt32
        var kept: UInt32 { passed &- dropped }
    }

    /// What is done with a packet.
    typealias Reception = (pcap_pkthdr, UnsafePointer<UInt8>) -> Void

    /// Far longer than the kernel lets a block wait.
    private static let longestWait: Duration = .milliseconds(100)

    /// Takes the packets of the blocks that the kernel has handed over.
    ///
    /// - Returns: Whether capturing can go on.
    func take(_ receive: Reception) -> Bool {
        let isCooked = linkType == .linuxSLL
        return withoutActuallyEscaping(receive) { receive in
            let counted: Reception = { [self] header, bytes in
                taken &+= isCooked && Self.isOnLoopback(bytes) ? 2 : 1
                receive(header, bytes)
            }
            return withUnsafePointer(to: counted) { dispatch(to: UnsafeRawPointer($0)) }
        }
    }

    /// Has libpcap hand its packets to what is a `Reception`.
    ///
    /// - Returns: Whether capturing can go on.
    private func dispatch(to reception: UnsafeRawPointer) -> Bool {
        while true {
            let status = pcap_dispatch(
                pointer, -1,
                { reception, header, bytes in
                    guard let reception, let header, let bytes else { return }
                    UnsafeRawPointer(reception).load(as: Reception.self)(header.pointee, bytes)
                }, UnsafeMutableRawPointer(mutating: reception).assumingMemoryBound(to: UInt8.self))
            guard status > 0 else { return status == 0 }
        }
    }

    /// Takes every packet that has passed so far, and waits for those in the block that is not handed over yet.
    ///
    /// - Returns: Whether capturing can go on.
    func takeAll(_ receive: Reception) -> Bool {
        let deadline = ContinuousClock.now + Self.longestWait
        guard take(receive) else { return false }
        guard let count else { return true }
        // What was dropped may have been one of two.
        taken &-= count.dropped &- lastCount.dropped
        lastCount = count
        func lacksSome() -> Bool { Int32(bitPattern: count.kept &- taken) > 0 }
        var source = pollfd(fd: pcap_get_selectable_fd(pointer), events: Int16(POLLIN), revents: 0)
        while lacksSome() {
            let isLate = ContinuousClock.now > deadline
            poll(&source, 1, isLate ? 0 : Self.blockTime)
            guard take(receive) else { return false }
            // No block waits that long: what still lacks, libpcap has taken away.
            if isLate, lacksSome() { taken = count.kept }
        }
        return true
    }

    /// Whether a packet in the form for all interfaces at once has come over loopback: the kernel has counted it as it
    /// left, too, which libpcap does not show.
    private static func isOnLoopback(_ bytes: UnsafePointer<UInt8>) -> Bool {
        // ARPHRD_LOOPBACK
        UInt16(bytes[2]) << 8 | UInt16(bytes[3]) == 772
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
