import SIPSyntax

/// To whom the core gives an initial request of one of its users.
///
/// OMA-TS-SIMPLE_IM-V1_0 Appendix C, with the PUBLISH that it forgets
enum InitialFilterCriteria: Equatable {
    /// The participating functions of the IM server.
    case participatingFunctions(IMRequest.Kind)
    /// The IM service setting procedure.
    case serviceSettings
    /// Nobody: the core routes the request itself.
    case core

    init(_ request: SIPMessage) {
        switch request.method {
        case .publish?:
            self = .serviceSettings
        case .invite? where request.isForLargeMessage:
            self = .participatingFunctions(.largeMessage)
        case .invite? where request.prefersContact(with: .instantMessaging):
            self = .participatingFunctions(.session)
        case .message? where request.prefersContact(with: .instantMessaging):
            self = .participatingFunctions(.pager)
        default:
            self = .core
        }
    }
}

extension SIPMessage {
    /// The specification does not say which of the two fields the tag stands in; a participating function writes both.
    fileprivate var isForLargeMessage: Bool {
        prefersContact(with: .largeMessage) || (try? contact())?.has(.largeMessage) == true
    }
}
