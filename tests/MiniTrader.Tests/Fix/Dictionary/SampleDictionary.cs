using System.Text;
using MiniTrader.Fix;

namespace MiniTrader.Tests.Fix;

/// <summary>A small dictionary with one of everything: components, required and not, groups in groups, enumerations, every form of value.</summary>
internal static class SampleDictionary
{
    public const string Xml = """
        <fix type="FIX" major="4" minor="4">
          <header>
            <field name="BeginString" required="Y" /><field name="BodyLength" required="Y" /><field name="MsgType" required="Y" />
            <field name="MsgSeqNum" required="Y" /><field name="SendingTime" required="N" />
            <group name="NoHops" required="N"><field name="HopCompID" required="N" /><field name="HopRefID" required="N" /></group>
          </header>
          <messages>
            <message name="Heartbeat" msgtype="0" msgcat="admin"><field name="TestReqID" required="N" /></message>
            <message name="Order" msgtype="D" msgcat="app">
              <field name="ClOrdID" required="Y" />
              <component name="Instrument" required="Y" />
              <component name="Parties" required="N" />
              <field name="Side" required="Y" /><field name="ExecInst" required="N" /><field name="Price" required="N" />
              <field name="TransactTime" required="N" /><field name="MDEntryDate" required="N" /><field name="MDEntryTime" required="N" />
              <field name="GapFillFlag" required="N" /><field name="MySize" required="N" /><field name="MyBlob" required="N" /><field name="MyBlobLen" required="N" />
              <field name="LongEnum" required="N" />
            </message>
          </messages>
          <trailer><field name="CheckSum" required="Y" /></trailer>
          <components>
            <component name="Instrument"><field name="Symbol" required="Y" /><field name="SecurityType" required="N" /></component>
            <component name="Parties">
              <field name="Account" required="Y" />
              <group name="NoPartyIDs" required="N">
                <field name="PartyID" required="Y" /><field name="PartyIDSource" required="N" /><field name="PartyRole" required="Y" />
                <group name="NoPartySubIDs" required="N"><field name="PartySubID" required="N" /><field name="PartySubIDType" required="N" /></group>
              </group>
            </component>
          </components>
          <fields>
            <field number="8" name="BeginString" type="STRING" /><field number="9" name="BodyLength" type="LENGTH" />
            <field number="35" name="MsgType" type="STRING" /><field number="34" name="MsgSeqNum" type="SEQNUM" />
            <field number="52" name="SendingTime" type="UTCTIMESTAMP" /><field number="10" name="CheckSum" type="STRING" />
            <field number="627" name="NoHops" type="NUMINGROUP" /><field number="628" name="HopCompID" type="STRING" /><field number="630" name="HopRefID" type="SEQNUM" />
            <field number="112" name="TestReqID" type="STRING" /><field number="11" name="ClOrdID" type="STRING" /><field number="55" name="Symbol" type="STRING" />
            <field number="54" name="Side" type="CHAR"><value enum="1" description="BUY" /><value enum="2" description="SELL" /></field>
            <field number="18" name="ExecInst" type="MULTIPLEVALUESTRING"><value enum="1" description="A" /><value enum="G" description="B" /><value enum="6" /></field>
            <field number="44" name="Price" type="PRICE" /><field number="60" name="TransactTime" type="UTCTIMESTAMP" />
            <field number="272" name="MDEntryDate" type="UTCDATEONLY" /><field number="273" name="MDEntryTime" type="UTCTIMEONLY" />
            <field number="123" name="GapFillFlag" type="BOOLEAN" /><field number="1" name="Account" type="STRING" />
            <field number="453" name="NoPartyIDs" type="NUMINGROUP" /><field number="448" name="PartyID" type="STRING" /><field number="447" name="PartyIDSource" type="CHAR" />
            <field number="452" name="PartyRole" type="INT" /><field number="802" name="NoPartySubIDs" type="NUMINGROUP" />
            <field number="523" name="PartySubID" type="STRING" /><field number="803" name="PartySubIDType" type="INT" />
            <field number="167" name="SecurityType" type="STRING"><value enum="CS" /><value enum="FUT" /></field>
            <field number="20000" name="MySize" type="QTY" /><field number="20001" name="MyBlobLen" type="LENGTH" /><field number="20002" name="MyBlob" type="DATA" />
            <field number="5007" name="LongEnum" type="STRING"><value enum="A_LONG_VALUE" /><value enum="SHORT" /></field>
            <field number="58" name="Text" type="STRING" />
          </fields>
        </fix>
        """;

    public static FixDictionary Load(string xml = Xml) => FixDictionary.Load(new MemoryStream(Encoding.UTF8.GetBytes(xml)), "sample.xml");
}
