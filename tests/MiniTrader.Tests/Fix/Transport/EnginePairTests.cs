using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MiniTrader.Fix;
using Xunit;

namespace MiniTrader.Tests.Fix.Transport;

/// <summary>Two engines from settings files, over a socket: what only shows with all of a session's parts together.</summary>
public sealed class EnginePairTests : IDisposable
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
          <message name="Logout" msgtype="5" msgcat="admin"><field name="Text" required="N"/></message>
          <message name="NewOrderSingle" msgtype="D" msgcat="app"><field name="ClOrdID" required="Y"/><field name="Side" required="Y"/></message>
         </messages>
         <components/>
         <fields>
          <field number="8" name="BeginString" type="STRING"/><field number="9" name="BodyLength" type="LENGTH"/><field number="10" name="CheckSum" type="STRING"/>
          <field number="11" name="ClOrdID" type="STRING"/><field number="34" name="MsgSeqNum" type="SEQNUM"/><field number="35" name="MsgType" type="STRING"/>
          <field number="49" name="SenderCompID" type="STRING"/><field number="52" name="SendingTime" type="UTCTIMESTAMP"/>
          <field number="54" name="Side" type="CHAR"><value enum="1" description="BUY"/></field>
          <field number="56" name="TargetCompID" type="STRING"/><field number="58" name="Text" type="STRING"/><field number="98" name="EncryptMethod" type="INT"/>
          <field number="108" name="HeartBtInt" type="INT"/>
         </fields>
        </fix>
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("minitrader-pair-").FullName;
    private readonly Party _venue = new(), _client = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("user.xml", "11=1|54=1|", null)]
    [InlineData("user.xml", "11=1|54=2|", "371=54|372=D|373=5|")]
    [InlineData("user.xml", "11=1|", "371=54|372=D|373=1|")]
    [InlineData("user.xml", "11=1|54=1|55=X|", "371=55|372=D|373=0|")]
    [InlineData("built-in", "11=1|54=2|55=X|", null)]
    [InlineData("built-in", "54=2|", "371=11|372=D|373=1|")]
    [InlineData("built-in", "11=1|38=many|54=2|", "371=38|372=D|373=6|")]
    public void Messages_are_held_against_the_dictionary_that_the_settings_name(string dictionary, string order, string? reject)
    {
        File.WriteAllText(Path.Combine(_folder, "user.xml"), Dictionary);
        using FixEngine venue = new(Read("venue.cfg", $"ConnectionType=acceptor\nSocketAcceptHost=127.0.0.1\nSocketAcceptPort=0\nDataDictionary={dictionary}\nSenderCompID=V\nTargetCompID=C\n"), _venue);
        using FixEngine client = new(Read("client.cfg", Initiator($"SocketConnectHost=127.0.0.1\nSocketConnectPort={venue.Ports[0]}\n")), _client);
        Until(venue, client, () => client.Sessions[0].IsLoggedOn);
        FixWriter writer = client.Sessions[0].Begin(MsgTypes.NewOrderSingle);
        writer.Raw(Encoding.ASCII.GetBytes(order.Replace('|', '\u0001')));
        Assert.Equal(SendStatus.Sent, client.Sessions[0].Send(ref writer));
        Until(venue, client, () => _venue.Taken.Count + _client.Rejects.Count > 0);
        if (reject is null) Assert.Empty(_client.Rejects);
        else Assert.Contains(reject, _client.Rejects[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_first_host_cannot_be_reached_the_next_one_is_tried()
    {
        using FixEngine venue = new(Read("venue.cfg", "ConnectionType=acceptor\nSocketAcceptHost=127.0.0.1\nSocketAcceptPort=0\nSenderCompID=V\nTargetCompID=C\n"), _venue);
        string hosts = $"SocketConnectHost=127.0.0.1\nSocketConnectPort={ClosedPort()}\nSocketConnectHost1=127.0.0.1\nSocketConnectPort1={venue.Ports[0]}\n";
        using FixEngine client = new(Read("client.cfg", Initiator(hosts)), _client);
        Until(venue, client, () => client.Sessions[0].IsLoggedOn);
    }

    private static string Initiator(string hosts) => $"ConnectionType=initiator\nHeartBtInt=30\nReconnectInterval=1\nSenderCompID=C\nTargetCompID=V\n{hosts}";

    private static int ClosedPort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void Until(FixEngine venue, FixEngine client, Func<bool> isSo)
    {
        long start = Stopwatch.GetTimestamp();
        while (!isSo())
        {
            venue.DoWork();
            client.DoWork();
            Assert.True(Stopwatch.GetElapsedTime(start).TotalSeconds < 20, client.Sessions[0].LastHangUpReason);
        }
    }

    private IReadOnlyList<SessionSettings> Read(string name, string lines)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, $"[SESSION]\nBeginString=FIX.4.4\nNonStopSession=Y\n{lines}");
        return SettingsReader.Read(path);
    }

    private sealed class Party : FixApplication
    {
        public List<string> Taken { get; } = [];

        public List<string> Rejects { get; } = [];

        public override MessageVerdict OnMessage(FixSession session, in FixMessage message)
        {
            Taken.Add(FixText.Show(message.Bytes));
            return MessageVerdict.Accepted;
        }

        public override void OnSessionMessage(FixSession session, in FixMessage message)
        {
            if (message.MsgType == MsgTypes.Reject) Rejects.Add(FixText.Show(message.Bytes));
        }
    }
}
