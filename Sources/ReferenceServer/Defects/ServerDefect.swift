/// A named way for the reference server to be wrong; each line says in which flow it shows.
package enum ServerDefect: String, CaseIterable, Sendable {
    // Fields of SIP messages

    /// INVITE and MESSAGE reach the recipient without P-Asserted-Identity and from nobody; shows in 101 and 201.
    case identityMissing
    /// INVITE and MESSAGE reach the recipient in the name of another user; shows in 101 and 201.
    case identityWrong
    /// INVITE and MESSAGE reach the recipient without Accept-Contact; shows in 101 and 201.
    case featureTagMissing
    /// The Contact of the server in INVITE and 2xx lacks the IM feature tag; shows in 101.
    case contactTagMissing
    /// Nothing that the server sends carries User-Agent or Server; shows in 101 and 201.
    case serverTokenMissing
    /// INVITE and 2xx have no session timer; shows in 101.
    case sessionTimerMissing
    /// MESSAGE reaches the recipient with a Contact; shows in 201.
    case contactInMessage
    /// Branches do not begin with the magic cookie of RFC 3261; shows in 101 and 201.
    case viaBranchWithoutCookie
    /// The CSeq of a 2xx to INVITE or MESSAGE is not that of the request; shows in 101 and 201.
    case cSeqMismatch
    /// Content-Length of INVITE and MESSAGE claims more than the body holds; shows in 101 and 201.
    case contentLengthWrong
    /// The 2xx to INVITE has no To tag; shows in 101.
    case toTagMissing
    /// The 200 to MESSAGE is passed on as 202, as if the message had been deferred; shows in 201.
    case answersAccepted
    /// The 200 to PUBLISH names no entity tag; shows in the log-in of 101 and 201.
    case entityTagMissing

    // Session descriptions

    /// The answer that reaches the caller has port 0; shows in 101.
    case answerPortZero
    /// The answer that reaches the caller has no path; shows in 101.
    case answerWithoutPath
    /// The answer that reaches the caller accepts a type that was not offered; shows in 101.
    case answerWithForeignAcceptTypes

    // Conduct in SIP

    /// The invited client gets two invitations; shows in 101.
    case invitesTwice
    /// The ACK never reaches the invited client; shows in 101.
    case ackLost
    /// BYE never reaches the other party; shows at the end of 101.
    case byeLost
    /// A page is answered with 202 before it is delivered, and then dropped; shows in 201.
    case answersPagerBeforeDelivery
    /// A page comes as an invitation to a session; shows in 201.
    case pagerAsSession
    /// A text of a session comes by MESSAGE; shows in 101.
    case sessionTextAsPager

    // Texts, by MESSAGE and by MSRP

    /// The last character of each text is another one; shows in 101 and 201.
    case textAltered
    /// Each text is delivered twice, as two messages; shows in 101 and 201.
    case deliveredTwice
    /// Each text goes back to its sender, who is told that it was delivered; shows in 101 and 201.
    case deliveredToWrongClient
    /// No text is delivered, but each is acknowledged; shows in 101 and 201.
    case notDelivered

    // MSRP

    /// The From-Path of what the relay passes on names another session; shows in 101.
    case wrongFromPath
    /// The relay gives each text another Message-ID, which no report fits; shows in 101.
    case messageIDChanged
    /// Each Byte-Range claims one byte more than the chunk holds; shows in 101.
    case byteRangeWrong
    /// The relay answers a REPORT with 200; shows in 101.
    case answersReport
    /// A REPORT never reaches the sender of the text; shows in 101.
    case reportLost
    /// The answer to a SEND never reaches its sender; shows in 101.
    case msrpAnswerLost
}
