import CLibUV
import Network

// How bytes leave: at once as long as the operating system takes them, and otherwise a piece at a time.
extension Connection {
    /// How much may wait for a peer that does not read before the connection is reset.
    private static let queueLimit = 32 << 20

    func send(_ bytes: [UInt8]) {
        guard phase == .connecting || phase == .open, !isClosedByNode else { return }
        if let security {
            carryOut(security.send(bytes))
        } else {
            outgoing.append(bytes)
            pump()
        }
        guard outgoing.count + (security?.waitingCount ?? 0) > Self.queueLimit, phase != .broken else { return }
        reset(reason: "the peer does not read: more than 32 MiB wait to be sent")
    }

    /// Whether something that was written has not left yet.
    var hasMoreToSend: Bool { !outgoing.isEmpty || security?.waitingCount ?? 0 > 0 }

    /// Hands over as much as the operating system takes.
    func pump() {
        while phase == .open, !isWriting, !outgoing.isEmpty {
            let time = loop.clock.now
            let status = withBuffer(of: outgoing.front, from: outgoing.offset) { uv_try_write(stream, $0, 1) }
            if status > 0 {
                observeSent(outgoing.take(Int(status)), at: time)
            } else if uv_errno_t(status) == UV_EAGAIN {
                writeLater()
            } else {
                return fail(status)
            }
        }
        finishIfWritten()
    }

    private func writeLater() {
        isWriting = true
        let status = write.start(outgoing.front[outgoing.offset...], on: stream) { request, status in
            Connection.owner(of: request?.pointee.handle)?.written(status)
        }
        if status != 0 { fail(status) }
    }

    private func written(_ status: Int32) {
        isWriting = false
        guard status == 0 else { return fail(status) }
        guard phase == .open else { return }
        observeSent(outgoing.take(write.count), at: loop.clock.now)
        pump()
    }

    private func reset(reason: String) {
        if let local, let remote, phase == .open {
            loop.observe(.closed, .sent, by: sockets.handle, from: local, to: remote)
        }
        breakOff(reason: reason)
        resetsOnClose = true
    }

    private func observeSent(_ bytes: [UInt8], at time: Instant) {
        guard let local, let remote else { return }
        loop.observe(.stream(bytes), .sent, by: sockets.handle, from: local, to: remote, at: time)
    }
}

/// A piece of a stream that libuv writes when the operating system has room again.
final class StreamWrite {
    private static let capacity = 65_536

    private(set) var count = 0
    private let request = UnsafeMutablePointer<uv_write_t>.allocate(capacity: 1)
    private let copy = UnsafeMutablePointer<CChar>.allocate(capacity: capacity)

    deinit {
        request.deallocate()
        copy.deallocate()
    }

    /// Begins to write as many of the bytes as fit into one piece.
    func start(_ bytes: ArraySlice<UInt8>, on stream: UnsafeMutablePointer<uv_stream_t>, then: uv_write_cb) -> Int32 {
        count = min(bytes.count, Self.capacity)
        UnsafeMutableRawBufferPointer(start: copy, count: count).copyBytes(from: bytes.prefix(count))
        var buffer = uv_buf_init(copy, UInt32(count))
        return uv_write(request, stream, &buffer, 1, then)
    }
}
