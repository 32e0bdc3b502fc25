package import SIPSyntax

/// A relationship between two user agents that lasts for some time.
///
/// RFC 3261 §12
package struct Dialog: Hashable, Sendable {
    package enum State: Hashable, Sendable {
        case early
        case confirmed
        case terminated
    }

    package let id: DialogID
    package internal(set) var state: State

    /// The own address and display name, without a tag.
    package let local: NameAddress
    /// The peer's address and display name, without a tag.
    package let remote: NameAddress

    /// The peer's Contact, to which requests are sent.
    package internal(set) var remoteTarget: String
    package internal(set) var routeSet: RouteSet

    /// The CSeq number of the latest request sent; nil before the first.
    package internal(set) var localSequence: UInt32?
    /// The CSeq number of the latest request received; nil before the first.
    package internal(set) var remoteSequence: UInt32?

    /// Whether the dialog was created through a SIPS URI.
    package let isSecure: Bool

    package var localURI: String { local.uri }
    package var remoteURI: String { remote.uri }

    /// The dialog that a response creates at the client that sent the request.
    ///
    /// RFC 3261 §12.1.2. A response without Contact leaves the Request-URI as remote target: the fault is the peer's,
    /// and the dialog can still be ended properly.
    ///
    /// - Returns: nil unless the response is 101 to 299 with a To tag and names a Call-ID, From and CSeq.
    package init?(client request: SIPMessage, response: SIPMessage) {
        guard let status = response.status, (101...299).contains(status),
            let id = DialogID(response: response),
            let from = try? response.from(), let to = try? response.to(), let cSeq = try? request.cSeq(),
            let requestURI = request.requestURI
        else { return nil }
        self.id = id
        state = status < 200 ? .early : .confirmed
        local = from.withoutParameters
        remote = to.withoutParameters
        remoteTarget = (try? response.contact())?.uri ?? requestURI
        routeSet = RouteSet(response.list(.recordRoute).reversed())
        localSequence = cSeq.number
        remoteSequence = nil
        isSecure = requestURI.isSIPS
    }

    /// The dialog that a request creates at the server that answers it with this To tag.
    ///
    /// RFC 3261 §12.1.1. A request without Contact leaves the From URI as remote target, as above.
    ///
    /// - Returns: nil unless the request names a Call-ID, From, To and CSeq.
    package init?(server request: SIPMessage, localTag: String, state: State = .confirmed) {
        guard let callID = request.callID, let from = try? request.from(), let to = try? request.to(),
            let cSeq = try? request.cSeq(), let requestURI = request.requestURI
        else { return nil }
        id = DialogID(callID: callID, localTag: localTag, remoteTag: from.tag ?? "")
        self.state = state
        local = to.withoutParameters
        remote = from.withoutParameters
        remoteTarget = (try? request.contact())?.uri ?? from.uri
        routeSet = RouteSet(request.list(.recordRoute))
        localSequence = nil
        remoteSequence = cSeq.number
        isSecure = requestURI.isSIPS
    }

    /// The server has accepted the request that created this early dialog with a 2xx response.
    package mutating func confirm() {
        guard state == .early else { return }
        state = .confirmed
    }

    /// The dialog is over, for a reason that no message in it has told.
    package mutating func terminate() {
        state = .terminated
    }
}

extension NameAddress {
    fileprivate var withoutParameters: NameAddress { NameAddress(displayName: displayName, uri: uri) }
}

extension String {
    fileprivate var isSIPS: Bool { lowercased().hasPrefix("sips:") }
}
