/// Written by scripts/embed-schemas from fixtures/schemas/history-list.xsd.
extension BodySchema {
    static let historyListText = #"""
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- Metadata of deferred messages and recorded conversations: OMA-TS-SIMPLE_IM-V1_0 Appendix J, with the names of OMA
             IM XDM as far as they are known, and therefore in any order. -->
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:oma:xml:im:history-list"
            targetNamespace="urn:oma:xml:im:history-list" elementFormDefault="qualified">
          <xs:element name="history-list">
            <xs:complexType>
              <xs:choice minOccurs="0" maxOccurs="unbounded">
                <xs:element name="history" type="history"/>
                <xs:any namespace="##other" processContents="lax"/>
              </xs:choice>
              <xs:anyAttribute namespace="##other" processContents="lax"/>
            </xs:complexType>
          </xs:element>
          <xs:complexType name="history">
            <xs:choice minOccurs="0" maxOccurs="unbounded">
              <xs:element name="size" type="xs:nonNegativeInteger"/>
              <xs:element name="expiry" type="xs:dateTime"/>
              <xs:element name="subject" type="xs:string"/>
              <xs:element name="pager" type="pager"/>
              <xs:element name="conference" type="conference"/>
              <xs:any namespace="##other" processContents="lax"/>
            </xs:choice>
            <xs:attribute name="date" type="day"/>
            <xs:attribute name="history-reference" type="xs:anyURI" use="required"/>
            <xs:anyAttribute namespace="##other" processContents="lax"/>
          </xs:complexType>
          <xs:simpleType name="day">
            <xs:union memberTypes="xs:date xs:dateTime"/>
          </xs:simpleType>
          <xs:complexType name="pager">
            <xs:choice minOccurs="0" maxOccurs="unbounded">
              <xs:element name="time-stamp" type="xs:dateTime"/>
              <xs:element name="from" type="xs:anyURI"/>
              <xs:element name="to" type="xs:anyURI"/>
              <xs:element name="recipient-list" type="parties"/>
              <xs:element name="auth-id" type="xs:anyURI"/>
              <xs:any namespace="##other" processContents="lax"/>
            </xs:choice>
          </xs:complexType>
          <xs:complexType name="conference">
            <xs:choice minOccurs="0" maxOccurs="unbounded">
              <xs:element name="time-start" type="xs:dateTime"/>
              <xs:element name="time-end" type="xs:dateTime"/>
              <xs:element name="recording-name" type="xs:string"/>
              <xs:element name="conf-list" type="parties"/>
              <xs:any namespace="##other" processContents="lax"/>
            </xs:choice>
          </xs:complexType>
          <xs:complexType name="parties">
            <xs:choice minOccurs="0" maxOccurs="unbounded">
              <xs:element name="entry">
                <xs:complexType>
                  <xs:sequence>
                    <xs:element name="display-name" type="xs:string" minOccurs="0"/>
                  </xs:sequence>
                  <xs:attribute name="uri" type="xs:anyURI" use="required"/>
                  <xs:attribute name="display-name" type="xs:string"/>
                </xs:complexType>
              </xs:element>
              <xs:element name="group-uri" type="xs:anyURI"/>
              <xs:element name="group-display-name" type="xs:string"/>
              <xs:any namespace="##other" processContents="lax"/>
            </xs:choice>
            <xs:attribute name="group-uri" type="xs:anyURI"/>
            <xs:attribute name="group-display-name" type="xs:string"/>
          </xs:complexType>
        </xs:schema>

        """#
}
