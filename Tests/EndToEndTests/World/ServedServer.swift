import Foundation
import Network

/// `parley serve` at an address of its own, as whoever tests a client runs it.
final class ServedServer {
    let address: IPAddress
    let workplace: Workplace
    private let program: Program

    convenience init(_ options: String...) throws {
        try self.init(at: AddressBlock.next().server, in: Workplace(), options)
    }

    init(at address: IPAddress, in workplace: Workplace, _ options: [String]) throws {
        self.address = address
        self.workplace = workplace
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

    /// Ends the server without a word, wherever it is.
    func kill() {
        program.send(SIGKILL)
        _ = program.finish()
    }

    /// Ends the server as an operator does.
    @discardableResult
    func stop(_ signal: Int32 = SIGTERM) -> Program.Outcome {
        program.send(signal)
        return program.finish()
    }
}
