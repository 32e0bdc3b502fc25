import SDP

/// What becomes of a 1-to-1 session between its two dialogs.
extension Faults {
    /// Whether the end of one dialog of a session is the end of the other.
    func ends(isReplaced: Bool) -> Bool { !(isReplaced && has(.replacedSessionKept)) }

    /// An answer on its way to the party that has made the offer.
    func answer(_ answer: SessionDescription, to offer: SessionDescription) -> SessionDescription {
        guard has(.fileDespiteRefusal), let path = answer.media.first(where: \.canBeAnchored)?.value("path") else {
            return answer
        }
        var answer = answer
        for index in answer.media.indices
        where answer.media[index].isRefused && offer.media.indices.contains(index) && offer.media[index].carriesFile
            && offer.media[index].canBeAnchored
        {
            var line = offer.media[index]
            line.attributes = line.attributes.map { attribute in
                if attribute.name == "path" { return Attribute("path", path) }
                return Direction(rawValue: attribute.name).map { Attribute($0.mirrored.rawValue) } ?? attribute
            }
            answer.media[index] = line
        }
        return answer
    }
}
