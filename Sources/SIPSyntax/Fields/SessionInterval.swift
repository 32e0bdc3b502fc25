/// How long a session lasts unless it is refreshed, and who refreshes it.
///
/// RFC 4028 §4
package struct SessionInterval: Hashable, Sendable, CustomStringConvertible {
    package enum Refresher: String, Sendable {
        case client = "uac"
        case server = "uas"
    }

    package var seconds: Int
    package var parameters: [Parameter]

    package init(_ seconds: Int, refresher: Refresher? = nil) {
        self.seconds = seconds
        parameters = refresher.map { [Parameter("refresher", $0.rawValue)] } ?? []
    }

    package var refresher: Refresher? {
        parameters.first("refresher")?.value.flatMap { Refresher(rawValue: $0.lowercased()) }
    }

    package var description: String { "\(seconds)\(parameters.written)" }
}

extension SessionInterval: SIPFieldValue {
    package init(scanning scanner: inout SIPScanner) throws(SIPSyntaxError) {
        seconds = try scanner.number(.deltaSeconds)
        let place = scanner.position
        parameters = try scanner.parameters()
        if parameters.first("refresher") != nil, refresher == nil {
            throw SIPSyntaxError(.refresher, at: place)
        }
    }
}
