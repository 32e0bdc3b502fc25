/// Written by scripts/embed-schemas from fixtures/schemas/imdn.xsd.
extension BodySchema {
    static let imdnText = #"""
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- Disposition notifications: RFC 5438 §11.1, whose schema is in another language. -->
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:ietf:params:xml:ns:imdn"
            targetNamespace="urn:ietf:params:xml:ns:imdn" elementFormDefault="qualified">
          <xs:element name="imdn">
            <xs:complexType>
              <xs:sequence>
                <xs:element name="message-id" type="xs:token"/>
                <xs:element name="datetime" type="xs:string"/>
                <xs:element name="recipient-uri" type="xs:anyURI" minOccurs="0"/>
                <xs:element name="original-recipient-uri" type="xs:anyURI" minOccurs="0"/>
                <xs:element name="subject" type="xs:string" minOccurs="0"/>
                <xs:choice>
                  <xs:element name="delivery-notification">
                    <xs:complexType>
                      <xs:sequence>
                        <xs:element name="status" type="delivery"/>
                      </xs:sequence>
                    </xs:complexType>
                  </xs:element>
                  <xs:element name="processing-notification">
                    <xs:complexType>
                      <xs:sequence>
                        <xs:element name="status" type="processing"/>
                      </xs:sequence>
                    </xs:complexType>
                  </xs:element>
                  <xs:element name="display-notification">
                    <xs:complexType>
                      <xs:sequence>
                        <xs:element name="status" type="display"/>
                      </xs:sequence>
                    </xs:complexType>
                  </xs:element>
                </xs:choice>
                <xs:any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="unbounded"/>
              </xs:sequence>
              <xs:anyAttribute namespace="##other" processContents="lax"/>
            </xs:complexType>
          </xs:element>
          <xs:complexType name="empty"/>
          <xs:complexType name="delivery">
            <xs:sequence>
              <xs:choice>
                <xs:element name="delivered" type="empty"/>
                <xs:element name="failed" type="empty"/>
                <xs:element name="forbidden" type="empty"/>
                <xs:element name="error" type="empty"/>
              </xs:choice>
              <xs:any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="unbounded"/>
            </xs:sequence>
          </xs:complexType>
          <xs:complexType name="processing">
            <xs:sequence>
              <xs:choice>
                <xs:element name="processed" type="empty"/>
                <xs:element name="stored" type="empty"/>
                <xs:element name="forbidden" type="empty"/>
                <xs:element name="error" type="empty"/>
              </xs:choice>
              <xs:any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="unbounded"/>
            </xs:sequence>
          </xs:complexType>
          <xs:complexType name="display">
            <xs:sequence>
              <xs:choice>
                <xs:element name="displayed" type="empty"/>
                <xs:element name="forbidden" type="empty"/>
                <xs:element name="error" type="empty"/>
              </xs:choice>
              <xs:any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="unbounded"/>
            </xs:sequence>
          </xs:complexType>
        </xs:schema>

        """#
}
