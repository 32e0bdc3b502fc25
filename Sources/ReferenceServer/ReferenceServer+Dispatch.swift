import Bytes
import Network
import SIPDialogs
import SIPSyntax
import SIPTransactions

/// Whom a request is for, by its Request-URI.
enum Addressee: Equatable {
    /// The server itself.
    case server
    /// A function of the IM server that has an address of its own.
    case function(ServiceFunction)
    /// A user of the domain, or a group, by the address of record.
    case user(String)
    /// Somebody for whom this server is only on the way.
    case elsewhere
}

/// Requests on their way to the function that serves them.
extension ReferenceServer {
    mutating func dispatch(_ received: SIPMessage, _ key: TransactionKey, from hop: Hop) {
        if let refusal = RequestValidation().refusal(of: received, over: configuration.transports) {
            return refuse(refusal, key)
        }
        if let id = dialogs.dialog(of: received) {
            // What is kept of a large message has the fields of its sender's BYE.
            if received.method == .bye, case .sink(let sink)? = dialogs.owner(of: id) {
                handle(.bye(received), inSink: sink)
            }
            return handle(.request(received, key), inDialog: id)
        }
        if let id = subscriptions.subscription(of: received) {
            return receive(received, key, inSubscription: id)
        }
        if isStopping { return refuse(Refusal(503), key) }
        if let refusal = refusalOfIdentity(of: received) { return refuse(refusal, key) }
        let request = proxy.withoutOwnRoutes(withoutOwnCredentials(received))
        switch addressee(of: request) {
        case .server:
            serve(request, key, from: hop)
        case .user where request.method == .register:
            serve(request, key, from: hop)
        case .function(let function):
            if let refusal = proxy.refusal(of: request) { return refuse(refusal, key) }
            serve(request, key, at: function, from: identity(of: request, hop))
        case .user(let user):
            if let refusal = proxy.refusal(of: request) { return refuse(refusal, key) }
            route(request, key, to: user, from: identity(of: request, hop))
        case .elsewhere:
            if let refusal = proxy.refusal(of: request) { return refuse(refusal, key) }
            let identity = identity(of: request, hop)
            guard identity != nil || request.belongsToDialog else {
                return refuse(Refusal(403, because: "Originator not identified"), key)
            }
            forward(request, key, to: nil, from: identity)
        }
    }

    private func addressee(of request: SIPMessage) -> Addressee {
        guard request.list(.route).isEmpty, let uri = request.sipRequestURI else { return .elsewhere }
        if proxy.isSelf(uri) || (proxy.isHome(uri) && uri.user == nil) { return .server }
        if let function = ServiceFunction(uri, in: configuration.domain) { return .function(function) }
        return proxy.isHome(uri) ? .user(uri.userAddress) : .elsewhere
    }

    private func identity(of request: SIPMessage, _ hop: Hop) -> Originator? {
        guard let source = transport.source(of: hop) else { return nil }
        let users = registrar.users(at: source).filter { provenIdentities?.contains($0) ?? true }
        return Originator(of: request, among: users)
    }

    /// Requests to the server itself.
    private mutating func serve(_ request: SIPMessage, _ key: TransactionKey, from hop: Hop) {
        let isForUser = request.sipRequestURI?.user != nil
        let allowed = SIPField(
            .allow, "REGISTER, PUBLISH, INVITE, ACK, CANCEL, BYE, MESSAGE, OPTIONS, SUBSCRIBE, REFER")
        switch request.method {
        case .register?:
            register(request, key, from: hop)
        case .invite? where isForUser, .subscribe? where isForUser, .refer? where isForUser:
            serve(request, key, atSessionFrom: identity(of: request, hop))
        case .options? where !request.belongsToDialog:
            if let refusal = RequestValidation().refusal(of: request, understanding: dialogTerms.extensions) {
                return refuse(refusal, key)
            }
            var response = SIPMessage(status: 200, to: request, toTag: newTag())
            response.fields += [
                allowed, SIPField(.accept, "application/sdp"), SIPField(.supported, "timer, pref, norefersub"),
                SIPField(.allowEvents, "conference, refer"),
            ]
            respond(response, key)
        case let method?:
            if request.belongsToDialog { return refuse(Refusal(481), key) }
            refuse(Refusal(method.isKnown ? 405 : 501, fields: [allowed]), key)
        case nil:
            break
        }
    }

