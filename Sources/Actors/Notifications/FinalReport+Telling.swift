import MSRP
import MessageBodies

extension FinalReport {
    /// The final report that has come by REPORT or by SEND; nil for anything else.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §5.7.2
    init?(_ event: MediaEvent) {
        switch event {
        case .enclosed(let content) where Self.isFinalReport(contentType: content.contentType),
            .delivered(let content) where Self.isFinalReport(contentType: content.contentType):
            guard let report = try? FinalReport(parsing: content.body) else { return nil }
            self = report
        case .enclosed, .delivered, .connected, .answered, .unanswered, .reported, .abandoned, .closed:
            return nil
        }
    }

    /// What the user is told: of each participant, what became of the content there.
    func telling(of name: String) -> [ProcedureEffect] {
        legs.map { leg in
            let outcome =
                switch leg.outcome {
                case .status(let status): "\(status)"
                case .tooLarge: "too large"
                }
            return .report(.deliveryReported(of: name, by: leg.uri, outcome: outcome))
        }
    }
}
