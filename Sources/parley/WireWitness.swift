import Conformance
import Network
import PacketCapture
import Synchronization

/// The second witness: one capture of the wire for the whole run, where the program has the right to capture.
///
/// Opening a capture costs more than performing a case, so that all cases share one, and each takes its packets.
final class WireWitness: Sendable {
    private struct State: ~Copyable {
        var live: LiveCapture?
        var refusal: String?
        /// The packets that no case has claimed yet.
        var unclaimed: Capture?
    }

    private let interface: String
    private let clients: Set<IPAddress>
    /// Whether the lack of the right is an error, because the capture was asked for.
    private let isRequired: Bool
    private let state = Mutex(State(live: nil, refusal: nil, unclaimed: nil))

    /// - Parameters:
    ///   - interface: Where to capture.
    ///   - clients: Whose packets to capture: all addresses that a client of any case of the run will have.
    ///   - isRequired: Whether to fail without the right to capture, and not to do without.
    init(interface: String, clients: Set<IPAddress>, isRequired: Bool) {
        self.interface = interface
        self.clients = clients
        self.isRequired = isRequired
    }

    /// Why there is no capture of the wire, for people; nil as long as there is one.
    var remark: String? { state.withLock { $0.refusal } }

    /// Makes sure that packets are captured from now on, if the program may.
    func begin() throws {
        let failure = state.withLock { state -> CaptureError? in
            guard state.live == nil, state.refusal == nil else { return nil }
            do throws(CaptureError) {
                state.live = try LiveCapture(on: interface, filter: LiveCapture.filter(for: clients))
                return nil
            } catch {
                guard case .notPermitted = error, !isRequired else { return error }
                state.refusal = "The captures come from the actors' own record alone. \(error.description)"
                return nil
            }
        }
        if let failure { throw failure }
    }

    /// The packets that the parties have sent and received since a moment, or nil without the right to capture.
    func packets(of cast: Cast, since start: Instant) -> Capture? {
        state.withLock { state in
            guard let taken = state.live?.take() else { return nil }
            let own = Set(cast.clients.flatMap(\.addresses))
            var all = state.unclaimed ?? taken
            if state.unclaimed != nil { all.append(taken) }
            let claimed = all.limited(to: own, since: start)
            all.remove(own)
            state.unclaimed = all
            return claimed
        }
    }
}
