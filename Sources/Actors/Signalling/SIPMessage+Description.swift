import MessageBodies
import SDP
import SIPSyntax

extension SIPMessage {
    /// The session description in the body, alone or as one part of several; nil when there is none.
    func sessionDescription() throws(SDPSyntaxError) -> SessionDescription? {
        guard let type = try? contentType() else { return nil }
        if type.essence == "application/sdp" { return try SessionDescription(parsing: body) }
        guard type.type.lowercased() == "multipart", let boundary = type.parameters.first("boundary")?.text,
            let multipart = try? MultipartBody(parsing: body, boundary: boundary),
            let part = multipart.parts.first(where: { $0.isSDP })
        else { return nil }
        return try SessionDescription(parsing: part.body)
    }

    /// Whether the body is of a type that is, or may contain, a session description.
    var mayHoldDescription: Bool {
        guard let type = try? contentType() else { return false }
        return type.essence == "application/sdp" || type.type.lowercased() == "multipart"
    }

    /// Whether this is a 2xx to an INVITE that carries a session description alone.
    var isAnswer: Bool {
        isSuccess && (try? cSeq())?.method == .invite && (try? contentType())?.essence == "application/sdp"
    }

    mutating func set(_ description: SessionDescription) {
        set(.contentType, "application/sdp")
        body = description.serialized()
    }

    /// Changes the first MSRP line of the session description, if there is one.
    mutating func alterMSRP(_ change: (inout MediaDescription) -> Void) {
        alterDescription { description in
            guard let line = description.media.firstIndex(where: \.isMSRP) else { return }
            change(&description.media[line])
        }
    }

    /// Changes the session description, if there is one, wherever it stands in the body.
    mutating func alterDescription(_ change: (inout SessionDescription) -> Void) {
        guard var description = try? sessionDescription() else { return }
        change(&description)
        guard let multipart = try? MultipartBody(parsing: body, contentType: first(.contentType) ?? "") else {
            return set(description)
        }
        let parts = multipart.parts.map { part in
            part.isSDP ? MultipartBody.BodyPart(fields: part.fields, body: description.serialized()) : part
        }
        body = MultipartBody(boundary: multipart.boundary, parts: parts).serialized()
    }
}

extension MultipartBody.BodyPart {
    fileprivate var isSDP: Bool {
        ContentType(parsing: contentType)?.essence == "application/sdp"
    }
}