    private mutating func register(_ request: SIPMessage, _ key: TransactionKey, from hop: Hop) {
        guard let source = transport.source(of: hop) else { return }
        switch registrar.register(request, from: source, at: now) {
        case .accepted(let fields, let registration):
            var response = SIPMessage(status: 200, to: request, toTag: newTag())
            // RFC 3261 §10.3: so that user agents can set their clocks.
            response.fields += fields + [SIPField(.date, SIPDate(now).description)]
            respond(response, key)
            if let registration { note(registration) }
            if case .registered(let user)? = registration, faults.pushesAtRegistration { handOver(to: user) }
            watchRegistrations()
        case .refused(let refusal):
            refuse(refusal, key)
        }
    }

    /// Hears from the core who has come and who has gone.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §5.3
    mutating func note(_ registration: ThirdPartyRegistration) {
        terminating.note(registration)
        if case .deregistered(let user) = registration, faults.has(.settingsForgotten) { settings.forget(user) }
    }

    /// Initial requests to a user of the domain.
    private mutating func route(
        _ request: SIPMessage, _ key: TransactionKey, to user: String, from identity: Originator?
    ) {
        if let group = group(at: user), request.method == .invite || request.method == .subscribe {
            return serve(request, key, at: group, user, from: identity)
        }
        let bindings = registrar.bindings(of: user, at: now)
        if request.asksForSecurity, identity?.user != user, !bindings.isEmpty, !bindings.contains(where: \.uri.isSecure)
        {
            return refuse(.sipsNotAllowed(by: configuration.domain), key)
        }
        switch InitialFilterCriteria(request) {
        case .serviceSettings:
            publish(request, key, for: user, by: identity)
        case .participatingFunctions(let kind):
            participate(IMRequest(kind: kind, message: request, originator: identity, recipient: user), key)
        case .core:
            guard identity != nil else { return refuse(Refusal(403, because: "Originator not identified"), key) }
            guard isProvisioned(user) else { return refuse(Refusal(404), key) }
            guard let binding = registrar.bindings(of: user, for: request, at: now).first else {
                return refuse(Refusal(480), key)
            }
            forward(request, key, to: binding.requestURI(for: request), from: identity)
        }
    }

    /// Settings that a user publishes for himself.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §6.1.1.5
    private mutating func publish(
        _ request: SIPMessage, _ key: TransactionKey, for user: String, by identity: Originator?
    ) {
        if let refusal = settings.refusalOfEvent(request) { return refuse(refusal, key) }
        if faults.has(.settingsRefused) {
            return refuse(Refusal(489, fields: [SIPField(.allowEvents, "presence")]), key)
        }
        guard let identity else { return refuse(Refusal(403, because: "Originator not identified"), key) }
        if let refusal = originating.authorisation(of: identity) { return refuse(refusal, key) }
        guard identity.user == user else { return refuse(Refusal(403, .serviceNotAuthorised), key) }
        switch settings.publish(request, by: user, entityTag: generator.token(length: 12), at: now) {
        case .accepted(let fields):
            var response = SIPMessage(status: 200, to: request, toTag: newTag())
            response.fields += fields
            respond(response, key)
            push(to: user)
        case .refused(let refusal):
            refuse(refusal, key)
        }
    }

    /// Through the originating function, and on to the terminating one.
    private mutating func participate(_ request: IMRequest, _ key: TransactionKey) {
        if let refusal = originating.refusal(of: request, at: now) { return refuse(refusal, key) }
        if request.kind == .pager, let group = group(at: request.recipient), let originator = request.originator {
            return explode(request.message, key, to: group, at: request.recipient, from: originator)
        }
        if absorb(request) { return accept(200, .client(key)) }
        terminate(request, for: .client(key))
    }

    func isProvisioned(_ user: String) -> Bool { configuration.policy.entitledUsers?.contains(user) ?? true }
}

extension SIPMessage {
    /// Whether the request says that it is part of a dialog.
    var belongsToDialog: Bool { (try? to())?.tag != nil }
}
