import SDP
import SIPSyntax

extension ClientDefect {
    /// Does to a SIP message on its way out what this defect does to the files in it.
    func alterFiles(in message: inout SIPMessage) {
        guard (try? message.cSeq())?.method == .invite else { return }
        switch self {
        case .selectorHashWrong where message.isRequest:
            message.alterSelectors { selector in
                for index in selector.hashes.indices { selector.hashes[index].bytes.alterLastByte() }
            }
        case .selectorSizeWrong where message.isRequest:
            message.alterSelectors { $0.size = $0.size.map { $0 + 1 } }
        case .selectorTypeWrong where message.isRequest:
            message.alterSelectors { $0.type = $0.type.map { _ in "application/x-something-else" } }
        case .filesAsLargeMessage where message.isRequest && (try? message.to())?.tag == nil:
            guard (try? message.sessionDescription())?.media.contains(where: \.isOpenFile) == true else { break }
            message.add(.acceptContact, "*;\(ClientFields.largeMessageTag)")
        case .answerWithoutSelector where message.isSuccess:
            message.alterFileLines { $0.attributes.removeAll { $0.name == "file-selector" } }
        case .requestsAsSender where message.isRequest:
            message.alterFileLines { line in
                guard line.ownDirection == .receiveOnly else { return }
                line.attributes.removeAll { $0.name == Direction.receiveOnly.rawValue }
                line.attributes.append(Attribute(Direction.sendOnly.rawValue))
            }
        default:
            break
        }
    }
}

extension SIPMessage {
    /// Changes the lines of files that are not closed.
    fileprivate mutating func alterFileLines(_ change: (inout MediaDescription) -> Void) {
        guard let media = (try? sessionDescription())?.media, media.contains(where: \.isOpenFile) else { return }
        alterDescription { description in
            for index in description.media.indices where description.media[index].isOpenFile {
                change(&description.media[index])
            }
        }
    }

    fileprivate mutating func alterSelectors(_ change: (inout FileSelector) -> Void) {
        alterFileLines { line in
            guard var selector = line.fileSelector,
                let index = line.attributes.firstIndex(where: { $0.name == "file-selector" })
            else { return }
            change(&selector)
            line.attributes[index].value = selector.description
        }
    }
}

extension MediaDescription {
    fileprivate var isOpenFile: Bool { !isRefused && fileSelector != nil }
}
