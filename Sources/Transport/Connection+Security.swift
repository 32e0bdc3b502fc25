import Network

// What TLS does between the node and the operating system.
extension Connection {
    /// How long a peer may take for its handshake.
    private static let handshakePatience = Duration.seconds(10)

    func beginHandshake() {
        guard let security else { return }
        loop.timers.arm(.handshake(sockets.handle, id), at: loop.clock.now + Self.handshakePatience)
        carryOut(security.start())
    }

    func giveUpHandshake() {
        if let security { carryOut(security.giveUp()) }
    }

    func carryOut(_ effects: [TLSSession.Effect]) {
        loop.secrets += security?.takeSecrets() ?? []
        for effect in effects {
            switch effect {
            case .send(let bytes): outgoing.append(bytes)
            case .established: tellOfPeer()
            case .received(let bytes):
                if !isClosedByNode { loop.report(.received(id, bytes), to: sockets.handle) }
            case .ended: tellNode(reason: nil)
            case .failed(let fault):
                loop.timers.cancel(.handshake(sockets.handle, id))
                if fault.deniesThisSide, security?.hasReceived == false { tellOfRefusal(words(fault.words)) }
                tellNode(reason: words(fault.words))
            }
        }
        pump()
    }

    /// Tells the node of the connection, which is open now, and of who is at its other end.
    private func tellOfPeer() {
        loop.timers.cancel(.handshake(sockets.handle, id))
        guard let security, let local, let remote, !isClosedByNode else { return }
        let event =
            isKnownToNode
            ? NodeEvent.connected(id, local: local, remote: remote) : .accepted(id, local: local, remote: remote)
        isKnownToNode = true
        loop.report(event, to: sockets.handle)
        guard let certificate = security.peerCertificate else { return }
        let fingerprints = CertificateFingerprint.Hash.allCases.map(certificate.fingerprint)
        loop.report(.certified(id, Set(fingerprints)), to: sockets.handle)
    }
}
