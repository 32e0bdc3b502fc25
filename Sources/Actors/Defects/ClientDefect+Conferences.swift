import MSRP
import MessageBodies
import SIPSyntax

extension ClientDefect {
    /// Does to a SIP message on its way out what this defect does around conferences.
    func alterAroundConference(_ message: inout SIPMessage) -> Fate {
        switch self {
        case .subscribeTagMissing where message.method == .subscribe:
            message.remove(.acceptContact)
        case .aliasWithoutPrivacy where message.isRequest:
            message.remove(.privacy)
        case .referSubMissing where message.method == .refer:
            message.remove(.referSub)
        case .expelsByInvite where message.method == .refer:
            guard let target = message.first(.referTo) else { break }
            message.set(.referTo, target.replacing(";method=BYE", with: ";method=INVITE"))
        case .multipleReferNotRequired where message.method == .refer:
            message.remove(.require)
        case .listWithWrongUser where message.method == .invite:
            message.alterEntries { entries in
                guard let last = entries.indices.last else { return }
                entries[last].uri = SIPURI.somebodyElse(than: entries[last].uri)
            }
        case .replacesTagsSwapped where message.method == .invite:
            message.alterEntries { entries in
                for index in entries.indices {
                    entries[index].uri = entries[index].uri.replacing("to-tag", with: "other-tag")
                        .replacing("from-tag", with: "to-tag").replacing("other-tag", with: "from-tag")
                }
            }
        case .replacesMissing where message.method == .invite:
            message.alterEntries { entries in
                for index in entries.indices { entries[index].uri = String(entries[index].uri.prefix { $0 != "?" }) }
            }
        default:
            break
        }
        return .sent
    }

    /// Does to a message of the user plane what this defect does, before it is cut into chunks.
    func alter(_ message: inout MSRPOutgoing) {
        if self == .textAltered { message.body.alterText() }
        guard message.contentType == "message/cpim", var wrapper = try? CPIMMessage(parsing: message.body) else {
            return
        }
        switch self {
        case .textToWrongConference: wrapper.alter("To")
        case .textFromSomebodyElse: wrapper.alter("From")
        case .textWithoutWrapper:
            message.contentType = wrapper.contentType
            message.body = wrapper.body
            return
        default: return
        }
        message.body = wrapper.serialized()
    }
}

extension CPIMMessage {
    /// Makes the addresses of the headers of this name those of somebody else.
    fileprivate mutating func alter(_ name: String) {
        for index in headers.indices where headers[index].name == name {
            headers[index].value = "<\(SIPURI.somebodyElse(than: headers[index].uri ?? ""))>"
        }
    }
}

extension SIPURI {
    /// The URI of a user that nobody is, at the same host.
    fileprivate static func somebodyElse(than uri: String) -> String {
        guard var parsed = try? SIPURI(parsing: uri) else { return "sip:nobody@anonymous.invalid" }
        parsed.user = "nobody"
        return parsed.description
    }
}

extension SIPMessage {
    /// Changes the entries of the list in the body, if there is one.
    fileprivate mutating func alterEntries(_ change: (inout [ResourceLists.Entry]) -> Void) {
        alterBody { part in
            guard part.isList, var lists = try? ResourceLists(parsing: part.body) else { return part }
            for index in lists.lists.indices { change(&lists.lists[index].entries) }
            return MultipartBody.BodyPart(fields: part.fields, body: lists.serialized())
        }
    }
}
