/// The files that a library is read from; the executable has real ones, tests have a dictionary.
package struct FileSystem: Sendable {
    /// A name in a directory.
    package struct Entry: Sendable, Equatable {
        package let name: String
        package let isDirectory: Bool

        package init(name: String, isDirectory: Bool) {
            self.name = name
            self.isDirectory = isDirectory
        }
    }

    /// The bytes of a file.
    package let read: @Sendable (_ path: String) throws -> [UInt8]
    /// What is in a directory, in any order.
    package let list: @Sendable (_ directory: String) throws -> [Entry]

    package init(
        read: @escaping @Sendable (_ path: String) throws -> [UInt8],
        list: @escaping @Sendable (_ directory: String) throws -> [Entry]
    ) {
        self.read = read
        self.list = list
    }

    /// The YAML files under a directory, in the order of their paths.
    func files(under directory: String) throws -> [SourceFile] {
        var files: [SourceFile] = []
        for entry in try list(directory).sorted(by: { $0.name < $1.name }) where !entry.name.hasPrefix(".") {
            let path = directory.isEmpty ? entry.name : "\(directory)/\(entry.name)"
            if entry.isDirectory {
                files += try self.files(under: path)
            } else if entry.name.hasSuffix(".yaml") {
                files.append(SourceFile(path: path, bytes: try read(path)))
            }
        }
        return files
    }
}
