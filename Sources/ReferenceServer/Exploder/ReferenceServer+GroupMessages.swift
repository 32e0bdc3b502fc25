import Bytes
import MessageBodies
import SIPSyntax
import SIPTransactions

/// MESSAGE requests to several recipients.
///
/// OMA-TS-SIMPLE_IM-V1_0 §8.3
extension ReferenceServer {
    /// The group with this identity, if there is one.
    func group(at uri: String) -> GroupDocument? {
        guard let content = xdms.groupDocument(at: uri) else { return nil }
        return try? GroupDocument(parsing: content)
    }

    /// A MESSAGE to the conference factory or the exploder.
    mutating func explode(listIn request: SIPMessage, _ key: TransactionKey, from sender: Originator) {
        do throws(Refusal) {
            explode(try Exploder(policy: configuration.policy).message(toListIn: request, from: sender), key)
        } catch {
            refuse(error, key)
        }
    }

    /// A MESSAGE to a pre-defined group.
    mutating func explode(
        _ request: SIPMessage, _ key: TransactionKey, to group: GroupDocument, at uri: String, from sender: Originator
    ) {
        do throws(Refusal) {
            let exploder = Exploder(policy: configuration.policy)
            explode(try exploder.message(request, to: group, at: uri, from: sender), key)
        } catch {
            refuse(error, key)
        }
    }

    /// Sends each recipient a copy of his own, and tells the sender that this is being done.
    private mutating func explode(_ message: GroupMessage, _ key: TransactionKey) {
        let id = nextSerial()
        let copies = message.recipients.map { recipient in
            message.copy(
                for: recipient, GroupMessage.Identifiers(tag: newTag(), callID: generator.token(length: 20)))
        }
        for (index, copy) in copies.enumerated() {
            let errand = PageErrand.copy(of: id, recipient: index)
            guard let uri = copy.sipRequestURI else {
                noteOutcome(404, of: errand)
                continue
            }
            if proxy.isHome(uri) {
                terminate(
                    IMRequest(
                        kind: .pager, message: copy, originator: message.identity, recipient: uri.addressOfRecord),
                    for: .function(errand))
            } else {
                send(copy, for: .page(errand), sender: contact(of: message.sender.user))
            }
        }
        accept(202, .client(key))
    }

    /// What has come of one copy.
    mutating func noteOutcome(_ status: Int, of recipient: Int, inGroupMessage id: Int) {
    }
}
