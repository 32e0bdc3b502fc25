package import Scenarios

/// The scenarios that come with the program, read once for all tests of a target.
package enum ShippedScenarios {
    package static let library: ScenarioLibrary = {
        guard let library = try? ScenarioLibrary(directory: "scenarios", in: .project) else {
            preconditionFailure("The shipped scenarios cannot be read")
        }
        return library
    }()
}

extension FileSystem {
    /// The files of this project.
    package static let project = FileSystem(
        read: { try ProjectFiles.bytes($0) },
        list: { folder in
            try ProjectFiles.list(folder).map { Entry(name: $0.name, isDirectory: $0.isDirectory) }
        })
}
