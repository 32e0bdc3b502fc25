import Foundation

/// SIPp as the package `sip-tester` of Debian installs it.
enum SIPp {
    static let path = "/usr/bin/sipp"

    static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: path) }
}
