import Conformance
import Dissection
import Foundation
import Network

/// Whether the clock of the system under test tells the same time as ours.
///
/// RFC 3261 §20.17; times of messages and what expires are judged by it.
enum ClockExamination {
    /// What the system says the time is.
    struct Date {
        var text: String
        /// When that came, by our clock.
        var seen: Instant
    }

    /// How far apart clocks may be that are set by each other: a second is lost in the format, and one on the way.
    private static let tolerance = 3.0

    /// What the messages of the system say.
    static func dates(in trace: Trace) -> [Date] {
        Dissection(of: trace).messages.filter { $0.sender == .server }.flatMap { message in
            message.values(of: "Date").map { Date(text: $0, seen: message.arrival) }
        }
    }

    static func of(_ dates: [Date]) -> Examination {
        let what = "the clock of the system"
        guard !dates.isEmpty else {
            return Examination(what: what, note: "no answer has a Date to compare with ours")
        }
        let differences = dates.map { date in Self.seconds(date.text).map { $0 - Double(date.seen.nanoseconds) / 1e9 } }
        if let index = differences.firstIndex(of: nil) {
            return Examination(
                what: what, problem: "the Date “\(dates[index].text)” is not written as RFC 3261 §20.17 has it.",
                weight: .spoilsResults)
        }
        let worst = differences.compactMap(\.self).max { abs($0) < abs($1) } ?? 0
        guard abs(worst) > tolerance else { return Examination(what: what, note: "it agrees with ours") }
        let problem =
            "it is \(Int(abs(worst).rounded())) s \(worst > 0 ? "ahead of" : "behind") ours; set both by NTP, for the times "
            + "of messages and what expires are judged by them."
        return Examination(what: what, problem: problem, weight: .spoilsResults)
    }

    /// The seconds from the Unix epoch to a date of RFC 1123.
    private static func seconds(_ text: String) -> Double? {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return formatter.date(from: text)?.timeIntervalSince1970
    }
}
