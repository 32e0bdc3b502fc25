/// A named way for a simulated client to be wrong; each line says in which flow it shows.
///
/// Defects of messages are filters at the wire; those of behaviour are asked for by name where the behaviour is.
package enum ClientDefect: String, CaseIterable, Sendable {
    // Headers of SIP messages

    /// INVITE and MESSAGE carry no Accept-Contact; shows in 101 and 201.
    case featureTagMissing
    /// The Contact of INVITE and of its 2xx lacks the IM feature tag; shows in 101.
    case contactTagMissing
    /// The Contact of REGISTER lacks the IM feature tag; shows in the log-in of 101 and 201.
    case registrationTagMissing
    /// No request carries User-Agent; shows in 101 and 201.
    case userAgentMissing
    /// Success responses carry neither Server nor User-Agent; shows in 101 and 201.
    case serverFieldMissing
    /// PUBLISH carries no Accept-Contact; shows in the log-in of 101, 401 and 402.
    case publishTagMissing
    /// REGISTER does not require `pref`; shows in the log-in of 101 and 201.
    case requirePrefMissing
    /// INVITE does not list `timer` in Supported; shows in 101.
    case timerNotSupported
    /// MESSAGE carries a Contact; shows in 201.
    case contactInMessage
    /// Branches do not begin with the magic cookie of RFC 3261; shows in 101 and 201.
    case viaBranchWithoutCookie
    /// Content-Length of INVITE and MESSAGE claims more than the body holds; shows in 101 and 201.
    case contentLengthWrong

    // Conduct in SIP

    /// The client registers and publishes nothing; shows in the log-in of 101 and 201.
    case neverPublishes
    /// A 2xx to INVITE is never acknowledged; shows in 101.
    case ackNeverSent
    /// BYE is never answered; shows at the end of 101.
    case byeNeverAnswered
    /// One invitation is sent as two; shows in 101.
    case invitesTwice
    /// A page goes out as an invitation; shows in 201.
    case invitesToPage
    /// A text of a session goes out by MESSAGE; shows in 101.
    case pagesInSession

    // Pages to many, and system messages

    /// The list of a page to many does not say what it is for; shows in 203.
    case listPageWithoutDisposition
    /// The list of a page to many names its first user alone; shows in 203.
    case listPageToFirstOnly
    /// A page to a group goes to the factory with the group in a list; shows in 202.
    case groupPageAsList
    /// A system message is answered 488; shows in 204.
    case refusesSystemMessages

    // Conferences

    /// SUBSCRIBE carries no Accept-Contact; shows in 102 to 109.
    case subscribeTagMissing
    /// The client does not subscribe to the conference state; shows in 102 to 109.
    case neverSubscribes
    /// The list of an invitation names somebody else in place of its last user; shows in 102 and 107.
    case listWithWrongUser
    /// Who enters a room by the own name hides it nevertheless; shows in 104.
    case hidesUnasked
    /// Who goes by a chat alias does not ask for privacy, so that the address leaks; shows in 104.
    case aliasWithoutPrivacy
    /// The wrapper of a text in a conference is addressed to another conference; shows in 102 to 109.
    case textToWrongConference
    /// The wrapper of a text in a conference says that it is from somebody else; shows in 102 to 109.
    case textFromSomebodyElse
    /// A text in a conference goes without its wrapper; shows in 102 to 109.
    case textWithoutWrapper
    /// A private message goes to everybody; shows in 105.
    case whispersToAll
    /// REFER does not ask to go without a subscription; shows in 106 and 108.
    case referSubMissing
    /// Who is to be expelled is invited again; shows in 108.
    case expelsByInvite
    /// A REFER to several does not require that the server knows of lists; shows in 404 and 505.
    case multipleReferNotRequired
    /// The tags that name the session to be replaced are swapped; shows in 107.
    case replacesTagsSwapped
    /// The peer of the session that becomes a conference is invited like anybody else; shows in 107.
    case replacesMissing
    /// The session that another one replaces is not ended; shows in 107 at the peer.
    case replacedSessionKept
    /// The session that another one replaces is ended before that one is accepted; shows in 107 at the peer.
    case endsReplacedEarly
    /// The client leaves sessions without a BYE; shows in 101 and 109.
    case leavesWithoutBye
    /// A conference is entered again by making another one; shows in 109.
    case rejoinsAsNewConference

    // Documents

    /// The document of a group is stored as another type; shows where a group is created: 103, 104, 202 and 302.
    case groupDocumentMistyped

    // Stored messages

    /// All deferred messages are asked for instead of those chosen; shows in 403.
    case retrievesAll
    /// Other items are asked for than those chosen; shows in 403 and, with more than one recording, in 503.
    case retrievesOthers
    /// The session of a retrieval offers both directions; shows in 403, 405, 501 and 503.
    case retrievesBothWays
    /// A retrieval is ended as soon as one message has come; shows in 403.
    case endsRetrievals
    /// The session that would deliver deferred messages is refused with 488; shows in 402.
    case refusesDeliveries
    /// Everything is deleted instead of what was chosen; shows in 404 and 505.
    case deletesAll
    /// No NOTIFY is answered; shows in 102 to 109, 404 and 505.
    case notifyNeverAnswered

    // SDP answers

    /// The answer has no `path`; shows in 101 at the invited client.
    case answerWithoutPath
    /// The answer accepts a type that was not offered; shows in 101 at the invited client.
    case answerWithForeignAcceptTypes
    /// The answer has port 0; shows in 101 at the invited client.
    case answerPortZero

    // Large messages

    /// The INVITE of a large message does not say that it is for one; shows in 301, 302 and 303.
    case largeMessageTagMissing
    /// The INVITE of a large message offers both directions; shows in 301, 302 and 303.
    case largeMessageBothWays
    /// The session of a large message is never released; shows in 301, 302 and 303.
    case largeMessageSessionStays
    /// The session of a large message is subscribed to like that of a conference; shows in 301.
    case largeMessageSubscribed

    // Files

    /// The hash in the selector of an offered file is that of another one; shows in 603 and 604.
    case selectorHashWrong
    /// The selector of an offered file claims a byte more than it has; shows in 603 and 604.
    case selectorSizeWrong
    /// The selector of an offered file has another type; shows in 603 and 604.
    case selectorTypeWrong
    /// The answer to an offered file lacks its selector; shows in 603 and 604 at the receiving client.
    case answerWithoutSelector
    /// The INVITE for files says that it is for a large message; shows in 603, 605 and 607.
    case filesAsLargeMessage
    /// A file is asked for as if to send it; shows in 601 and 602 at the receiving client.
    case requestsAsSender
    /// The bytes of a file go among the texts before its offer is answered; shows in 601 and 604.
    case fileBeforeAcceptance
    /// Files in a session are refused by 603 to the whole offer; shows in 601 and 602 at the receiving client.
    case declinesOfferWithFiles
    /// Files in a session are refused by 408 to the whole offer; shows in 601 and 602 at the receiving client.
    case timesOutOfferWithFiles
    /// Each file goes out twice, as two messages; shows in 603 and 605.
    case uploadsTwice
    /// The line of a file that has been sent is never closed, nor is a session of files alone; shows in 603 and 604.
    case fileLineStaysOpen

    // MSRP, and the text itself

    /// A text goes out before the ACK of the session's INVITE; shows in 101 at the inviting client.
    case sendsBeforeAck
    /// A text goes out in a session that has ended; shows in 104 and 108.
    case sendsAfterEnd
    /// Each text goes out twice, as two messages; shows in 101 and 201.
    case sendsTwice
    /// The last character of each text is another one; shows in 101 and 201.
    case textAltered
    /// The From-Path of SEND names another session; shows in 101.
    case wrongFromPath
    /// Each Byte-Range begins one byte too late; shows in 101.
    case chunksWithWrongByteRange
    /// Each Byte-Range claims that the message is one byte longer; shows in 101, 301 and 603.
    case byteRangeTotalWrong
    /// The last byte of each large message and file is another one; shows in 301 and 603.
    case contentAltered
    /// A REPORT is answered with 200; shows in 101.
    case answersReport
    /// No success report follows although one was asked for; shows in 101.
    case noSuccessReport
    /// A SEND is never answered; shows in 101.
    case msrpAnswerLost
}
