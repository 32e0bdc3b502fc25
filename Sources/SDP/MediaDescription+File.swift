/// The attributes of a file transfer.
///
/// RFC 5547 §6
extension MediaDescription {
    /// The dates of a file, as written.
    package struct FileDates: Sendable, Equatable {
        package var creation: String?
        package var modification: String?
        package var read: String?
    }

    /// The selector of the file, or nil when there is none that can be read.
    package var fileSelector: FileSelector? { value("file-selector").flatMap(FileSelector.init) }

    package var fileTransferID: String? { value("file-transfer-id") }

    /// Whether to show the file (`render`) or to keep it (`attachment`).
    package var fileDisposition: String? { value("file-disposition") }

    package var fileDates: FileDates? {
        guard let value = value("file-date") else { return nil }
        var dates = FileDates()
        var rest = value[...]
        while let colon = rest.firstIndex(of: ":") {
            let key = rest[..<colon].drop { $0 == " " }
            let quoted = rest[colon...].dropFirst()
            guard quoted.first == "\"", let end = quoted.dropFirst().firstIndex(of: "\"") else { return nil }
            let date = String(quoted[quoted.index(after: quoted.startIndex)..<end])
            switch key {
            case "creation": dates.creation = date
            case "modification": dates.modification = date
            case "read": dates.read = date
            default: return nil
            }
            rest = rest[end...].dropFirst()
        }
        return rest.allSatisfy { $0 == " " } ? dates : nil
    }
}
