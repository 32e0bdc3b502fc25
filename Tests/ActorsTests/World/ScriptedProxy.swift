import Network
import SDP
import SIPSyntax

/// A core of a hundred lines: answers REGISTER and PUBLISH, asserts the caller, and forwards without state.
struct ScriptedProxy {
    let address: SocketAddress
    /// The Contact of each user that has registered, and where services are; parameters do not count.
    var bindings: [String: SocketAddress] = [:]
    /// What REGISTER and PUBLISH are answered with.
    var registerStatus = 200
    var publishStatus = 200
    var grants = "3600"
    /// The shortest session interval that passes here.
    var minimumInterval = 0
    /// How many INVITEs within a dialog are answered 491.
    var glares = 0
    /// How many INVITEs within a dialog are answered 500, with the seconds to wait.
    var postponements = (count: 0, seconds: 0)
    /// What requests to these URIs are answered with, instead of being forwarded; parameters do not count.
    var answers: [String: Int] = [:]
    /// What an INVITE within a dialog is answered here.
    var turnsAway: Int?
    /// What becomes of the answers that pass here.
    var altersAnswers: (inout SessionDescription) -> Void = { _ in }
    /// Whether INVITE vanishes here instead of being forwarded.
    var swallowsInvites = false
    /// Who asks for credentials here.
    var gate: Gate?

    mutating func handle(_ bytes: [UInt8], from source: SocketAddress) -> [([UInt8], SocketAddress)] {
        guard let message = try? SIPMessage(parsing: bytes) else { return [] }
        if message.isRequest, let refusal = gate?.refusal(of: message) { return [(refusal.serialized(), source)] }
        switch message.method {
        case nil: return forward(response: message)
        case .register?: return [(register(message, from: source), source)]
        case .publish?: return [(publish(message), source)]
        default: return forward(request: message)
        }
    }

    private mutating func register(_ request: SIPMessage, from source: SocketAddress) -> [UInt8] {
        var response = SIPMessage(status: registerStatus, to: request, toTag: "core")
        if registerStatus == 200 {
            let user = (try? request.to())?.uri ?? ""
            let leaves = request.first(.expires) == "0"
            bindings[user] = leaves ? nil : source
            for contact in request.all(.contact) where !leaves {
                response.add(.contact, "\(contact);expires=\(grants)")
            }
        } else if registerStatus == 423 {
            response.add(.minExpires, "7200")
        }
        return response.serialized()
    }

    private func publish(_ request: SIPMessage) -> [UInt8] {
        var response = SIPMessage(status: publishStatus, to: request, toTag: "core")
        if publishStatus == 200 {
            response.add(.sipETag, "etag-1")
            response.add(.expires, grants)
        }
        return response.serialized()
    }

    private mutating func forward(request: SIPMessage) -> [([UInt8], SocketAddress)] {
        guard request.method != .invite || !swallowsInvites, let via = try? request.via() else { return [] }
        if glares > 0, request.method == .invite, (try? request.to())?.tag != nil {
            glares -= 1
            return [(SIPMessage(status: 491, to: request).serialized(), Self.back(of: request, to: via))]
        }
        if postponements.count > 0, request.method == .invite, (try? request.to())?.tag != nil {
            postponements.count -= 1
            var refusal = SIPMessage(status: 500, to: request)
            refusal.add(.retryAfter, "\(postponements.seconds)")
            return [(refusal.serialized(), Self.back(of: request, to: via))]
        }
        if let turnsAway, request.method == .invite, (try? request.to())?.tag != nil {
            return [(SIPMessage(status: turnsAway, to: request).serialized(), Self.back(of: request, to: via))]
        }
        let interval = request.first(.sessionExpires).flatMap { Int($0.prefix { $0.isNumber }) }
        if let interval, interval < minimumInterval {
            var refusal = SIPMessage(status: 422, to: request, toTag: "core")
            refusal.add(.minSE, "\(minimumInterval)")
            return [(refusal.serialized(), Self.back(of: request, to: via))]
        }
        var forwarded = request
        if let routes = try? request.routes(), routes.first?.sipURI?.host == "\(address.address)" {
            forwarded.remove(.route)
            for route in routes.dropFirst() { forwarded.add(.route, route.description) }
        }
        let uri = request.requestURI ?? ""
        let name = String(uri.prefix { $0 != ";" })
        if let status = answers[name] {
            return [
                (SIPMessage(status: status, to: request, toTag: "core").serialized(), Self.back(of: request, to: via))
            ]
        }
        let target = bindings[name] ?? (try? SIPURI(parsing: uri)).flatMap(Self.socket)
        guard let target else {
            let refusal = SIPMessage(status: 480, to: request, toTag: "core")
            return request.method == .ack ? [] : [(refusal.serialized(), Self.back(of: request, to: via))]
        }
        // Whoever is the factory here knows the extension for lists.
        if uri.contains("factory") { forwarded.remove(.require) }
        if request.method == .invite { forwarded.prepend(.recordRoute, "<sip:\(address);lr>") }
        if (try? request.to())?.tag == nil, let from = try? request.from() {
            forwarded.remove(.pPreferredIdentity)
            forwarded.add(.pAssertedIdentity, "<\(from.uri)>")
        }
        forwarded.prepend(.via, "SIP/2.0/UDP \(address);branch=z9hG4bKcore\(via.branch ?? "")")
        return [(forwarded.serialized(), target)]
    }

    private func forward(response: SIPMessage) -> [([UInt8], SocketAddress)] {
        let vias = response.list(.via)
        guard vias.count > 1, let via = try? Via(parsing: vias[1]) else { return [] }
        var forwarded = response
        forwarded.remove(.via)
        if response.status == 200, var answer = try? SessionDescription(parsing: response.body) {
            altersAnswers(&answer)
            forwarded.body = answer.serialized()
        }
        for via in vias.dropFirst().reversed() { forwarded.prepend(.via, via) }
        return [(forwarded.serialized(), Self.back(of: forwarded, to: via))]
    }

    private static func back(of message: SIPMessage, to via: Via) -> SocketAddress {
        SocketAddress(IPAddress(via.host) ?? World.alice, port: via.port ?? 5060)
    }

    private static func socket(_ uri: SIPURI) -> SocketAddress? {
        IPAddress(uri.host).map { SocketAddress($0, port: uri.port ?? 5060) }
    }
}
