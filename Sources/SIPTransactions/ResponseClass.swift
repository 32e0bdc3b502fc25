/// The classes of status codes that a transaction tells apart.
///
/// RFC 3261 §7.2
package enum ResponseClass: Hashable, Sendable, CaseIterable {
    /// 1xx.
    case provisional
    /// 2xx.
    case success
    /// 3xx to 6xx.
    case failure

    /// The class of the status code.
    ///
    /// - Returns: nil for a code outside 100 to 699, which no state machine knows.
    package init?(status: Int) {
        switch status {
        case 100...199: self = .provisional
        case 200...299: self = .success
        case 300...699: self = .failure
        default: return nil
        }
    }
}
