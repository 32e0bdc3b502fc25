import Foundation
import Network

/// `parley serve` at an address of its own, as whoever tests a client runs it.
final class ServedServer {
    let address: IPAddress
    let workplace: Workplace
    private let program: Program

    init(_ options: String...) throws {
        let block = AddressBlock.next()
        address = block.server
        workplace = try Workplace()
        let arguments = ["serve", "--address", "\(address)", "--domain", "home.example"] + options
        program = try Program("parley", arguments, in: workplace.url)
        program.waitForOutput("deletion")
    }

    deinit {
        program.send(SIGKILL)
        _ = program.finish()
    }

    /// How much memory the server takes.
    var residentBytes: Int {
        let status = (try? String(contentsOfFile: "/proc/\(program.identifier)/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return 1024 * (line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0)
    }

    /// Ends the server as an operator does.
    func stop(_ signal: Int32 = SIGTERM) -> Program.Outcome {
        program.send(signal)
        return program.finish()
    }
}
