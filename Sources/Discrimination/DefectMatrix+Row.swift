package import Assessment
package import Conformance
import Execution

extension DefectMatrix {
    /// One case with every defect of every party.
    package struct Row: Sendable {
        package let testCase: TestCase
        /// The judgment of the performance in which nobody is wrong.
        package let reference: Assessed
        /// What each defect is caught by; a defect that changes nothing in the case is not there.
        package let catches: [Culprit: Catch]
        /// How many defects show on the wire at all.
        package let effective: Int

        /// The checks that fail by a defect, and by which of them who is blamed for it.
        package struct Catch: Sendable {
            package var checks: [String]
            package var blamed: [PartyName: [String]]

            init(_ failures: [Finding]) {
                checks = Set(failures.map(\.check)).sorted()
                blamed = [:]
                for failure in failures {
                    guard let party = failure.party else { continue }
                    blamed[party, default: []].append(failure.check)
                }
            }
        }

        init(of testCase: TestCase) {
            self.testCase = testCase
            let rehearsal = Rehearsal(Self.simulation(of: testCase, nil))
            let clean = rehearsal.performance
            let assessor = Assessor(testCase)
            reference = assessor.assess(clean.trace)
            var catches: [Culprit: Catch] = [:]
            var effective = 0
            for culprit in Culprit.all(in: testCase) {
                // The same seed makes the same bytes, so a defect that does nothing leaves the same trace.
                if rehearsal.isSame(as: Self.simulation(of: testCase, culprit), but: culprit.party) { continue }
                let performance = Self.simulation(of: testCase, culprit).perform()
                guard performance.trace != clean.trace else { continue }
                effective += 1
                let failures = assessor.assess(performance.trace).findings.filter { finding in
                    finding.verdict == .fail && finding.kind != .warning
                }
                guard !failures.isEmpty else { continue }
                catches[culprit] = Catch(failures)
            }
            self.catches = catches
            self.effective = effective
        }

        /// The defects that make a check fail.
        package func killers(of check: String) -> [Culprit] {
            catches.filter { $0.value.checks.contains(check) }.keys.sorted()
        }

        /// What the row proves less than it should.
        package var complaints: [Complaint] {
            let unclean = reference.findings.filter { $0.verdict != .pass && $0.kind != .warning }
            let infallible = testCase.checks.filter { killers(of: $0.id).isEmpty }
            let misblamed = catches.sorted { $0.key < $1.key }.filter { culprit, caught in
                caught.blamed.keys.contains { $0 != culprit.party }
            }
            return unclean.map { finding in
                .unclean(
                    testCase: testCase.id,
                    finding:
                        "\(finding.check) is \(finding.verdict): expected \(finding.expected), observed \(finding.observed)"
                )
            } + infallible.map { .infallible(testCase: testCase.id, check: $0.id) }
                + misblamed.map { culprit, caught in
                    .misblamed(
                        testCase: testCase.id, culprit: culprit.description,
                        blamed: caught.blamed.filter { $0.key != culprit.party }.sorted { $0.key < $1.key }
                            .map { "\($0.key) (by \(Set($0.value).sorted().joined(separator: ", ")))" })
                }
        }

        private static func simulation(of testCase: TestCase, _ culprit: Culprit?) -> Simulation {
            Simulation(
                testCase, casting: Casting(testCase, slot: 0, identity: "t3st0"), seed: 1, conditions: .perfect,
                serverDefects: culprit?.serverDefects ?? [], clientDefects: culprit?.clientDefects ?? [:])
        }
    }
}
