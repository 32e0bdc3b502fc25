import Glibc
import Network

/// A capture of what passes an interface, from the moment this value exists until it is stopped.
///
/// Once the initialiser has returned, the kernel keeps every packet that passes the filter, and no other: there is nothing
/// to wait for. A thread of its own takes them from the kernel, so that the owner's loop is not disturbed.
package final class LiveCapture {
    private let worker: CaptureWorker
    private let interface: Capture.Interface
    private var thread = pthread_t()
    private var isRunning = true

    /// Begins to capture what passes the filter, which is written in the language of pcap-filter(7).
    package convenience init(on interface: String, filter: String) throws(CaptureError) {
        try self.init(by: PcapHandle(interface: interface), filter: filter)
    }

    init(by handle: PcapHandle, filter: String) throws(CaptureError) {
        try handle.install(filter)
        let interface = handle.interface
        self.interface = Capture.Interface(linkType: handle.linkType, name: interface, filter: filter)
        worker = try CaptureWorker(handle)
        let status = pthread_create(
            &thread, nil,
            { worker in
                guard let worker else { return nil }
                Unmanaged<CaptureWorker>.fromOpaque(worker).takeUnretainedValue().run()
                return nil
            }, Unmanaged.passUnretained(worker).toOpaque())
        guard status == 0 else {
            isRunning = false
            throw .failed(interface: interface, reason: String(cString: strerror(status)))
        }
    }

    deinit { join() }

    /// Stops after everything that has passed the interface so far.
    ///
    /// - Returns: The packets; the capture has a defect for each reason for which some may be missing.
    package func stop() -> Capture {
        join()
        return capture(of: worker.rest)
    }

    /// Goes on after everything that has passed the interface so far has been taken.
    ///
    /// - Returns: The packets since the last call, and the defects likewise. One call must end before the next begins.
    package func take() -> Capture {
        capture(of: worker.takeOver())
    }

    private func capture(of yield: CaptureWorker.Yield) -> Capture {
        var capture = Capture(
            application: "Parley", interfaces: [interface], packets: yield.packets, defects: yield.defects)
        capture.interfaces[0].dropped = yield.dropped
        capture.noteDrops()
        return capture
    }

    private func join() {
        guard isRunning else { return }
        isRunning = false
        worker.stop()
        pthread_join(thread, nil)
    }
}
