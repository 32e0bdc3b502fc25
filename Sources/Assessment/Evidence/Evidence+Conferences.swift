import Conformance
import Dissection
import Network

// Who takes part in conferences, and what they are told of it.
extension Evidence {
    /// How long a server may take to tell of something, such as a change of conference state.
    ///
    /// RFC 4575 §3.9 lets it hold a notification back for five seconds.
    static let noticeLimit = Duration.seconds(10)

    /// Who is connected, as a notification shows, in words.
    func words(for notice: ConferenceNotice) -> String {
        guard notice.users != nil else {
            return "nothing that can be relied on, as notifications before it are missing"
        }
        let names = notice.connected.map { client(behind: $0.entity)?.description ?? $0.entity }
        return names.isEmpty ? "nobody connected" : "\(names.sorted().inWords) connected"
    }
}

extension Collection where Element: CustomStringConvertible {
    /// `A`, `A and B`, `A, B and C`.
    var inWords: String {
        let words = map(\.description)
        guard words.count > 1 else { return words.first ?? "nobody" }
        return words.dropLast().joined(separator: ", ") + " and " + words[words.count - 1]
    }
}
