import SIPSyntax

extension SIPMessage {
    /// The URI that the network asserts for the sender, else the one of From; empty where neither can be read.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §5.1
    var originator: String {
        if let asserted = list(.pAssertedIdentity).first, let address = try? NameAddress(parsing: asserted) {
            return address.uri
        }
        return (try? from())?.uri ?? ""
    }

    /// Whose words the message carries: who asked a group to send it, else the originator.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §8.3.2.1 (4, 5)
    var author: String { (try? referredBy())?.uri ?? originator }
}
