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

    /// Changes the MSRP line of the session description, if there is one.
    mutating func alterMSRP(_ change: (inout MediaDescription) -> Void) {
        guard var description = try? sessionDescription(), let line = description.media.firstIndex(where: \.isMSRP)
        else { return }
        change(&description.media[line])
        set(description)
    }
}

extension MultipartBody.BodyPart {
    fileprivate var isSDP: Bool {
        ContentType(parsing: contentType)?.essence == "application/sdp"
    }
}
