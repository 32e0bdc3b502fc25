/// A way for a system under test to break down at one message that it hears.
package enum Misbehaviour: String, CaseIterable, Sendable {
    /// All connections end, and nothing is heard of it any more.
    case crashes
    /// It goes on listening, and says nothing any more.
    case hangs
    /// What it says because of that message is noise of the same length.
    case garbles
    /// What it says because of that message ends in the middle.
    case truncates
    /// The Content-Length of what it says because of that message claims more than there is.
    case overstates
    /// The Content-Length of what it says because of that message claims less than there is.
    case understates
    /// It closes the connection by which the message came, and goes on.
    case hangsUp
    /// It says everything many times from then on, and asks the clients for their capabilities without end.
    case floods
}
