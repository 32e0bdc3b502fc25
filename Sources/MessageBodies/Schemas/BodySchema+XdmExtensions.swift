/// Written by scripts/embed-schemas from fixtures/schemas/xdm-extensions.xsd.
extension BodySchema {
    static let xdmExtensionsText = #"""
        <?xml version="1.0" encoding="UTF-8"?>
        <!-- What the second version of OMA XDM added to groups and rules, as far as OMA-TS-SIMPLE_IM-V1_0 relies on it. -->
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:oma:xml:xdm:extensions"
            targetNamespace="urn:oma:xml:xdm:extensions" elementFormDefault="qualified">
          <xs:element name="allow-private-message" type="xs:boolean"/>
          <xs:element name="allow-expelling" type="xs:boolean"/>
          <xs:element name="allow-reject-invite" type="xs:boolean"/>
          <xs:element name="automatic-group-advertisement" type="xs:boolean"/>
          <xs:element name="supported-services" type="services"/>
          <xs:element name="service-list" type="services"/>
          <xs:complexType name="services">
            <xs:choice minOccurs="0" maxOccurs="unbounded">
              <xs:element name="service" type="service"/>
              <xs:element name="all-services-except">
                <xs:complexType>
                  <xs:sequence>
                    <xs:element name="service" type="service" minOccurs="0" maxOccurs="unbounded"/>
                  </xs:sequence>
                </xs:complexType>
              </xs:element>
              <xs:any namespace="##other" processContents="lax"/>
            </xs:choice>
          </xs:complexType>
          <xs:complexType name="service" mixed="true">
            <xs:sequence>
              <xs:any namespace="##any" processContents="lax" minOccurs="0" maxOccurs="unbounded"/>
            </xs:sequence>
            <xs:attribute name="enabler" type="xs:string"/>
            <xs:attribute name="featuretag" type="xs:string"/>
            <xs:anyAttribute namespace="##other" processContents="lax"/>
          </xs:complexType>
          <xs:element name="session-active-policy">
            <xs:complexType>
              <xs:choice minOccurs="0" maxOccurs="unbounded">
                <xs:element name="auto-release" type="xs:boolean"/>
                <xs:element name="max-duration" type="xs:nonNegativeInteger"/>
                <xs:element name="min-participant-count" type="xs:nonNegativeInteger"/>
                <xs:element name="required-participants-list" type="xs:anyType"/>
                <xs:element name="schedule" type="xs:anyType"/>
                <xs:any namespace="##other" processContents="lax"/>
              </xs:choice>
              <xs:attribute name="max-duration" type="xs:nonNegativeInteger"/>
              <xs:anyAttribute namespace="##other" processContents="lax"/>
            </xs:complexType>
          </xs:element>
          <xs:element name="age-restrictions">
            <xs:complexType>
              <xs:sequence>
                <xs:element name="age" minOccurs="0">
                  <xs:complexType>
                    <xs:attribute name="from" type="xs:nonNegativeInteger"/>
                    <xs:attribute name="until" type="xs:nonNegativeInteger"/>
                  </xs:complexType>
                </xs:element>
                <xs:any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="unbounded"/>
              </xs:sequence>
              <xs:attribute name="from" type="xs:nonNegativeInteger"/>
              <xs:attribute name="until" type="xs:nonNegativeInteger"/>
              <xs:anyAttribute namespace="##other" processContents="lax"/>
            </xs:complexType>
          </xs:element>
        </xs:schema>

        """#
}
