/// Written by scripts/embed-schemas from fixtures/schemas/conference-info.xsd.
extension BodySchema {
    static let conferenceInfoText = #"""
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- Conference state: RFC 4575 with the attribute yourown of OMA-TS-SIMPLE_IM-V1_0 Appendix M, and no more than the one
             endpoint of §7.2.2.10. What the specification leaves undefined may be there and is not looked into. -->
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:ietf:params:xml:ns:conference-info"
            targetNamespace="urn:ietf:params:xml:ns:conference-info" elementFormDefault="qualified">
          <xs:element name="conference-info">
            <xs:complexType>
              <xs:sequence>
                <xs:element name="conference-description" type="xs:anyType" minOccurs="0"/>
                <xs:element name="host-info" type="xs:anyType" minOccurs="0"/>
                <xs:element name="conference-state" type="xs:anyType" minOccurs="0"/>
                <xs:element name="users" type="users" minOccurs="0"/>
                <xs:element name="sidebars-by-ref" type="xs:anyType" minOccurs="0"/>
                <xs:element name="sidebars-by-val" type="xs:anyType" minOccurs="0"/>
                <xs:any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="unbounded"/>
              </xs:sequence>
              <xs:attribute name="entity" type="xs:anyURI" use="required"/>
              <xs:attribute name="version" type="xs:unsignedInt"/>
              <xs:attributeGroup ref="state"/>
            </xs:complexType>
          </xs:element>
          <xs:attributeGroup name="state">
            <xs:attribute name="state" default="full">
              <xs:simpleType>
                <xs:restriction base="xs:string">
                  <xs:enumeration value="full"/>
                  <xs:enumeration value="partial"/>
                  <xs:enumeration value="deleted"/>
                </xs:restriction>
              </xs:simpleType>
            </xs:attribute>
            <xs:anyAttribute namespace="##other" processContents="lax"/>
          </xs:attributeGroup>
          <xs:complexType name="users">
            <xs:sequence>
              <xs:element name="user" type="user" minOccurs="0" maxOccurs="unbounded"/>
              <xs:any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="unbounded"/>
            </xs:sequence>
            <xs:attributeGroup ref="state"/>
          </xs:complexType>
          <xs:complexType name="user">
            <xs:sequence>
              <xs:element name="display-text" type="xs:string" minOccurs="0"/>
              <xs:element name="associated-aors" type="xs:anyType" minOccurs="0"/>
              <xs:element name="roles" type="xs:anyType" minOccurs="0"/>
              <xs:element name="languages" type="xs:anyType" minOccurs="0"/>
              <xs:element name="cascaded-focus" type="xs:anyURI" minOccurs="0"/>
              <xs:element name="endpoint" type="endpoint" minOccurs="0"/>
              <xs:any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="unbounded"/>
            </xs:sequence>
            <xs:attribute name="entity" type="xs:anyURI" use="required"/>
            <xs:attribute name="yourown" type="xs:boolean" default="false"/>
            <xs:attributeGroup ref="state"/>
          </xs:complexType>
          <xs:complexType name="endpoint">
            <xs:sequence>
              <xs:element name="display-text" type="xs:string" minOccurs="0"/>
              <xs:element name="referred" type="xs:anyType" minOccurs="0"/>
              <xs:element name="status" type="status"/>
              <xs:element name="joining-method" type="xs:string" minOccurs="0"/>
              <xs:element name="joining-info" type="xs:anyType" minOccurs="0"/>
              <xs:element name="disconnection-method" type="xs:string" minOccurs="0"/>
              <xs:element name="disconnection-info" type="xs:anyType" minOccurs="0"/>
              <xs:element name="media" type="xs:anyType" minOccurs="0" maxOccurs="unbounded"/>
              <xs:element name="call-info" type="xs:anyType" minOccurs="0"/>
              <xs:any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="unbounded"/>
            </xs:sequence>
            <xs:attribute name="entity" type="xs:string" use="required"/>
            <xs:attributeGroup ref="state"/>
          </xs:complexType>
          <xs:simpleType name="status">
            <xs:restriction base="xs:token">
              <xs:enumeration value="pending"/>
              <xs:enumeration value="dialing-out"/>
              <xs:enumeration value="dialing-in"/>
              <xs:enumeration value="alerting"/>
              <xs:enumeration value="on-hold"/>
              <xs:enumeration value="connected"/>
              <xs:enumeration value="muted-via-focus"/>
              <xs:enumeration value="disconnecting"/>
              <xs:enumeration value="disconnected"/>
            </xs:restriction>
          </xs:simpleType>
        </xs:schema>

        """#
}
