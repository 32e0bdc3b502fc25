import COpenSSL
package import Network

/// One end of a connection that TLS secures: bytes of the network on one side, those of the party on the other.
///
/// RFC 8446 and RFC 5246; it knows no socket and no clock, and keeps what is sent until the handshake is over.
package final class TLSSession {
    package enum Role: Sendable {
        case opens
        case accepts
    }

    package enum Effect: Equatable {
        /// Bytes for the network.
        case send([UInt8])
        /// The handshake is over, and the peer is who was expected.
        case established
        /// Bytes for the party.
        case received([UInt8])
        /// The peer sends nothing any more.
        case ended
        /// Nothing passes any more; what is still to be sent tells the peer of it.
        case failed(TLSFault)
    }

    private enum State {
        case handshaking
        case established
        case ended
        case failed
    }

    /// The most that one call of libssl gives.
    private static let pieceLength = 16_384

    private let context: TLSContext
    private let expected: ExpectedPeer
    private let role: Role
    private let native: OpaquePointer
    private let arriving: OpaquePointer
    private let leaving: OpaquePointer
    private var state = State.handshaking
    /// What the party has sent before the handshake was over.
    private var waiting: [UInt8] = []
    private var closesWhenEstablished = false
    /// Whether the peer has sent anything for the party: then it has let this end in.
    private(set) var hasReceived = false
    /// What is wrong with the certificate of the peer.
    private var objection: TLSFault?
    /// The secrets of the connection in the format of a key log, one a line, since they were taken last.
    var secrets: [String] = []

    /// - Parameters:
    ///   - role: Which end of the connection this is.
    ///   - context: What this end proves by who it is, and whom it trusts.
    ///   - expected: Who has to be at the other end.
    package init(_ role: Role, in context: TLSContext, expecting expected: ExpectedPeer) {
        guard let native = SSL_new(context.native), let arriving = BIO_new(BIO_s_mem()),
            let leaving = BIO_new(BIO_s_mem())
        else { preconditionFailure("libssl gives no session") }
        (self.role, self.context, self.expected) = (role, context, expected)
        (self.native, self.arriving, self.leaving) = (native, arriving, leaving)
        SSL_set_bio(native, arriving, leaving)
        SSL_set_ex_data(native, 0, Unmanaged.passUnretained(self).toOpaque())
        switch role {
        case .opens:
            SSL_set_verify(native, SSL_VERIFY_PEER, nil)
            SSL_set_connect_state(native)
            // RFC 6066 §3: an address is no name of a server.
            if case .name(let name) = expected, IPAddress(host: name) == nil { parley_name_server(native, name) }
        case .accepts:
            let demands = expected == .anybody ? SSL_VERIFY_NONE : SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT
            SSL_set_verify(native, demands, nil)
            SSL_set_accept_state(native)
        }
    }

    deinit { SSL_free(native) }

    /// Whether the handshake is over and nothing has ended or failed.
    package var isEstablished: Bool { state == .established }

    /// How many bytes wait for the handshake to be over.
    var waitingCount: Int { waiting.count }

    /// The certificate that the peer has shown.
    package var peerCertificate: TLSCertificate? { SSL_get1_peer_certificate(native).map(TLSCertificate.init(owning:)) }

    package func takeSecrets() -> [String] {
        defer { secrets = [] }
        return secrets
    }

    /// Begins the handshake, where this end does.
    package func start() -> [Effect] {
        guard role == .opens, state == .handshaking else { return [] }
        return shakeHands()
    }

    /// Takes bytes of the network.
    package func receive(_ bytes: [UInt8]) -> [Effect] {
        guard state == .handshaking || state == .established else { return [] }
        var effects: [Effect] = []
        var rest = bytes[...]
        while let piece = rest.isEmpty ? nil : rest.prefix(Int(Int32.max)) {
            rest = rest.dropFirst(piece.count)
            piece.withUnsafeBytes { _ = BIO_write(arriving, $0.baseAddress, Int32($0.count)) }
        }
        if state == .handshaking { effects += shakeHands() }
        if state == .established { effects += read() }
        return effects
    }

    /// Takes bytes of the party.
    package func send(_ bytes: [UInt8]) -> [Effect] {
        switch state {
        case .handshaking:
            waiting += bytes
            return []
        case .established, .ended: return write(bytes)
        case .failed: return []
        }
    }

    /// Tells the peer that nothing more comes, once what waits has been sent.
    package func close() -> [Effect] {
        switch state {
        case .handshaking:
            closesWhenEstablished = true
            return []
        case .established, .ended:
            ERR_clear_error()
            SSL_shutdown(native)
            return departure
        case .failed: return []
        }
    }

    /// Hears that the network brings nothing more.
    package func inputEnded() -> [Effect] {
        switch state {
        case .handshaking: return fail(objection ?? .endedEarly)
        case .established: return fail(.truncated)
        case .ended, .failed: return []
        }
    }

    /// Gives up a handshake that takes too long.
    package func giveUp() -> [Effect] { state == .handshaking ? fail(.tooSlow) : [] }

    // MARK: libssl

    private func shakeHands() -> [Effect] {
        ERR_clear_error()
        let result = SSL_do_handshake(native)
        guard result == 1 else { return departure + trouble(result) }
        state = .established
        var effects = departure + [.established]
        if !waiting.isEmpty { effects += write(waiting) }
        waiting = []
        if closesWhenEstablished { effects += close() }
        return effects
    }

    private func read() -> [Effect] {
        var effects: [Effect] = []
        var plaintext: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: Self.pieceLength)
        while true {
            ERR_clear_error()
            let count = SSL_read(native, &piece, Int32(piece.count))
            guard count > 0 else {
                effects += plaintext.isEmpty ? [] : [.received(plaintext)]
                // What libssl answers by itself, such as an alert or a new key, goes out before anything else.
                return departure + effects + trouble(count)
            }
            plaintext += piece.prefix(Int(count))
            hasReceived = true
        }
    }

    private func write(_ bytes: [UInt8]) -> [Effect] {
        var rest = bytes[...]
        while !rest.isEmpty {
            ERR_clear_error()
            let count = rest.withUnsafeBytes { SSL_write(native, $0.baseAddress, Int32(min($0.count, 1 << 20))) }
            guard count > 0 else { return departure + trouble(count) }
            rest = rest.dropFirst(Int(count))
        }
        return departure
    }

    /// What libssl wants to be sent.
    private var departure: [Effect] {
        let pending = BIO_ctrl_pending(leaving)
        guard pending > 0 else { return [] }
        var bytes = [UInt8](repeating: 0, count: pending)
        let count = BIO_read(leaving, &bytes, Int32(clamping: pending))
        return count > 0 ? [.send(Array(bytes.prefix(Int(count))))] : []
    }

    /// What a call that has not come to its end means.
    private func trouble(_ result: Int32) -> [Effect] {
        switch SSL_get_error(native, result) {
        case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: return []
        case SSL_ERROR_ZERO_RETURN:
            state = .ended
            return [.ended]
        default: return fail(objection ?? TLSFault(code: ERR_get_error(), isHandshake: state == .handshaking))
        }
    }

    private func fail(_ fault: TLSFault) -> [Effect] {
        state = .failed
        waiting = []
        ERR_clear_error()
        return departure + [.failed(fault)]
    }

    static func owner(of native: OpaquePointer?) -> TLSSession? {
        guard let native, let pointer = SSL_get_ex_data(native, 0) else { return nil }
        return Unmanaged<TLSSession>.fromOpaque(pointer).takeUnretainedValue()
    }
}

