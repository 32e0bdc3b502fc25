/// The IM service settings that a client publishes.
///
/// OMA-TS-SIMPLE_IM-V1_0 §5.2.4 and Appendix E
package struct Settings: Sendable, Equatable {
    package var barsSessions: Bool
    package var barsPagers: Bool
    package var wantsOfflineDelivery: Bool
    package var isVisible: Bool
    package var recordsSessions: Bool
    package var recordsPagers: Bool

    /// The settings of a client that bars nothing, is visible and records nothing.
    package static let open = Settings(
        barsSessions: false, barsPagers: false, wantsOfflineDelivery: false, isVisible: true, recordsSessions: false,
        recordsPagers: false)

    package init(
        barsSessions: Bool, barsPagers: Bool, wantsOfflineDelivery: Bool, isVisible: Bool, recordsSessions: Bool,
        recordsPagers: Bool
    ) {
        self.barsSessions = barsSessions
        self.barsPagers = barsPagers
        self.wantsOfflineDelivery = wantsOfflineDelivery
        self.isVisible = isVisible
        self.recordsSessions = recordsSessions
        self.recordsPagers = recordsPagers
    }
}
