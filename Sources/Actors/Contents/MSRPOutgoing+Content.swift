import Conformance
import MSRP
import MessageBodies

extension MSRPOutgoing {
    /// A large message or a file, in the envelope where there is one.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §9.4.2 (1) asks for Content-Disposition in the SEND itself, §5.7.2 (3) for REPORTs where a
    /// final report is wanted.
    init(
        _ content: MediaContent, messageID: String, disposition: String, in envelope: Envelope?, chunkSize: Int
    ) {
        let disposition = BodyDisposition(disposition, [ContentType.Parameter("filename", content.name)]).description
        let fields = [BodyField("Content-Type", content.type), BodyField("Content-Disposition", disposition)]
        self.init(
            messageID: messageID, contentType: envelope == nil ? content.type : "message/cpim",
            body: envelope?.wrap(fields, content.bytes).serialized() ?? content.bytes,
            successReport: envelope.map { $0.reports == .asked } ?? true,
            chunkSize: chunkSize, bodyFields: [MSRPField(.contentDisposition, disposition)])
    }
}
