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
    /// A PUBLISH of settings is answered 489, as if nobody had heard of the event; shows in the log-in of every case.
    case settingsRefused
    /// What a user has published is forgotten when he logs out; shows in 401.
    case settingsForgotten

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
    /// A text of a session comes by MESSAGE; shows in 101 and 102.
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

    // Messages to several recipients, and of the server itself

    /// A page to a list or a group never reaches the last of its recipients; shows in 202 and 203.
    case groupPageMissesMember
    /// The copies of a page to a group say that they are from its sender; shows in 202.
    case groupPageFromSender
    /// The copies of a page to a group do not say who has sent it; shows in 202.
    case groupPageWithoutReferrer
    /// The recipients of a page to a list get the list as well; shows in 203.
    case listPartForwarded
    /// A page to a list goes to the first recipient only, for all of them; shows in 203.
    case recipientsInOneRequest
    /// A page to a list or a group is answered with 200, as if it had been delivered; shows in 203.
    case groupPageAnsweredOK
    /// A system message has the feature tag of the messages of users; shows in 204.
    case systemTagMissing
    /// A system message comes in the name of its recipient; shows in 204.
    case systemMessageFromUser
    /// A system message for a user who is there is also kept like one for a user who is away; shows in 204.
    case systemMessageStored
    /// A long system message stands inside the MESSAGE; shows in 204, if its text is long.
    case systemTextInside

    // Deferred messages

    /// A message for a user who is away is acknowledged, and forgotten; shows in 401 to 405.
    case deferredNotStored
    /// A message for a user who is away is kept twice; shows in 401 to 405.
    case deferredTwice
    /// A message for a user who is away is answered with 200, as if it had been delivered; shows in 401 and 405.
    case deferredAnsweredOK
    /// What was kept is pushed as soon as the user has registered; shows in 401 to 405.
    case pushesAtRegistration
    /// What was kept is pushed to a user who has said that he does not want that; shows in 401, 403, 404 and 405.
    case pushesUnasked
    /// What was kept comes as pages as soon as the user has published, whether he wants it or not; shows in 401 to 405.
    case pushesAsPages
    /// What was kept comes with a Call-ID of the server; shows in 402 and 405.
    case deferredCallIDChanged
    /// What was kept is never pushed; shows in 402.
    case neverPushes
    /// Who asks for one message gets another; shows in 403.
    case retrievesWrongMessage
    /// What was kept comes with the latest first; shows in 402, and in 403 by order alone.
    case deferredOrderReversed
    /// The last character of each message that was kept is another one; shows in 402, 403 and 405.
    case deferredTextAltered
    /// What the user has taken stays in the store; shows in 402, 403 and 405.
    case deferredKeptAfterDelivery
    /// The metadata of deferred messages are always empty; shows in 401, 403, 404 and 405.
    case deferredMetadataMissing
    /// The metadata go on to tell of messages that are gone; shows in 402, 403 and 404.
    case deferredMetadataStale
    /// The metadata tell that messages are from their recipient; shows in 401.
    case deferredMetadataFromWrong
    /// The Contact of the server does not say that it is a machine; shows in 402 and 403.
    case automataMissing
    /// The server does not end a session in which it has handed over everything; shows in 402, 403, 501 and 503.
    case deliveryNotReleased

    // Deletion, and what comes of a REFER

    /// Who deletes one message or record loses all; shows in 404 and 505.
    case deletesTooMuch
    /// Of several that are to be deleted only the first is; shows in 404 and 505.
    case deletesFirstOfList
    /// Who deletes all that is kept keeps one; shows in 404 and 505.
    case deletesAllButOne
    /// What is to be deleted stays, and the user is told otherwise; shows in 404 and 505.
    case deletesNothing
    /// A deletion is answered with 202, as if it were still to come; shows in 404 and 505.
    case deletionAnsweredAccepted
    /// Who has sent a REFER to a store never hears what came of it; shows in 404, 501 and 505.
    case referNotificationMissing
    /// What came of a REFER is told in words, and not as a fragment of a message; shows in 404, 501 and 505.
    case referOutcomeInWords

    // Conversation history

    /// The history function says that it records, and does not; shows in 501 to 505.
    case historyNotRecorded
    /// A record has what was said before it was wanted; shows in 501.
    case historyRecordsBefore
    /// A recording goes on after it was to stop; shows in 501 and 502.
    case historyRecordsAfter
    /// Who wants a recording to stop is refused; shows in 501 and 502.
    case historyStopRefused
    /// A record does not have the name that the user has given; shows in 501 and 502.
    case historyNameLost
    /// Conference state lists the history function; shows in 501.
    case historyFunctionListed
    /// The metadata of records are always empty; shows in 501 to 505.
    case historyMetadataMissing
    /// What was recorded comes with the latest first; shows in 501 to 503.
    case historyOrderReversed
    /// The last character of each message that was recorded is another one; shows in 501 to 503.
    case historyTextAltered
    // The focus

    /// The Contact of the focus does not say that it is one; shows in 102.
    case focusTagMissing
    /// Whoever has called is answered without P-Asserted-Identity of the factory or the group; shows in 102 and 103.
    case focusIdentityMissing
    /// Only the first user of a list or a group is invited; shows in 102 and 103.
    case firstOfListOnly
    /// The originator is invited to the session that he has begun; shows in 103.
    case originatorInvited
    /// Invitations to a conference have no Referred-By; shows in 102 and 103.
    case referrerMissing
    /// Whoever is invited gets the list of all who are; shows in 102, 302 and 303.
    case listPassedOn
    /// Conference state is about another session; shows in 102 and 103.
    case stateEntityWrong
    /// Nobody is told that a user has come; shows in 106 and 109.
    case joinNotTold
    /// Nobody is told that a user has left; shows in 109.
    case departureNotTold
    /// Nobody is told that a user was expelled; shows in 108.
    case expulsionNotTold
    /// Every notification has the version of the first; shows in 109.
    case stateVersionStuck
    /// Everybody is told of himself alone; shows in 102.
    case othersNotListed
    /// Nobody is told which user he is himself; shows in 102.
    case ownUserNotMarked
    /// Everybody is told that he is each of the others; shows in 102.
    case wrongUserMarked
    /// Two users in a room have the same alias; shows in 104.
    case aliasShared
    /// The address of a user who hides behind an alias is seen; shows in 104.
    case aliasShowsAddress
    /// A session that should end with its originator does not; shows in 104.
    case autoReleaseIgnored
    /// The invitation that extends a 1-to-1 session has no Replaces; shows in 107.
    case replacesMissing
    /// Replaces stands in the invitations of all others; shows in 107.
    case replacesAtOthers
    /// The session that was replaced goes on for whoever has extended it; shows in 107.
    case replacedSessionKept
    /// An expelled user gets no BYE; shows in 108.
    case expelledWithoutBye
    /// An expelled user gets no BYE, and goes on to hear and to be heard; shows in 108.
    case expelledStays
    /// A user who comes back is refused; shows in 109.
    case rejoinRefused
    /// Whoever has asked for no news of his REFER gets them; shows in 106 and 108.
    case referralTold
    /// Invitations to a large message do not say that it is one; shows in 302 and 303.
    case largeMessageTagLost
    /// When the sender of a large message leaves, its receivers stay; shows in 302 and 303.
    case largeMessageNotReleased

    // The switch

    /// Each message also goes back to its sender; shows in 102, 202 and 605.
    case returnedToSpeaker
    /// A private message goes to everybody; shows in 105.
    case privateForEverybody
    /// One of the receivers gets no message; shows in 102.
    case notDeliveredToOne
    /// The wrapper of each message gets a further header; shows in 102.
    case wrapperAltered

    // Files

    /// The last byte of each file is another one; shows in 601 to 608.
    case fileAltered
    /// No file is delivered, but each is acknowledged; shows in 601 to 608.
    case fileLost
    /// Each file also goes back to its sender; shows in 605 to 608.
    case fileReturned
    /// A file that was refused is accepted towards its sender, and sent nevertheless; shows in 601.
    case fileDespiteRefusal
}
