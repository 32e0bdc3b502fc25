import CLibPcap
import Glibc
import Network

/// Takes packets from the kernel on a thread of its own.
///
/// Until that thread is joined, only `run` on it and `stop` elsewhere touch the worker.
final class CaptureWorker {
    private(set) var packets: [Capture.Packet] = []
    private(set) var defects: [String] = []
    private(set) var dropped: UInt64?
    private let handle: PcapHandle
    /// A pipe, whose end being closed tells the thread to stop.
    private let (reading, writing): (Int32, Int32)

    init(_ handle: PcapHandle) throws(CaptureError) {
        var descriptors: [Int32] = [-1, -1]
        guard pipe(&descriptors) == 0 else {
            throw .failed(interface: handle.interface, reason: String(cString: strerror(errno)))
        }
        (reading, writing) = (descriptors[0], descriptors[1])
        self.handle = handle
    }

    deinit { close(reading) }

    /// Tells the thread to take what has passed so far and to end.
    func stop() {
        close(writing)
    }

    func run() {
        var sources = [
            pollfd(fd: pcap_get_selectable_fd(handle.pointer), events: Int16(POLLIN), revents: 0),
            pollfd(fd: reading, events: Int16(POLLIN), revents: 0),
        ]
        var isStopping = false
        while !isStopping {
            let status = poll(&sources, 2, -1)
            isStopping = sources[1].revents != 0 || (status < 0 && errno != EINTR)
            guard takePackets() else { break }
        }
        countDrops()
    }

    /// Takes everything that waits.
    ///
    /// - Returns: Whether capturing can go on.
    private func takePackets() -> Bool {
        while true {
            let taken = pcap_dispatch(
                handle.pointer, -1,
                { worker, header, bytes in
                    guard let worker, let header, let bytes else { return }
                    Unmanaged<CaptureWorker>.fromOpaque(worker).takeUnretainedValue().add(header.pointee, bytes)
                }, Unmanaged.passUnretained(self).toOpaque())
            if taken == 0 { return true }
            guard taken > 0 else {
                defects.append(CaptureError.failed(interface: handle.interface, reason: handle.reason).description)
                return false
            }
        }
    }

    private func add(_ header: pcap_pkthdr, _ bytes: UnsafePointer<UInt8>) {
        let fraction = Int64(header.ts.tv_usec) * (handle.countsNanoseconds ? 1 : 1_000)
        packets.append(
            Capture.Packet(
                time: Instant(nanoseconds: Int64(header.ts.tv_sec) * 1_000_000_000 + fraction),
                bytes: Array(UnsafeBufferPointer(start: bytes, count: Int(header.caplen))),
                originalLength: Int(header.len)))
    }

    private func countDrops() {
        var statistics = pcap_stat()
        guard pcap_stats(handle.pointer, &statistics) == 0 else {
            defects.append("Whether packets passed by without being captured could not be found out.")
            return
        }
        dropped = UInt64(statistics.ps_drop)
    }
}
