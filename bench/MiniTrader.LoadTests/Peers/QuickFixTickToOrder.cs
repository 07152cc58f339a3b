using System.Globalization;
using System.Text;
using MiniTrader.Fix;
using QuickFix;
using QuickFix.Fields;
using QuickFix.Store;
using QuickFix.Transport;
using Fix44 = QuickFix.FIX44;
using SessionSettings = QuickFix.SessionSettings;

namespace MiniTrader.LoadTests;

/// <summary>
/// What <see cref="TickToOrder"/> does, with QuickFIX/n's sessions for market data and orders: stores in memory, no log, a data dictionary of just these messages,
/// because without one it reads no groups. The decision is the same; there is no engine, no book of orders and positions, and no risk gate.
/// </summary>
internal sealed class QuickFixTickToOrder : TickWay
{
    private const string Dictionary = """
        <fix type="FIX" major="4" minor="4">
         <header>
          <field name="BeginString" required="Y"/><field name="BodyLength" required="Y"/><field name="MsgType" required="Y"/><field name="SenderCompID" required="Y"/>
          <field name="TargetCompID" required="Y"/><field name="MsgSeqNum" required="Y"/><field name="SendingTime" required="Y"/>
         </header>
         <trailer><field name="CheckSum" required="Y"/></trailer>
         <messages>
          <message name="Logon" msgtype="A" msgcat="admin"><field name="EncryptMethod" required="Y"/><field name="HeartBtInt" required="Y"/></message>
          <message name="MarketDataIncrementalRefresh" msgtype="X" msgcat="app">
           <field name="TransactTime" required="N"/>
           <group name="NoMDEntries" required="Y">
            <field name="MDUpdateAction" required="Y"/><field name="MDEntryType" required="N"/><field name="Symbol" required="N"/><field name="MDEntryPx" required="N"/>
            <field name="MDEntrySize" required="N"/><field name="RptSeq" required="N"/>
           </group>
          </message>
         </messages>
         <components/>
         <fields>
          <field number="8" name="BeginString" type="STRING"/><field number="9" name="BodyLength" type="LENGTH"/><field number="10" name="CheckSum" type="STRING"/>
          <field number="34" name="MsgSeqNum" type="SEQNUM"/><field number="35" name="MsgType" type="STRING"/><field number="49" name="SenderCompID" type="STRING"/>
          <field number="52" name="SendingTime" type="UTCTIMESTAMP"/><field number="55" name="Symbol" type="STRING"/><field number="56" name="TargetCompID" type="STRING"/>
          <field number="60" name="TransactTime" type="UTCTIMESTAMP"/><field number="83" name="RptSeq" type="INT"/><field number="98" name="EncryptMethod" type="INT"/>
          <field number="108" name="HeartBtInt" type="INT"/><field number="268" name="NoMDEntries" type="NUMINGROUP"/><field number="269" name="MDEntryType" type="CHAR"/>
          <field number="270" name="MDEntryPx" type="PRICE"/><field number="271" name="MDEntrySize" type="QTY"/><field number="279" name="MDUpdateAction" type="CHAR"/>
         </fields>
        </fix>
        """;

    private readonly string _dictionary = Path.GetTempFileName();
    private readonly ThreadedSocketAcceptor _sessions;
    private readonly Session _data;
    private readonly Wires _dataWires = new(), _orderWires = new();
    private readonly HeaderTemplate _header = new("FIX.4.4", [(49, "VENUE"), (56, "MTDATA")]);
    private long _number = 1;

