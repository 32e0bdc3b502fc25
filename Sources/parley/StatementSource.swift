import Conformance
import Foundation
import Reporting
import Scenarios

/// Where a product's owner says what it supports (ICS), and what the file says.
struct StatementSource {
    static let option = Option(
        "--ics", "FILE", "What the system supports (ICS); what needs more is Not Applicable (default: beside --sut).")

    let path: String
    /// SHA-256 of the file.
    let digest: String
    let file: StatementFile

    /// Reads the file, whatever is wrong with what it says.
    init(reading path: String, tables: SCRTables) throws(UsageError) {
        let bytes: [UInt8]
        do {
            bytes = try FileSystem.real.read(path)
        } catch {
            throw UsageError(input: "The ICS “\(path)” cannot be read: \(error.reason)")
        }
        self.path = path
        digest = Completion.File(path: path, bytes: bytes).digest
        file = StatementFile(SourceFile(path: path, bytes: bytes), tables: tables)
    }

    /// The statement that the options name, or that is beside the description of the system; nil without one.
    ///
    /// - Throws: `UsageError` for a file that cannot be read or used.
    init?(_ arguments: Arguments, of system: SystemFolder?, tables: SCRTables) throws(UsageError) {
        guard let path = arguments.value("--ics") ?? system?.statement else { return nil }
        try self.init(reading: path, tables: tables)
        guard file.statement != nil else {
            throw UsageError(input: file.messages.map(\.description).joined(separator: "\n"))
        }
    }
}
