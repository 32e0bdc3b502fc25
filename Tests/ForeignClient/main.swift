import Foundation
import Network
import Transport

// A client in a process of its own, worked by the lines of the driver protocol: for Parley somebody else's.
//
// ForeignClient A=ADDRESS [B=ADDRESS…]
let addresses = Dictionary(
    CommandLine.arguments.dropFirst().map { argument -> (String, IPAddress?) in
        let parts = argument.split(separator: "=").map(String.init)
        return (parts[0], IPAddress(parts.count == 2 ? parts[1] : ""))
    }, uniquingKeysWith: { first, _ in first })
let world = try ForeignWorld(addresses: addresses.compactMapValues(\.self))
try world.run()
