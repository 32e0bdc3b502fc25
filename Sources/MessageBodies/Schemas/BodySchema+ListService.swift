/// Written by scripts/embed-schemas from fixtures/schemas/list-service.xsd.
extension BodySchema {
    static let listServiceText = #"""
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- Documents of groups, as far as OMA-TS-SIMPLE_IM-V1_0 relies on them: §7.2.1.3, §7.2.2 and §7.2.3. -->
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:oma:xml:poc:list-service"
            targetNamespace="urn:oma:xml:poc:list-service" elementFormDefault="qualified">
          <xs:element name="group">
            <xs:complexType>
              <xs:sequence>
                <xs:element name="list-service" type="list-service" maxOccurs="unbounded"/>
                <xs:any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="unbounded"/>
              </xs:sequence>
              <xs:anyAttribute namespace="##other" processContents="lax"/>
            </xs:complexType>
          </xs:element>
          <xs:complexType name="list-service">
            <xs:sequence>
              <xs:element name="display-name" type="display-name" minOccurs="0"/>
              <xs:element name="list" type="list" minOccurs="0"/>
              <xs:element name="invite-members" type="xs:boolean" minOccurs="0"/>
              <xs:element name="max-participant-count" type="xs:nonNegativeInteger" minOccurs="0"/>
              <xs:any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="unbounded"/>
            </xs:sequence>
            <xs:attribute name="uri" type="xs:anyURI" use="required"/>
            <xs:anyAttribute namespace="##other" processContents="lax"/>
          </xs:complexType>
          <xs:complexType name="display-name">
            <xs:simpleContent>
              <xs:extension base="xs:string">
                <xs:anyAttribute namespace="##other" processContents="lax"/>
              </xs:extension>
            </xs:simpleContent>
          </xs:complexType>
          <xs:complexType name="list">
            <xs:choice minOccurs="0" maxOccurs="unbounded">
              <xs:element name="entry">
                <xs:complexType>
                  <xs:sequence>
                    <xs:any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="unbounded"/>
                  </xs:sequence>
                  <xs:attribute name="uri" type="xs:anyURI" use="required"/>
                  <xs:anyAttribute namespace="##other" processContents="lax"/>
                </xs:complexType>
              </xs:element>
              <xs:element name="external">
                <xs:complexType>
                  <xs:sequence>
                    <xs:any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="unbounded"/>
                  </xs:sequence>
                  <xs:attribute name="anchor" type="xs:anyURI"/>
                  <xs:anyAttribute namespace="##other" processContents="lax"/>
                </xs:complexType>
              </xs:element>
              <xs:any namespace="##other" processContents="lax"/>
            </xs:choice>
          </xs:complexType>
          <xs:simpleType name="is-list-member">
            <xs:union memberTypes="xs:boolean">
              <xs:simpleType>
                <xs:restriction base="xs:string">
                  <xs:length value="0"/>
                </xs:restriction>
              </xs:simpleType>
            </xs:union>
          </xs:simpleType>
          <xs:simpleType name="join-handling">
            <xs:union memberTypes="xs:boolean">
              <xs:simpleType>
                <xs:restriction base="xs:string">
                  <xs:enumeration value="allow"/>
                  <xs:enumeration value="block"/>
                </xs:restriction>
              </xs:simpleType>
            </xs:union>
          </xs:simpleType>
          <xs:element name="is-list-member" type="is-list-member"/>
          <xs:element name="join-handling" type="join-handling"/>
          <xs:element name="allow-conference-state" type="xs:boolean"/>
          <xs:element name="allow-invite-users-dynamically" type="xs:boolean"/>
          <xs:element name="allow-initiate-conference" type="xs:boolean"/>
          <xs:element name="allow-anonymity" type="xs:boolean"/>
          <xs:element name="allow-private-message" type="xs:boolean"/>
          <xs:element name="is-key-participant" type="xs:boolean"/>
        </xs:schema>

        """#
}
