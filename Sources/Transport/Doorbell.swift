import CLibUV
import Network
import Synchronization

/// Wakes an event loop from another thread, so that its owner looks for what has come by other ways than sockets.
package final class Doorbell: Sendable {
    /// libuv's handle, of which other threads use nothing but `uv_async_send`.
    private nonisolated(unsafe) let handle = UnsafeMutablePointer<uv_async_t>.allocate(capacity: 1)
    private let isClosed = Mutex(false)

    init(of loop: LibUVLoop) throws(TransportError) {
        let status = uv_async_init(loop.native, handle) { _ in }
        guard status == 0 else { throw TransportError(status: status) }
        // The handle keeps the bell for as long as libuv knows it.
        handle.pointee.data = Unmanaged.passRetained(self).toOpaque()
    }

    deinit { handle.deallocate() }

    /// Lets the loop ask its condition; rings before it has asked are one.
    package func ring() {
        isClosed.withLock { isClosed in
            if !isClosed { uv_async_send(handle) }
        }
    }

    /// Takes the bell off the loop; who rings it from now on is not heard.
    func close() {
        isClosed.withLock { isClosed in
            isClosed = true
            closeHandle(handle)
        }
    }
}
