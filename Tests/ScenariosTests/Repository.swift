import Foundation
import Scenarios

extension FileSystem {
    /// The files of the working copy that the tests were built from.
    static let repository = FileSystem(
        read: { path in Array(try Data(contentsOf: repositoryRoot.appending(path: path))) },
        list: { directory in
            let folder = repositoryRoot.appending(path: directory)
            return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil).map {
                Entry(name: $0.lastPathComponent, isDirectory: $0.hasDirectoryPath)
            }
        })
}

/// The folder that holds `Package.swift`.
let repositoryRoot = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
