import MessageBodies

/// The message/cpim wrapper that a content goes in where one is agreed on.
///
/// OMA-TS-SIMPLE_IM-V1_0 §7.1.3.2.1
struct Envelope: Sendable, Equatable {
    var from: String
    var to: String
    /// Whether a final report is wanted.
    var reports: IMClient.Profile.DeliveryReports

    func wrap(_ contentFields: [BodyField], _ body: [UInt8]) -> CPIMMessage {
        var wrapper = CPIMMessage(
            headers: [CPIMHeader("From", "<\(from)>"), CPIMHeader("To", "<\(to)>")], contentFields: contentFields,
            body: body)
        if reports == .asked { wrapper.requestFinalReport() }
        return wrapper
    }
}
