/// What the sender of a message wants to be told of it.
///
/// RFC 5438 §6
package struct IMDNRequest: Equatable, Sendable {
    package enum Disposition: String, CaseIterable, Sendable {
        case positiveDelivery = "positive-delivery"
        case negativeDelivery = "negative-delivery"
        case processing
        case display
    }

    package var messageID: String
    package var dispositions: Set<Disposition>

    package init(messageID: String, dispositions: Set<Disposition>) {
        self.messageID = messageID
        self.dispositions = dispositions
    }
}

extension CPIMMessage {
    /// The request for notifications that the headers write, or nil without an identifier.
    ///
    /// Names without a prefix are taken as well: the draft that the specification refers to had none.
    package var imdnRequest: IMDNRequest? {
        guard let id = imdnHeaders("Message-ID").first?.value, !id.isEmpty else { return nil }
        let dispositions = imdnHeaders("Disposition-Notification").flatMap { header in
            header.value.split(separator: ",").compactMap { IMDNRequest.Disposition(rawValue: $0.trimmed.lowercased()) }
        }
        return IMDNRequest(messageID: id, dispositions: Set(dispositions))
    }

    /// Asks for notifications; the time of the message is said with it, as it must be.
    package mutating func request(_ request: IMDNRequest, dateTime: String) {
        if self.dateTime == nil { headers.append(CPIMHeader("DateTime", dateTime)) }
        if !headers.contains(where: { $0.name == "NS" && $0.formalName == "imdn" }) {
            headers.append(CPIMHeader("NS", "imdn <\(IMDN.headerNamespace)>"))
        }
        headers.append(CPIMHeader("imdn.Message-ID", request.messageID))
        guard !request.dispositions.isEmpty else { return }
        let names = IMDNRequest.Disposition.allCases.filter(request.dispositions.contains).map(\.rawValue)
        headers.append(CPIMHeader("imdn.Disposition-Notification", names.joined(separator: ", ")))
    }

    /// A notification, as it travels back to the sender of the message.
    ///
    /// RFC 5438 §7.2.1.1
    package init(_ notification: IMDN, from: String, to: String, messageID: String, dateTime: String) {
        self.init(
            from: from, to: [to], dateTime: dateTime, contentType: IMDN.mediaType, body: notification.serialized())
        request(IMDNRequest(messageID: messageID, dispositions: []), dateTime: dateTime)
        contentFields.append(BodyField("Content-Disposition", "notification"))
    }

    private func imdnHeaders(_ name: String) -> [CPIMHeader] {
        let headers = all(name, namespace: IMDN.headerNamespace)
        return headers.isEmpty ? all(name) : headers
    }
}
