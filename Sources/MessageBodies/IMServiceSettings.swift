/// What a user has asked the participating functions to do for him.
///
/// RFC 4354, with the IM extension of OMA-TS-SIMPLE_IM-V1_0 Appendix E
package struct IMServiceSettings: Equatable, Sendable {
    /// Whether sessions and file transfers to the user are refused: `incoming-session-barring`.
    package var barsSessions: Bool

    /// Whether pager and large messages to the user are refused: `incoming-personal-alert-barring`.
    package var barsPagers: Bool

    /// Whether stored messages are pushed when the user comes online: `offline-delivery`.
    package var wantsOfflineDelivery: Bool

    /// Whether others may see the user as available: `vis-status`.
    package var isVisible: Bool

    /// Whether sessions are recorded without being asked: `hist-activation` of `session-mode`.
    package var recordsSessions: Bool

    /// Whether pager and large messages are recorded without being asked: `hist-activation` of `pager-large-mode`.
    package var recordsPagers: Bool

    /// Settings, by default those of a user who has published nothing.
    package init(
        barsSessions: Bool = false, barsPagers: Bool = false, wantsOfflineDelivery: Bool = false,
        isVisible: Bool = true, recordsSessions: Bool = false, recordsPagers: Bool = false
    ) {
        self.barsSessions = barsSessions
        self.barsPagers = barsPagers
        self.wantsOfflineDelivery = wantsOfflineDelivery
        self.isVisible = isVisible
        self.recordsSessions = recordsSessions
        self.recordsPagers = recordsPagers
    }

    package static let mediaType = "application/poc-settings+xml"
}
