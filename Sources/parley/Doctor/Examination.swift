import Reporting

/// One thing that a run needs, looked at.
struct Examination {
    /// What a problem means for a run.
    enum Weight {
        case preventsRuns
        /// A run does without.
        case lacks
        /// A run is possible, and some of its results may be wrong or missing.
        case spoilsResults
    }

    var what: String
    /// What is worth knowing, though nothing has to be done about it.
    var note: String?
    /// What is wrong and how to mend it, or nil.
    var problem: String?
    var weight = Weight.preventsRuns

    var preventsRuns: Bool {
        switch weight {
        case .preventsRuns: problem != nil
        case .lacks, .spoilsResults: false
        }
    }

    /// The mark, and behind it what has been found, within 80 columns.
    var words: String {
        let mark =
            switch weight {
            case _ where problem == nil: "ok"
            case .preventsRuns: "FAILED"
            case .lacks: "missing"
            case .spoilsResults: "WARNING"
            }
        let text = [what, problem ?? note].compactMap(\.self).joined(separator: ": ")
        return text.wrapped(after: mark, indent: 9)
    }
}
