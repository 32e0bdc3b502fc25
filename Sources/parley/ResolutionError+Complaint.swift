import NameResolution

extension ResolutionError {
    /// What a run says that needs the name: a mistake where it leads nowhere, and else an error of the environment.
    func complaint(about what: String) -> any Error {
        let sentence = "\(what) cannot be found: \(self)."
        return switch cause {
        case .name: UsageError(input: sentence)
        case .nameServer: HarnessError(sentence)
        }
    }
}