// Who the peer is.
extension TLSSession {
    /// Judges the certificates of a peer in place of libssl: 1 when it is who was expected.
    static func verify(_ store: OpaquePointer?) -> Int32 {
        guard let store, let native = X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()),
            let session = owner(of: OpaquePointer(native)), let leaf = X509_STORE_CTX_get0_cert(store)
        else { return 0 }
        X509_up_ref(leaf)
        guard let objection = session.objection(to: TLSCertificate(owning: leaf), store) else {
            X509_STORE_CTX_set_error(store, X509_V_OK)
            return 1
        }
        session.objection = objection
        if X509_STORE_CTX_get_error(store) == X509_V_OK {
            X509_STORE_CTX_set_error(store, X509_V_ERR_APPLICATION_VERIFICATION)
        }
        return 0
    }

    private func objection(to certificate: TLSCertificate, _ store: OpaquePointer) -> TLSFault? {
        switch expected {
        case .anybody, .certified: return nil
        case .fingerprint(let expected):
            let fingerprint = certificate.fingerprint(expected.hash)
            return fingerprint == expected ? nil : .wrongFingerprint(fingerprint, expected: expected)
        case .trusted: return distrust(certificate, store)
        case .name(let name):
            if let fault = distrust(certificate, store) { return fault }
            guard !certificate.isFor(name) else { return nil }
            X509_STORE_CTX_set_error(store, X509_V_ERR_HOSTNAME_MISMATCH)
            return .wrongName(of: certificate.names, expected: name)
        }
    }

    /// Why no authority that is trusted stands behind the certificate.
    private func distrust(_ certificate: TLSCertificate, _ store: OpaquePointer) -> TLSFault? {
        guard X509_verify_cert(store) != 1 else { return nil }
        let subject = certificate.subject
        switch X509_STORE_CTX_get_error(store) {
        case X509_V_ERR_CERT_HAS_EXPIRED: return .expired(subject: subject, end: certificate.end)
        case X509_V_ERR_CERT_NOT_YET_VALID:
            return .notYetValid(subject: subject, beginning: certificate.beginning)
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT: return .selfSigned(subject: subject)
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT,
            X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN, X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
            return certificate.isSelfSigned
                ? .selfSigned(subject: subject) : .untrusted(subject: subject, issuer: certificate.issuer)
        case let code:
            return .badCertificate(subject: subject, reason: String(cString: X509_verify_cert_error_string(Int(code))))
        }
    }
}
