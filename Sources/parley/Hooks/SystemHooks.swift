import Conformance
import Execution
import Foundation

/// The hooks of a system under test: commands and calls by HTTP that let it do what only its operator can bring about.
struct SystemHooks: Provider {
    /// A hook that is ready to do its work.
    enum Hook: Sendable {
        case command(CommandHook)
        case call(CallHook)

        fileprivate func run(_ variables: [String: String]) -> String? {
            switch self {
            case .command(let command): command.run(variables)
            case .call(let call): call.run(variables)
            }
        }
    }

    private let hooks: [Prerequisite: Hook]

    /// nil for a system without any.
    ///
    /// - Parameters:
    ///   - system: Whose they are.
    ///   - arguments: What may say whom calls over TLS trust, and secrets that are never to be told.
    ///   - seconds: How long one may take.
    /// - Throws: Which secret is not there, or why the authorities cannot be read.
    init?(_ system: SystemProfile, _ arguments: Arguments, seconds: Int) throws(UsageError) {
        let described = system.preconditions.compactMapValues(\.hook)
        if described.isEmpty { return nil }
        let tls = try SystemProfile.TLS(arguments, over: system.tls)
        let redaction = Redaction(of: system, and: arguments)
        var hooks: [Prerequisite: Hook] = [:]
        for (prerequisite, hook) in described {
            hooks[prerequisite] = try Self.ready(hook, tls: tls, seconds: seconds, hiding: redaction)
        }
        self.hooks = hooks
    }

    /// A hook with all that it needs.
    static func ready(
        _ hook: Provisioning.Hook, tls: SystemProfile.TLS?, seconds: Int, hiding redaction: Redaction
    ) throws(UsageError) -> Hook {
        if hook.callsSecurely, let tls { _ = try TLSFile.authorities(of: tls) }
        return switch hook {
        case .command(let command): .command(CommandHook(command, seconds: seconds, hiding: redaction))
        case .call(let url):
            .call(try CallHook(HookURL(url), seconds: seconds, trusting: tls?.authorities, hiding: redaction))
        }
    }

    func provide(_ request: ProvisionRequest, done: @escaping @Sendable (_ reason: String?) -> Void) {
        guard let hook = hooks[request.prerequisite] else {
            return done("no hook sees to \(request.prerequisite.rawValue)")
        }
        Thread.detachNewThread { done(hook.run(request.variables)) }
    }

    /// The last line of what a hook has said, where it has said something, without secrets.
    static func lastWords(_ text: String, _ redaction: Redaction) -> String {
        let lines = text.split(whereSeparator: \.isNewline)
        guard let last = lines.last(where: { line in line.contains { !$0.isWhitespace } }) else { return "" }
        return ": “\(redaction(String(last)).prefix(200))”"
    }
}
