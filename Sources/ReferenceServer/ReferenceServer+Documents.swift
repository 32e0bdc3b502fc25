import XCAP

/// What the server makes of its documents.
extension ReferenceServer {
    /// Hears that a user has written or deleted a document; a deleted group has no session any more.
    mutating func documentChanged(_ selector: DocumentSelector) {
        for (id, uri) in conferences.groups {
            handle(.groupChanged(group(at: uri)), inConference: id)
        }
    }
}
