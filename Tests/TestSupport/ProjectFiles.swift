package import Foundation

/// The files of this project, for tests that read what ships.
package enum ProjectFiles {
    /// The top of the project.
    package static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    package static func bytes(_ path: String) throws -> [UInt8] {
        try [UInt8](Data(contentsOf: root.appending(path: path)))
    }

    /// The names in a folder, and whether each is a folder.
    package static func list(_ path: String) throws -> [(name: String, isDirectory: Bool)] {
        try FileManager.default.contentsOfDirectory(
            at: root.appending(path: path), includingPropertiesForKeys: [.isDirectoryKey]
        ).map { url in
            (url.lastPathComponent, try url.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true)
        }
    }
}
