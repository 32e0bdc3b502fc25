package import Conformance

/// What happens in a run, as far as somebody who watches wants to know.
package enum RunEvent: Sendable {
    /// The run begins, with so many cases selected, each to be executed so often; of the result only what is known by
    /// now counts.
    case runStarted(RunResult, selected: Int, repetitions: Int = 1)
    case caseStarted(TestCase)
    case stepStarted(Step)
    /// The case has its verdicts; the requirements are those that its findings name.
    case caseFinished(CaseResult, requirements: [RequirementID: Requirement])
    /// Something that people should know and that belongs to no case.
    case remark(String)
    /// The run is over; the report is where it can be read, the command what repeats it.
    case runFinished(RunResult, report: String?, command: String?)
}
