import MessageBodies

/// When the files of a conference go.
extension FileExchange {
    /// How long the members of a group may take to come, one after the other.
    private static let memberPatience = Duration.seconds(2)

    /// Whether nothing is held back.
    var mayBegin: Bool { envelope != nil && audience == .anybody }

    /// Learns what the wrappers of files are to say.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §7.1.3.2.1
    mutating func address(by addressing: Addressing) {
        if addressing.isConference { wrapping = .cpim }
        envelope = addressing.envelope().flatMap { from, to in
            to.first.map { receiver in
                Envelope(
                    from: from, to: receiver,
                    reports: addressing.isConference ? profile.deliveryReports : .unasked)
            }
        }
    }

    /// Learns who has come, for which some files may have waited.
    mutating func learn(_ news: SessionNews, _ addressing: Addressing) -> [ProcedureEffect] {
        let couldBegin = mayBegin
        address(by: addressing)
        switch news {
        case .roster(let roster):
            let others = roster.others(than: profile.imAddress).count
            if case .everybody(let expected) = audience, others >= expected { audience = .anybody }
        case .unobservable:
            audience = .anybody
        case .left, .released, .superseded:
            break
        }
        return couldBegin || files.isEmpty ? [] : begin()
    }

    /// Waits no longer for those who have not come.
    mutating func waitedForAudience() -> [ProcedureEffect] {
        guard audience != .anybody else { return [] }
        audience = .anybody
        return begin()
    }

    /// Sends what has been held back, once nothing holds it.
    private mutating func begin() -> [ProcedureEffect] {
        guard mayBegin else { return audience == .members ? holding : [] }
        return [.disarm(.audience)] + files.indices.flatMap { files[$0].messageID == nil ? send($0) : [] }
    }

    /// The wait for the audience, which news of a group begins anew.
    var holding: [ProcedureEffect] {
        switch audience {
        case .anybody: []
        case .everybody: [.arm(.audience, after: profile.audienceWait)]
        case .members: [.arm(.audience, after: Self.memberPatience)]
        }
    }
}
