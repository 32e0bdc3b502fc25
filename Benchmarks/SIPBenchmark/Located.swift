/// What every parser must have located in a message; equal for all, or the comparison is void.
struct Located: Equatable {
    var method = ""
    var requestHost = ""
    var status = 0
    var viaHost = ""
    var viaPort = 0
    var branch = ""
    var fromHost = ""
    var fromTag = ""
    var toHost = ""
    var toTag = ""
    var callID = ""
    var cSeqNumber = 0
    var cSeqMethod = ""
    var contactHost = ""
    var bodyLength = 0
}
