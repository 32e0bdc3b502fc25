import Foundation
import TestSupport

/// The programs of the tests that work a real client.
enum DriverScript {
    /// A client of ours in a process of its own, which Parley knows by the wire alone.
    static func foreignClient(_ addresses: String...) -> String {
        ([Program.folder.appending(path: "ForeignClient").path] + addresses).joined(separator: " ")
    }

    /// A program of the fixtures.
    static func fixture(_ name: String, _ arguments: String...) -> String {
        let path = ProjectFiles.root.appending(path: "fixtures/drivers/\(name)").path
        return (["python3", path] + arguments).joined(separator: " ")
    }
}
