import MSRP

extension ClientDefect {
    /// What the defect does to the messages of the MSRP session that has this URI, which for most defects is nothing.
    func alterations(from local: MSRPURI) -> [MSRPAlteration] {
        switch self {
        case .wrongFromPath:
            var foreign = local
            foreign.sessionID = "another-session"
            return [.alter("SEND", .set(.fromPath, foreign.description))]
        case .chunksWithWrongByteRange: return [.alter("SEND", .shiftByteRange(1))]
        case .byteRangeTotalWrong: return [.alter("SEND", .stretchTotal(1))]
        case .answersReport: return [.answerReports]
        case .noSuccessReport: return [.alter("REPORT", .repeat(0))]
        case .msrpAnswerLost: return [.alter("200", .repeat(0))]
        default: return []
        }
    }
}
