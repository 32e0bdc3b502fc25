import MessageBodies
import SIPSyntax

/// The controlling function for pager messages: it makes one request to several recipients into one to each.
///
/// OMA-TS-SIMPLE_IM-V1_0 §8.3.1.1
struct Exploder {
    let policy: ServicePolicy

    /// Extensions that a request may require.
    static let extensions: Set<String> = ["recipient-list-message"]

    /// Takes apart a request with a list of recipients, or refuses it for the first reason of the specification.
    func message(toListIn request: SIPMessage, from sender: Originator) throws(Refusal) -> GroupMessage {
        guard policy.listMessages != .unsupported else {
            var refusal = Refusal(420, .functionNotAllowed)
            refusal.fields = [SIPField(.unsupported, "recipient-list-message")]
            throw refusal
        }
        if let refusal = RequestValidation().refusal(of: request, understanding: Self.extensions) { throw refusal }
        let body = try multipart(of: request)
        guard let part = body.list, let list = try? ResourceLists(parsing: part.body) else {
            throw Refusal(400, because: "No list of recipients")
        }
        let recipients = distinct(list.entries.map(\.uri))
        guard !recipients.isEmpty else { throw Refusal(400, because: "No recipients") }
        guard recipients.count <= policy.maximumListRecipients else { throw Refusal(486, .tooManyRecipients) }
        if let refusal = refusal(of: request, from: sender) { throw refusal }
        let (fields, content) = try remainder(of: body, without: part)
        return GroupMessage(
            request: request, sender: sender, audience: .list, recipients: recipients, contentFields: fields,
            body: content)
    }

    /// Takes apart a request to a group, or refuses it for the first reason of the specification.
    func message(
        _ request: SIPMessage, to group: GroupDocument, at uri: String, from sender: Originator
    ) throws(Refusal) -> GroupMessage {
        guard group.supportsIM else { throw Refusal(404) }
        if let refusal = RequestValidation().refusal(of: request, understanding: []) { throw refusal }
        let permissions = group.permissions(of: sender.user)
        guard permissions.contains(.initiateConference) else { throw Refusal(403, .serviceNotAuthorised) }
        guard !request.asksForPrivacy || permissions.contains(.anonymity) else {
            throw Refusal(403, .anonymityNotAllowed)
        }
        let recipients = distinct(group.members.map(\.uri)).filter { member in
            switch policy.groupPage {
            case .toOthers: member.canonicalURI != sender.user.canonicalURI
            case .toSenderAsWell: true
            }
        }
        let described: [SIPFieldName] = [.contentType, .contentDisposition, .contentEncoding, .contentLanguage]
        return GroupMessage(
            request: request, sender: sender, audience: .group(uri), recipients: recipients,
            contentFields: request.fields.filter { described.contains($0.name) }, body: request.body)
    }

    /// Steps 5 and 7.
    private func refusal(of request: SIPMessage, from sender: Originator) -> Refusal? {
        if let entitled = policy.entitledUsers, !entitled.contains(sender.user) {
            return Refusal(403, .serviceNotAuthorised)
        }
        return request.asksForPrivacy && policy.anonymity == .refused ? Refusal(403, .anonymityNotAllowed) : nil
    }

    private func multipart(of request: SIPMessage) throws(Refusal) -> MultipartBody {
        do throws(MessageBodyError) {
            return try MultipartBody(parsing: request.body, contentType: request.first(.contentType) ?? "")
        } catch {
            throw Refusal(400, because: "No list of recipients")
        }
    }

    /// What the recipients get: the only other part as a body of its own, or all others together.
    ///
    /// RFC 5365 §7.3
    private func remainder(
        of body: MultipartBody, without list: MultipartBody.BodyPart
    ) throws(Refusal) -> ([SIPField], [UInt8]) {
        let others = body.parts.filter { $0 != list }
        if others.isEmpty { throw Refusal(400, because: "No message beside the list") }
        if others.count == 1, let only = others.first {
            return (only.fields.map { SIPField(SIPFieldName($0.name), $0.value) }, only.body)
        }
        let rest = MultipartBody(boundary: body.boundary, parts: others)
        return ([SIPField(.contentType, rest.contentType)], rest.serialized())
    }

    /// Each recipient once.
    ///
    /// RFC 5363 §4.1
    private func distinct(_ uris: [String]) -> [String] {
        var seen: Set<String> = []
        return uris.filter { seen.insert($0.canonicalURI).inserted }
    }
}

extension MultipartBody {
    /// The part that lists the recipients.
    ///
    /// RFC 5363 §4: by its disposition; the specification itself speaks of the type only.
    fileprivate var list: BodyPart? {
        parts.first { $0.disposition?.type == "recipient-list" }
            ?? parts.first { $0.essence == ResourceLists.mediaType }
    }
}
