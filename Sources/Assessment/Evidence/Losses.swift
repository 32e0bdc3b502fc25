import Conformance
import Dissection
import Network

/// How often an exchange of datagrams fails, as the exchanges of the trace show that came about in the end.
struct Losses {
    /// The share of trials that failed between a client and the server.
    private let share: Double

    init(_ dissection: Dissection) {
        // One failure and one success are added to what was seen, as no trace shows that nothing is ever lost.
        var (trials, successes) = (2.0, 1.0)
        for request in dissection.messages where request.transport == .udp && request.repeats == nil {
            guard request.isSIP, request.responseStatus == nil,
                dissection.responses(to: request).contains(where: \.isFinal)
            else { continue }
            trials += Double(dissection.copies(of: request).count)
            successes += 1
        }
        share = 1 - successes / trials
    }

    /// The chance that so many trials fail, each of which may have to pass the server to the other client and back.
    func chance(of failures: Int) -> Double {
        let failure = 1 - (1 - share) * (1 - share)
        return (0..<failures).reduce(1) { chance, _ in chance * failure }
    }
}
