import Conformance
import MessageBodies
import SIPSyntax

extension ClientFields {
    /// The REFER that has items deleted: one by its reference, several by a list, all by the function that keeps them.
    ///
    /// OMA-TS-SIMPLE_IM-V1_0 §12.1.3.2 to §12.1.3.4 and §13.1.5 to §13.1.7, RFC 5368 §4. What the specification calls
    /// Norefer-Sub is `Refer-Sub: false` since RFC 4488; the media direction that it asks of histories has no place here.
    func deletion(
        of items: StoredItems, from store: MessageStore, services: Services, identifiers: inout Identifiers
    ) -> SIPMessage {
        var request = initialRequest(
            .refer, to: services.deletion, callID: identifiers.callID(), tag: identifiers.tag())
        address(&request)
        request.set(.contact, taggedContact)
        request.set(.allow, Self.allow)
        request.set(.supported, Self.supported)
        switch (items, store) {
        case (.references(let references), .deferred) where references.count == 1:
            request.add(.referTo, "<\(references[0])>")
        case (.references(let references), .history) where references.count == 1:
            request.add(.referTo, "<\(references[0]);method=INVITE>")
        case (.references(let references), _):
            let contentID = identifiers.callID()
            request.add(.referTo, "<cid:\(contentID)>")
            request.add(.referSub, ReferSub(createsSubscription: store == .deferred).description)
            request.add(.require, "multiple-refer")
            request.set(.contentType, ResourceLists.mediaType)
            request.add(.contentDisposition, BodyDisposition.recipientList.description)
            request.add(SIPFieldName("Content-ID"), "<\(contentID)>")
            request.body = ResourceLists(references).serialized()
        case (.all, .deferred):
            request.add(.referTo, "<\(services.deferredMessaging)>")
            request.add(.referSub, ReferSub(createsSubscription: false).description)
        case (.all, .history):
            request.add(.referTo, "<\(services.conversationHistory);method=INVITE>")
        }
        return request
    }
}
