import Bytes
import MSRP
import MessageBodies
import SIPSyntax

/// Recordings of sessions that have a focus: the history function is a participant there whom nobody sees or counts.
///
/// OMA-TS-SIMPLE_IM-V1_0 §7.2.1.4, §7.2.2.10 and §13.3.1; in one node it joins without a dialog.
extension ReferenceServer {
    /// Has the history function of a user join a session, if he is in it himself.
    ///
    /// §7.2.2.9 and §13.3.1
    mutating func record(_ session: SIPURI, for user: String, named name: String?) -> Refusal? {
        guard let id = conferences.conference(at: session), let conference = conferences[id],
            conference.state == .running
        else { return Refusal(403, because: "Session does not exist") }
        guard conference.participant(at: user)?.standing == .connected else { return Refusal(403, .functionNotAllowed) }
        return record(conference: id, for: user, named: name) ? nil : Refusal(486, .functionNotAllowed)
    }

    /// Begins to record a conference.
    ///
    /// - Returns: Whether it is recorded from now on, for the first time.
    @discardableResult
    mutating func record(conference id: Int, for user: String, named name: String?) -> Bool {
        guard let conference = conferences[id], mayRecord(user) else { return false }
        let participants = conference.inOrder.filter { $0.standing == .connected }.map(\.entity)
        let conversation = ConversationRecord.Conversation(
            name: faults.recordingName(name), invite: nil, group: conference.rules.group?.uri,
            participants: participants)
        guard faults.records else { return true }
        guard beginRecording(of: .conference(id), for: user, conversation) else { return false }
        for send in earlierMessages[id] ?? [] { record(send, in: .conference(id)) }
        return true
    }

    /// Whether the entry of a list means the history function.
    ///
    /// §13.1.1 step 1b
    func isRecorder(_ uri: String) -> Bool {
        (try? SIPURI(parsing: uri)).flatMap { ServiceFunction($0, in: configuration.domain) } == .conversationHistory
    }

    /// Takes note that a session is to be recorded from its beginning, because its list names the history function.
    mutating func noteWish(for recorder: String, by request: ConferenceRequest, inConference id: Int) {
        let name = (try? SIPURI(parsing: recorder))?.historyFileName ?? request.message.sipRequestURI?.historyFileName
        recordingWishes[.conference(id)] = [RecordingWish(user: request.originator.user, name: name)]
        reviewRecordings(ofConference: id)
    }

    /// Begins and ends what a change of a conference begins and ends.
    mutating func reviewRecordings(ofConference id: Int) {
        guard let conference = conferences[id] else { return }
        let session = RecordedSession.conference(id)
        let connected = conference.inOrder.filter { $0.standing == .connected }.map(\.address)
        let isRunning = conference.state == .running
        // The history function has what was sent to it, and so is the first to be removed when the session ends.
        for (user, _) in recordings.recordings(of: session) where !isRunning || !connected.contains(user) {
            endRecording(of: session, for: user)
        }
        guard isRunning else { return }
        for wish in recordingWishes[session] ?? [] where connected.contains(wish.user) {
            recordingWishes[session] = nil
            record(conference: id, for: wish.user, named: wish.name)
        }
        for user in connected where settings[user].recordsSessions && !recordings.hasBegun(session, of: user) {
            record(conference: id, for: user, named: nil)
        }
    }

    /// Adds a message of a participant, which the switch has accepted, if it is for everybody.
    mutating func record(
        _ notice: MSRPEndpoint.Notice, of participant: Participant.ID, _ media: String,
        accepted effects: [Conference.Effect], inConference id: Int
    ) {
        let isRecorded = !recordings.recordings(of: .conference(id)).isEmpty
        guard case .delivered(let message) = notice, isRecorded || faults.remembersWhatWasBefore,
            effects.contains(.media(.judge(messageID: message.messageID, .ok, session: media), of: participant)),
            let conference = conferences[id], conference.isForAll(message),
            let lines = conference.participants[participant]?.media,
            let line = lines.line(ofSession: media), let index = lines.index(ofLine: line)
        else { return }
        let seat = conference.exchange.seats[MSRPSwitch.SeatID(participant: participant, line: line)]
        let send = message.send(
            transactionID: generator.token(length: 12), from: seat?.path ?? [],
            to: lines.lines[index].uri.description)
        record(send, in: .conference(id))
        if faults.remembersWhatWasBefore { earlierMessages[id, default: []].append(send) }
    }
}

extension Conference {
    /// Whether a message is one that every participant gets, and that means something later.
    fileprivate func isForAll(_ message: MSRPIncoming) -> Bool {
        guard ContentType(parsing: message.contentType)?.essence == "message/cpim",
            let cpim = try? CPIMMessage(parsing: message.body),
            ContentType(parsing: cpim.contentType)?.essence != IsComposing.mediaType
        else { return false }
        let everybody = exchange.addresses.map(\.canonicalURI)
        return cpim.to.contains { everybody.contains($0.canonicalURI) }
    }
}
