import CLibUV
import Glibc
import Network

/// The libuv loop, and what its callbacks have brought that the owner has not been told yet.
final class LibUVLoop {
    /// A timer of a node, or the end of our patience with a peer.
    enum TimerName: Hashable {
        case node(NodeHandle, TimerID)
        case linger(NodeHandle, ConnectionID)
        /// The end of our patience with a peer that does not finish its handshake.
        case handshake(NodeHandle, ConnectionID)
    }

    struct Arrival {
        var node: NodeHandle
        var event: NodeEvent
        var time: Instant
    }

    static let receiveBufferSize = 65_536

    let native: UnsafeMutablePointer<uv_loop_t>
    /// One buffer for everything that is received; what a callback wants to keep it copies out.
    let receiveBuffer = UnsafeMutablePointer<CChar>.allocate(capacity: receiveBufferSize)
    let clock = RunClock()
    var timers = TimerQueue<TimerName>()
    var observations: [Observation] = []
    /// What went wrong in our environment during a callback.
    var failure: TransportError?
    /// The secrets of secured connections, in the order in which they were made.
    var secrets: [String] = []
    private var arrivals: [Arrival] = []
    private var nextArrival = 0
    private let alarm = UnsafeMutablePointer<uv_timer_t>.allocate(capacity: 1)
    private var isClosed = false

    init() throws(TransportError) {
        // A write to a connection that the peer has reset is an error code here, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        native = .allocate(capacity: 1)
        let status = uv_loop_init(native)
        guard status == 0 else { throw TransportError(status: status) }
        native.pointee.data = Unmanaged.passUnretained(self).toOpaque()
        uv_timer_init(native, alarm)
        alarm.pointee.data = nil
    }

    deinit {
        receiveBuffer.deallocate()
        alarm.deallocate()
        native.deallocate()
    }

    func report(_ event: NodeEvent, to node: NodeHandle) {
        arrivals.append(Arrival(node: node, event: event, time: clock.now))
    }

    func nextReport() -> Arrival? {
        guard nextArrival < arrivals.count else {
            arrivals.removeAll(keepingCapacity: true)
            nextArrival = 0
            return nil
        }
        defer { nextArrival += 1 }
        return arrivals[nextArrival]
    }

    /// Drops the timers of a node.
    func forget(_ node: NodeHandle) {
        timers.cancelAll { name in
            switch name {
            case .node(let owner, _), .linger(let owner, _), .handshake(let owner, _): owner == node
            }
        }
    }

    func observe(
        _ content: Observation.Content, _ direction: Observation.Direction, by node: NodeHandle,
        from source: SocketAddress, to destination: SocketAddress, at time: Instant? = nil
    ) {
        observations.append(
            Observation(
                node: node, time: time ?? clock.now, direction: direction, source: source, destination: destination,
                content: content))
    }

    /// Lets libuv work until a callback has run or the time has come.
    func wait(until time: Instant) {
        uv_update_time(native)
        let nanoseconds = max(0, (time - clock.now).nanoseconds)
        // An alarm that goes off before libuv looks for events must keep it from waiting for them.
        uv_timer_start(alarm, { uv_stop($0?.pointee.loop) }, UInt64((nanoseconds + 999_999) / 1_000_000), 0)
        uv_run(native, UV_RUN_ONCE)
    }

    /// Closes the loop, whose other handles are closing already.
    func close() {
        guard !isClosed else { return }
        isClosed = true
        closeHandle(alarm)
        uv_run(native, UV_RUN_DEFAULT)
        let status = uv_loop_close(native)
        precondition(status == 0, "A handle is still open when its loop is closed")
    }

    static func receiving(_ handle: UnsafeMutablePointer<uv_handle_t>?) -> uv_buf_t {
        guard let data = handle?.pointee.loop.pointee.data else { return uv_buf_init(nil, 0) }
        let loop = Unmanaged<LibUVLoop>.fromOpaque(data).takeUnretainedValue()
        return uv_buf_init(loop.receiveBuffer, UInt32(receiveBufferSize))
    }
}

/// Closes a libuv handle, and lets go of its Swift owner once libuv has done so.
func closeHandle(_ pointer: UnsafeMutableRawPointer) {
    let handle = pointer.assumingMemoryBound(to: uv_handle_t.self)
    guard uv_is_closing(handle) == 0 else { return }
    uv_close(handle, releaseOwner)
}

func releaseOwner(_ handle: UnsafeMutablePointer<uv_handle_t>?) {
    guard let owner = handle?.pointee.data else { return }
    Unmanaged<AnyObject>.fromOpaque(owner).release()
}
