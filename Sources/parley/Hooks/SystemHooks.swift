import Conformance
import Execution
import Foundation

/// The hooks of a system under test: commands and calls by HTTP that let it do what only its operator can bring about.
struct SystemHooks: Provider {
    private let hooks: [Prerequisite: Provisioning.Hook]
    /// How long one may take, in seconds.
    private let seconds: Int
    /// Whom calls over TLS trust.
    private let authorities: String?

    /// nil for a system without any.
    init?(_ system: SystemProfile, seconds: Int) {
        hooks = system.preconditions.compactMapValues { way in
            if case .hook(let hook) = way { hook } else { nil }
        }
        self.seconds = seconds
        authorities = system.tls.authorities
        if hooks.isEmpty { return nil }
    }

    func provide(_ request: ProvisionRequest, done: @escaping @Sendable (_ reason: String?) -> Void) {
        guard let hook = hooks[request.prerequisite] else {
            return done("no hook sees to \(request.prerequisite.rawValue)")
        }
        let (seconds, authorities) = (seconds, authorities)
        Thread.detachNewThread {
            switch hook {
            case .command(let command): done(CommandHook(command, seconds: seconds).run(request.variables))
            case .call(let url): done(CallHook(url, seconds: seconds, trusting: authorities).run(request.variables))
            }
        }
    }

    /// The last line of what a hook has said, where it has said something.
    static func lastWords(_ text: String) -> String {
        let lines = text.split(whereSeparator: \.isNewline)
        guard let last = lines.last(where: { line in line.contains { !$0.isWhitespace } }) else { return "" }
        return ": “\(last.prefix(200))”"
    }
}
