import Conformance
import Dissection

/// The MSRP paths that each client has described and been told, by which requests between it and its peer must go.
///
/// Paths are judged from the client's end: its own are those in the descriptions it sends, and those of its peer are in
/// the descriptions it receives, whether the peer is the server or, behind a proxy, another client. So a path that the
/// server gave to one client is foreign on the leg of another.
struct DescribedPaths {
    private var own: [PartyName: [PathDescription]] = [:]
    private var told: [PartyName: [PathDescription]] = [:]

    init(_ dissection: Dissection) {
        for description in dissection.descriptions {
            if let sender = description.sender { own[sender, default: []].append(description) }
            if let receiver = description.receiver { told[receiver, default: []].append(description) }
        }
    }

    /// What is wrong with the paths of a request, where the descriptions that bind its sender are in the trace.
    func breach(of request: DissectedMessage) -> Breach? {
        guard let sender = request.sender, let receiver = request.receiver, let paths = request.msrpSummary,
            request.responseStatus == nil
        else { return nil }
        // The last of one's own descriptions by then tells whether the line is open.
        if request.requestMethod == "SEND", paths.hasBody,
            let last = own[sender]?.last(where: { known in
                known.message < request.number && paths.fromPath.ends(with: known.path)
            }),
            own[sender]?.contains(where: { $0.message == last.message && $0.path == last.path && $0.media.port != 0 })
                == false
        {
            return Breach(
                of: sender, "no SEND along a line that its sender has refused",
                "\(inWords([request])) although \(sender) gave port 0 in message #\(last.message)", [request])
        }
        let mine = sender == .server ? told[receiver] : own[sender]
        let theirs = sender == .server ? own[receiver] : told[sender]
        if let theirs, !theirs.contains(where: { paths.toPath.ends(with: $0.path) }) {
            return breach(of: request, "To-Path as the other side described it", paths.toPath, theirs)
        }
        if let mine, !mine.contains(where: { paths.fromPath.ends(with: $0.path) }) {
            return breach(of: request, "From-Path as the sender described it", paths.fromPath, mine)
        }
        return nil
    }

    private func breach(
        of request: DissectedMessage, _ expected: String, _ found: [MSRPAddress], _ described: [PathDescription]
    ) -> Breach {
        let known = described.map { $0.path.map(\.description).joined(separator: " ") }
        var wanted: [String] = []
        for path in known where !wanted.contains(path) { wanted.append(path) }
        return Breach(
            of: request.sender, expected,
            "\(found.map(\.description).joined(separator: " ")) instead of \(wanted.joined(separator: " or "))"
                + " (\(inWords([request])))",
            [request])
    }
}

extension [MSRPAddress] {
    /// Whether the path leads, perhaps over relays, along this one.
    fileprivate func ends(with path: [MSRPAddress]) -> Bool { suffix(path.count).elementsEqual(path) }
}
