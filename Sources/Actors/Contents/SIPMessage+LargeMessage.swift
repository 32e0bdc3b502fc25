import SDP
import SIPSyntax

extension SIPMessage {
    /// Whether the INVITE is for a large message.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §7.1.2; the tag is in Accept-Contact, or in the Contact of a server in between (§6.1.2.4.1).
    var isForLargeMessage: Bool {
        let features = ((try? acceptContacts()) ?? []).flatMap(\.parameters) + ((try? contact())?.parameters ?? [])
        return features.contains { $0.name.lowercased() == ClientFields.largeMessageTag }
    }

    /// Whether a line of its description is for a file.
    var offersFiles: Bool { (try? sessionDescription())?.media.contains { $0.fileSelector != nil } == true }
}
