import MessageBodies

/// The message/cpim wrapper that a content goes in where one is agreed on.
///
/// OMA-TS-SIMPLE_IM-V1_0 §7.1.3.2.1
struct Envelope: Sendable, Equatable {
    var from: String
    var to: String
    /// Further headers, such as those that ask for reports.
    var headers: [CPIMHeader] = []

    func wrap(_ contentFields: [BodyField], _ body: [UInt8]) -> CPIMMessage {
        CPIMMessage(
            headers: [CPIMHeader("From", "<\(from)>"), CPIMHeader("To", "<\(to)>")] + headers,
            contentFields: contentFields, body: body)
    }
}
