import CLibPcap
import Glibc
import Network

/// Takes packets from the kernel on a thread of its own.
///
/// Until that thread is joined, only `run` on it, and `takeOver` and `stop` elsewhere, touch the worker.
final class CaptureWorker {
    /// What a worker has taken from the kernel.
    struct Yield {
        var packets: [Capture.Packet] = []
        var defects: [String] = []
        var dropped: UInt64?
    }

    private var yield = Yield()
    /// How many had been dropped at the last count, or before there was a filter.
    private var droppedBefore: UInt32
    /// What has been asked for: the thread fills it before it answers.
    private var handedOver = Yield()
    private let handle: PcapHandle
    /// A pipe of demands; its end being closed tells the thread to stop.
    private let demands: Pipe
    /// A pipe of answers to demands.
    private let answers: Pipe

    private struct Pipe {
        var reading: Int32
        var writing: Int32

        init(for interface: String) throws(CaptureError) {
            var descriptors: [Int32] = [-1, -1]
            guard pipe(&descriptors) == 0 else {
                throw .failed(interface: interface, reason: String(cString: strerror(errno)))
            }
            (reading, writing) = (descriptors[0], descriptors[1])
        }
    }

    init(_ handle: PcapHandle) throws(CaptureError) {
        demands = try Pipe(for: handle.interface)
        answers = try Pipe(for: handle.interface)
        self.handle = handle
        droppedBefore = handle.count?.dropped ?? 0
    }

    deinit {
        for descriptor in [demands.reading, answers.reading, answers.writing] { close(descriptor) }
    }

    /// Tells the thread to take what has passed so far and to end.
    func stop() {
        close(demands.writing)
    }

    /// Waits until the thread has taken what has passed so far.
    ///
    /// - Returns: What has been taken since the last call.
    func takeOver() -> Yield {
        var byte: UInt8 = 0
        guard write(demands.writing, &byte, 1) == 1, read(answers.reading, &byte, 1) == 1 else {
            return Yield(defects: ["The thread that captures does not answer."])
        }
        return handedOver
    }

    /// What is left when the thread has ended.
    var rest: Yield { yield }

    func run() {
        var sources = [
            pollfd(fd: pcap_get_selectable_fd(handle.pointer), events: Int16(POLLIN), revents: 0),
            pollfd(fd: demands.reading, events: Int16(POLLIN), revents: 0),
        ]
        var isStopping = false
        while !isStopping {
            let status = poll(&sources, 2, -1)
            isStopping = status < 0 && errno != EINTR
            var byte: UInt8 = 0
            let isDemanded = sources[1].revents != 0
            // Nothing to read although it is ready: the other end is closed.
            if isDemanded, read(demands.reading, &byte, 1) != 1 { isStopping = true }
            let isAsked = isStopping || isDemanded
            let isWell = isAsked ? handle.takeAll(add) : handle.take(add)
            if !isWell {
                yield.defects.append(
                    CaptureError.failed(interface: handle.interface, reason: handle.reason).description)
            }
            if isAsked || !isWell { countDrops() }
            if isDemanded, !isStopping { handOver() }
            if !isWell { return awaitStop() }
        }
    }

    /// Answers demands after capturing has failed; what it has failed of is among the defects.
    private func awaitStop() {
        var byte: UInt8 = 0
        while read(demands.reading, &byte, 1) == 1 { handOver() }
    }

    private func handOver() {
        handedOver = yield
        yield = Yield()
        var byte: UInt8 = 0
        _ = write(answers.writing, &byte, 1)
    }

    private func add(_ header: pcap_pkthdr, _ bytes: UnsafePointer<UInt8>) {
        let fraction = Int64(header.ts.tv_usec) * (handle.countsNanoseconds ? 1 : 1_000)
        yield.packets.append(
            Capture.Packet(
                time: Instant(nanoseconds: Int64(header.ts.tv_sec) * 1_000_000_000 + fraction),
                bytes: Array(UnsafeBufferPointer(start: bytes, count: Int(header.caplen))),
                originalLength: Int(header.len)))
    }

    private func countDrops() {
        guard let dropped = handle.count?.dropped else {
            yield.defects.append("Whether packets passed by without being captured could not be found out.")
            return
        }
        yield.dropped = UInt64(dropped &- droppedBefore)
        droppedBefore = dropped
    }
}
