import Conformance

extension Assessed {
    /// The judgment where a real client did not do a step: what is missing then shows nothing, and what is there counts.
    ///
    /// - Parameter reason: Which step, and why, as a sentence.
    /// - Returns: A judgment that is never better than inconclusive.
    package func without(step reason: String) -> Assessed {
        var judged = self
        judged.findings = findings.map { finding in
            guard finding.verdict == .fail, finding.restsOnAbsence else { return finding }
            var finding = finding
            finding.verdict = .inconclusive
            finding.party = nil
            finding.observed += "; this shows nothing, for " + reason.dropLast(reason.hasSuffix(".") ? 1 : 0)
            return finding
        }
        judged.interop = max(.inconclusive, judged.verdict(interop, of: { $0 == .criterion || $0 == .negative }))
        judged.conformance = judged.verdict(conformance, of: { $0 == .conformance })
        return judged
    }

    /// The verdict of those findings, which was this one before.
    private func verdict(_ former: Verdict, of decides: (Check.Kind) -> Bool) -> Verdict {
        guard former == .fail else { return former }
        return findings.contains { decides($0.kind) && $0.verdict == .fail } ? .fail : .inconclusive
    }
}

extension Finding {
    /// Whether it is something missing that decides.
    fileprivate var restsOnAbsence: Bool { evidence.isEmpty || decision != .presence }
}
