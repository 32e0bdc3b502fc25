/// The status codes that the protocol defines.
///
/// RFC 4975 §10
package enum MSRPStatusCode: Int, Sendable, CaseIterable {
    case ok = 200
    case badRequest = 400
    case forbidden = 403
    case timeout = 408
    case stopSending = 413
    case unsupportedMediaType = 415
    case parameterOutOfBounds = 423
    case noSuchSession = 481
    case unknownMethod = 501
    case boundElsewhere = 506

    /// What our responses say beside the code; the words have no meaning to a receiver.
    package var comment: String {
        switch self {
        case .ok: "OK"
        case .badRequest: "Bad Request"
        case .forbidden: "Forbidden"
        case .timeout: "Timeout"
        case .stopSending: "Stop Sending"
        case .unsupportedMediaType: "Unsupported Media Type"
        case .parameterOutOfBounds: "Parameter Out Of Bounds"
        case .noSuchSession: "No Such Session"
        case .unknownMethod: "Unknown Method"
        case .boundElsewhere: "Session Bound Elsewhere"
        }
    }
}