    public QuickFixTickToOrder()
    {
        File.WriteAllText(_dictionary, Dictionary);
        SessionSettings settings = new(new StringReader($"""
            [DEFAULT]
            ConnectionType=acceptor
            SocketAcceptHost=127.0.0.1
            SocketAcceptPort=0
            NonStopSession=Y
            CheckLatency=N
            DataDictionary={_dictionary}
            BeginString=FIX.4.4
            TargetCompID=VENUE
            [SESSION]
            SenderCompID=MTDATA
            [SESSION]
            SenderCompID=MTORDERS
            """));

        // It makes its sessions when it is built, and is never started: the bytes come and go by hand.
        _sessions = new(new Answering(), new MemoryStoreFactory(), settings, logFactory: null);
        _data = LogOn("MTDATA", _dataWires);
        LogOn("MTORDERS", _orderWires);
    }

    public override void Dispose()
    {
        _sessions.Dispose();
        File.Delete(_dictionary);
    }

    protected override int Answer(int length)
    {
        _data.Next(Encoding.Latin1.GetString(Wire, 0, length));
        return _orderWires.Take(Wire);
    }

    protected override int WriteTick()
    {
        FixWriter tick = new(Wire, _header);
        tick.Begin(MsgTypes.MarketDataIncrementalRefresh, ++_number, Now);
        WriteEntries(ref tick);
        ReadOnlySpan<byte> bytes = tick.End();
        bytes.CopyTo(Wire);
        return bytes.Length;
    }

    protected override void Settle()
    {
    }

    protected override string WhyNot() => _dataWires.Last;

    private Session LogOn(string name, Wires wires)
    {
        Session session = Session.LookupSession(new SessionID("FIX.4.4", name, "VENUE")) ?? throw new InvalidOperationException($"QuickFIX/n has no session {name}.");
        session.SetResponder(wires);
        byte[] bytes = new byte[256];
        FixWriter logon = new(bytes, new HeaderTemplate("FIX.4.4", [(49, "VENUE"), (56, name)]));
        logon.Begin(MsgTypes.Logon, 1, Now);
        logon.Int(98, 0);
        logon.Int(108, 30);
        session.Next(Encoding.Latin1.GetString(logon.End()));
        return session.IsLoggedOn ? session : throw new InvalidOperationException($"QuickFIX/n did not log on: {wires.Last}");
    }

    /// <summary>What a session would give to its socket.</summary>
    private sealed class Wires : IResponder
    {
        public string Last { get; private set; } = "";

        public bool Send(string s)
        {
            Last = s;
            return true;
        }

        public int Take(byte[] target)
        {
            int length = Encoding.Latin1.GetBytes(Last, target);
            Last = "";
            return length;
        }

        public void Disconnect()
        {
        }
    }

    /// <summary>Buys and sells in turn at the other side's price, one order for each message.</summary>
    private sealed class Answering : QuickFixParty
    {
        private static readonly SessionID _orders = new("FIX.4.4", "MTORDERS", "VENUE");
        private readonly Fix44.MarketDataIncrementalRefresh.NoMDEntriesGroup _entry = new();
        private bool _hasBought;
        private long _order;

        public override void FromApp(Message message, SessionID sessionID)
        {
            decimal bid = 0, ask = 0;
            for (int i = 1; i <= message.GetInt(QuickFix.Fields.Tags.NoMDEntries); i++)
            {
                message.GetGroup(i, _entry);
                if (_entry.MDEntryType.Value == MDEntryType.BID) bid = _entry.MDEntryPx.Value;
                else ask = _entry.MDEntryPx.Value;
            }

            _hasBought = !_hasBought;
            string name = (++_order).ToString(CultureInfo.InvariantCulture);
            Fix44.NewOrderSingle order = new(
                new ClOrdID("LOAD-" + name + "-0"), new Symbol("MSFT"), new Side(_hasBought ? Side.BUY : Side.SELL), new TransactTime(DateTime.UtcNow), new OrdType(OrdType.LIMIT));
            order.SetField(new OrderQty(100));
            order.SetField(new Price(_hasBought ? ask : bid));
            order.SetField(new TimeInForce(TimeInForce.IMMEDIATE_OR_CANCEL));
            Session.SendToTarget(order, _orders);
        }
    }
}
