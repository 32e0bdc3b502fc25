import Foundation

/// baresip as the package `baresip-core` of Debian installs it.
enum Baresip {
    static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: "/usr/bin/baresip") }
}
