import Actors
import Foundation
import Network
import Transport

// A client in a process of its own, worked by the lines of the driver protocol: for Parley somebody else's.
//
// ForeignClient A=ADDRESS[/DEFECT] [B=ADDRESS[/DEFECT]…]
let places = CommandLine.arguments.dropFirst().compactMap { argument -> (String, ForeignWorld.Place)? in
    let parts = argument.split(whereSeparator: { "=/".contains($0) }).map(String.init)
    guard parts.count > 1, let address = IPAddress(parts[1]) else { return nil }
    return (
        parts[0], ForeignWorld.Place(address: address, defects: Set(parts.dropFirst(2).compactMap(ClientDefect.init)))
    )
}
let world = try ForeignWorld(places: Dictionary(places) { first, _ in first })
try world.run()
