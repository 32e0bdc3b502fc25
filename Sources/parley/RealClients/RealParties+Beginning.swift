import Conformance
import Execution
import Transport

extension RealParties {
    /// The real clients of the plan, once every one of them has registered; nil where all clients are simulated.
    ///
    /// - Parameters:
    ///   - plan: The plan of the run.
    ///   - cases: The cases that will be executed.
    ///   - contents: Where the contents are that clients are to send.
    ///   - interruption: The wish of the user to stop.
    /// - Returns: The clients, whose server goes on serving.
    /// - Throws: Who does not register, or what else keeps the run from beginning.
    static func begin(
        _ plan: RunPlan, cases: [TestCase], contents: ContentFiles, interruption: Interruption
    ) throws -> RealParties? {
        guard let real = plan.real else { return nil }
        let driver = try real.driver.map { command throws(HarnessError) in
            try Driver(command, contents: contents)
        }
        do {
            let operative: any Operative = driver ?? Tester(contents: contents)
            let parties = try RealParties(plan, real, cases: cases, operative: operative)
            interruption.ring(parties.doorbell)
            let authority = try parties.authority.map { try contents.store(authority: $0.text) }
            for sheet in parties.sheets(authority: authority) {
                driver?.configure(sheet)
                Terminal.print(sheet.text)
            }
            let names = real.clients.sorted().map(\.description).joined(separator: ", ")
            Terminal.print("Waiting up to \(real.patience) s for \(names) to register …")
            try parties.waitForRegistrations(
                note: { party, address in Terminal.print("\(party) has registered from \(address).") },
                isStopped: { interruption.request != nil })
            return parties
        } catch {
            driver?.end()
            throw error
        }
    }

    /// Takes leave of whoever works the clients.
    func end() { (operative as? Driver)?.end() }

    /// Who is real, for the report.
    var remark: String {
        let names = plan.clients.sorted().map(\.description)
        let others = cast.clients.map(\.name).filter { !plan.clients.contains($0) }.map(\.description)
        let worked = plan.driver.map { "worked by the driver “\($0)”" } ?? "worked by a person"
        let played = (others + ["the server"]).joined(separator: ", ")
        let tested = "\(names.joined(separator: ", ")), \(names.count == 1 ? "a real client" : "real clients")"
        return "Tested: \(tested), \(worked). Parley plays \(played)."
    }
}
