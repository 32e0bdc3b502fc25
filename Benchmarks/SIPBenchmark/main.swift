// Parses the same twenty messages with our parser and with libosip2, in turns, and says how long each takes.

OSIPParser.prepare()

for (index, message) in Messages.all.enumerated() {
    let ours = try OurParser.locate(message)
    let theirs = try OSIPParser.locate(message)
    precondition(ours == theirs, "Message \(index): \(ours)\nlibosip2: \(theirs)")
}

let rounds = 41
let repetitions = 200
let messages = Messages.all
let parses = repetitions * messages.count

func nanosecondsPerMessage(_ parse: ([UInt8]) throws -> Int) rethrows -> Double {
    var sum = 0
    let clock = ContinuousClock()
    let start = clock.now
    for _ in 0..<repetitions {
        for message in messages { sum &+= try parse(message) }
    }
    let elapsed = start.duration(to: clock.now)
    precondition(sum != 0)
    return Double(elapsed.components.attoseconds) / 1e9 / Double(parses)
        + Double(elapsed.components.seconds) * 1e9 / Double(parses)
}

var ours: [Double] = []
var theirs: [Double] = []
for round in 0..<rounds {
    // Who comes first changes, so that neither profits from a warm or cool machine.
    if round.isMultiple(of: 2) {
        ours.append(try nanosecondsPerMessage(OurParser.parse))
        theirs.append(try nanosecondsPerMessage(OSIPParser.parse))
    } else {
        theirs.append(try nanosecondsPerMessage(OSIPParser.parse))
        ours.append(try nanosecondsPerMessage(OurParser.parse))
    }
}

func line(_ name: String, _ times: [Double]) -> String {
    let sorted = times.sorted()
    return "\(name): median \(Int(sorted[sorted.count / 2])) ns, best \(Int(sorted[0])) ns a message"
}

let bytes = messages.map(\.count).reduce(0, +) / messages.count
let ratios = zip(theirs, ours).map { $0 / $1 }.sorted()
print("\(messages.count) messages of \(bytes) bytes on average, \(rounds) rounds of \(parses) parses")
print(line("parley  ", ours))
print(line("libosip2", theirs))
let percent = Int(ratios[ratios.count / 2] * 100)
print("libosip2 takes \(percent) % of our time (median of the rounds)")
