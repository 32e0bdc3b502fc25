import Conformance
import PacketCapture
import Synchronization

/// The second witness: captures on the wire, case by case, where the program has the right to.
final class WireWitness: Sendable {
    private let interface: String
    /// Whether the lack of the right is an error, because the capture was asked for.
    private let isRequired: Bool
    private let refusal = Mutex<String?>(nil)

    init(interface: String, isRequired: Bool) {
        self.interface = interface
        self.isRequired = isRequired
    }

    /// Why there is no capture of the wire, for people; nil as long as there is one.
    var remark: String? { refusal.withLock { $0 } }

    /// Begins to capture what these parties send and receive; nil without the right.
    func begin(_ cast: Cast) throws -> LiveCapture? {
        guard remark == nil else { return nil }
        do throws(CaptureError) {
            return try LiveCapture(on: interface, filter: LiveCapture.filter(for: cast.parties.flatMap(\.addresses)))
        } catch {
            guard case .notPermitted = error, !isRequired else { throw error }
            refusal.withLock { $0 = "The captures come from the actors' own record alone. \(error.description)" }
            return nil
        }
    }
}
