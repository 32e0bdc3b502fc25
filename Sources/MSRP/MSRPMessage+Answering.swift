extension MSRPMessage {
    /// The answer to a request by whoever takes it from the connection, where one is due.
    ///
    /// RFC 4975 §7.2: none to a REPORT, and none that Failure-Report forbids
    package func answer(_ status: MSRPStatusCode) -> MSRPMessage? {
        guard let method, method != "REPORT", !fromPath.isEmpty, !toPath.isEmpty else { return nil }
        switch failureReport {
        case .no?: return nil
        case .partial? where status == .ok: return nil
        case .partial?, .yes?, nil: return MSRPMessage(status: status.rawValue, to: self)
        }
    }
}
