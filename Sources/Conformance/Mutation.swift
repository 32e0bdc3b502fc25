/// A change made on purpose to a message that a simulated client composes during a step.
package struct Mutation: Sendable, Equatable {
    package enum Change: Sendable, Equatable {
        /// Replaces every occurrence of the field by one with this value, or adds it.
        case set(field: String, value: String)
        case omit(field: String)
        /// Sends the message this many times.
        case `repeat`(Int)
        /// Sends these bytes instead.
        case raw(String)
    }

    /// The method of the request, or the status code of the response; `SEND 200` style for MSRP responses is not needed.
    package var message: String
    package var change: Change
    package var position: SourcePosition

    package init(message: String, change: Change, position: SourcePosition) {
        self.message = message
        self.change = change
        self.position = position
    }
}
