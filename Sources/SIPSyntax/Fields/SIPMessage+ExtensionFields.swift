/// Fields of the extensions as typed values: nil when absent, an error when malformed.
extension SIPMessage {
    /// What is subscribed to or published.
    ///
    /// RFC 6665 §8.2.1
    package func event() throws(SIPSyntaxError) -> EventType? {
        try value(.event, as: EventType.self)
    }

    /// How the subscription stands.
    ///
    /// RFC 6665 §8.2.3
    package func subscriptionState() throws(SIPSyntaxError) -> SubscriptionState? {
        try value(.subscriptionState, as: SubscriptionState.self)
    }

    /// How long the session lasts unless refreshed.
    ///
    /// RFC 4028 §4
    package func sessionExpires() throws(SIPSyntaxError) -> SessionInterval? {
        try value(.sessionExpires, as: SessionInterval.self)
    }

    /// The shortest session interval that is accepted.
    ///
    /// RFC 4028 §5
    package func minSE() throws(SIPSyntaxError) -> DeltaSeconds? {
        try value(.minSE, as: DeltaSeconds.self)
    }

    /// What a REFER asks to contact.
    ///
    /// RFC 3515 §2.1
    package func referTo() throws(SIPSyntaxError) -> NameAddress? {
        try value(.referTo, as: NameAddress.self)
    }

    /// Who asked for the request.
    ///
    /// RFC 3892 §3
    package func referredBy() throws(SIPSyntaxError) -> NameAddress? {
        try value(.referredBy, as: NameAddress.self)
    }

    /// Whether a REFER creates a subscription.
    ///
    /// RFC 4488 §4
    package func referSub() throws(SIPSyntaxError) -> ReferSub? {
        try value(.referSub, as: ReferSub.self)
    }

    /// The dialog to be replaced.
    ///
    /// RFC 3891 §6.1
    package func replaces() throws(SIPSyntaxError) -> Replaces? {
        try value(.replaces, as: Replaces.self)
    }

    /// The privacy asked for.
    ///
    /// RFC 3323 §4.2
    package func privacy() throws(SIPSyntaxError) -> Privacy? {
        try value(.privacy, as: Privacy.self)
    }

    /// Who the sender is, as the network asserts.
    ///
    /// RFC 3325 §9.1
    package func assertedIdentities() throws(SIPSyntaxError) -> [NameAddress] {
        try elements(.pAssertedIdentity, as: AssertedIdentity.self).map(\.address)
    }

    /// The features wanted of the callee.
    ///
    /// RFC 3841 §9.2
    package func acceptContacts() throws(SIPSyntaxError) -> [AcceptContact] {
        try elements(.acceptContact, as: AcceptContact.self)
    }

    /// What the response warns of.
    ///
    /// RFC 3261 §20.43
    package func warnings() throws(SIPSyntaxError) -> [Warning] {
        try elements(.warning, as: Warning.self)
    }

    /// When the message was first sent.
    ///
    /// RFC 3261 §20.17
    package func date() throws(SIPSyntaxError) -> SIPDate? {
        try value(.date, as: SIPDate.self)
    }

    /// What the body is for.
    ///
    /// RFC 3261 §20.11
    package func contentDisposition() throws(SIPSyntaxError) -> ContentDisposition? {
        try value(.contentDisposition, as: ContentDisposition.self)
    }

    /// The products of User-Agent, or of Server where there is none.
    ///
    /// RFC 3261 §20.35, §20.41
    package func products() throws(SIPSyntaxError) -> Products? {
        if let products = try value(.userAgent, as: Products.self) { return products }
        return try value(.server, as: Products.self)
    }
}
