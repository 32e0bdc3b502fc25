/// A message or a recording that a server keeps for a user, as the metadata document tells of it.
///
/// OMA-TS-SIMPLE_IM-V1_0 Appendix J, and the names of OMA IM XDM for recordings
package struct StoredItem: Equatable, Sendable {
    /// The URI that asks for the item, and that deletes it: `history-reference`.
    package var reference: String

    /// The day, such as `2026-03-01`.
    package var date: String?

    /// The size in bytes.
    package var size: Int?

    /// When the server will delete the item.
    package var expiry: String?
    package var subject: String?
    package var content: Content?

    package init(
        reference: String, date: String? = nil, size: Int? = nil, expiry: String? = nil, subject: String? = nil,
        content: Content?
    ) {
        self.reference = reference
        self.date = date
        self.size = size
        self.expiry = expiry
        self.subject = subject
        self.content = content
    }

    package enum Content: Equatable, Sendable {
        case pager(Pager)
        case conference(Conference)
    }

    /// One message, whether it went by pager mode or as a large message.
    package struct Pager: Equatable, Sendable {
        package var timeStamp: String?
        package var from: String?
        package var to: String?

        /// Whom else the message went to.
        package var recipients: Parties?

        /// The asserted identity of the sender.
        package var authID: String?

        package init(
            timeStamp: String?, from: String?, to: String?, recipients: Parties? = nil, authID: String? = nil
        ) {
            self.timeStamp = timeStamp
            self.from = from
            self.to = to
            self.recipients = recipients
            self.authID = authID
        }
    }

    /// A session, or a part of it.
    package struct Conference: Equatable, Sendable {
        package var timeStart: String?
        package var timeEnd: String?

        /// The name that the user has given: `historyfilename` of the request that started the recording.
        package var recordingName: String?
        package var participants: Parties?

        package init(
            timeStart: String?, timeEnd: String?, recordingName: String? = nil, participants: Parties? = nil
        ) {
            self.timeStart = timeStart
            self.timeEnd = timeEnd
            self.recordingName = recordingName
            self.participants = participants
        }
    }

    /// Users, and the group that they were reached through.
    package struct Parties: Equatable, Sendable {
        package var groupURI: String?
        package var groupDisplayName: String?
        package var entries: [ResourceLists.Entry]

        package init(groupURI: String? = nil, groupDisplayName: String? = nil, entries: [ResourceLists.Entry]) {
            self.groupURI = groupURI
            self.groupDisplayName = groupDisplayName
            self.entries = entries
        }
    }

    /// When the item began, for its place among the others.
    package var time: String? {
        switch content {
        case .pager(let pager): pager.timeStamp ?? date
        case .conference(let conference): conference.timeStart ?? date
        case nil: date
        }
    }
}
