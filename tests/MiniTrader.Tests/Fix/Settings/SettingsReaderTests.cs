using MiniTrader.Fix;
using Xunit;

namespace MiniTrader.Tests.Fix.Settings;

/// <summary>QuickFIX's own files are read as they are; what cannot be used is refused with its line and key.</summary>
public sealed class SettingsReaderTests
{
    private const string Acceptor = """
        [DEFAULT]
        ConnectionType=acceptor
        SocketAcceptPort=5001
        StartTime=00:00:00
        EndTime=00:00:00
        BeginString=FIX.4.4
        SenderCompID=US
        [SESSION]
        TargetCompID=THEM

        """;

    [Fact]
    public void Defaults_stand_behind_each_session_and_a_session_overrides_them()
    {
        IReadOnlyList<SessionSettings> sessions = SettingsReader.Parse(
            """
            # two brokers
            [DEFAULT]
            ConnectionType=initiator
            HeartBtInt=30
            SenderCompID=US
            StartTime=08:00:00
            EndTime=17:30
            TimeZone=America/New_York
            ReconnectInterval=5
            Weekdays=Mon,Tue,We
            [SESSION]
            BeginString=FIX.4.2
            TargetCompID=ONE
            SocketConnectHost=one.example
            SocketConnectPort=1111
            SocketConnectHost1=two.example
            SocketConnectPort1=2222
            [SESSION]
            BeginString=FIXT.1.1
            DefaultApplVerID=FIX.5.0SP2
            TargetCompID=TWO
            SocketConnectHost=three.example
            SocketConnectPort=3333
            HeartBtInt=10
            ResetOnLogon=Y
            TimeStampPrecision=Nanosecond
            SSLEnable=Y
            SSLServerName=fix.example
            """,
            "test.cfg");

        Assert.Equal(2, sessions.Count);
        SessionSettings one = sessions[0], two = sessions[1];
        Assert.Equal("FIX.4.2:US->ONE", one.Id.ToString());
        Assert.Equal([new("one.example", 1111), new("two.example", 2222)], one.Transport.Connect);
        Assert.Equal((30, 5, false), (one.HeartBtInt, one.Transport.ReconnectInterval, one.ResetOnLogon));
        Assert.Equal((new TimeOnly(8, 0), new TimeOnly(17, 30)), (one.Schedule.StartTime, one.Schedule.EndTime));
        Assert.Equal([DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday], one.Schedule.Weekdays!.Order());
        Assert.Equal("America/New_York", one.Schedule.TimeZone.Id);
        Assert.Equal(TimestampPrecision.Milliseconds, one.TimestampPrecision);
        Assert.Null(one.Transport.Tls);
        Assert.Equal(("9", 10, true, TimestampPrecision.Nanoseconds), (two.DefaultApplVerId, two.HeartBtInt, two.ResetOnLogon, two.TimestampPrecision));
        Assert.Equal(("fix.example", true, true), (two.Transport.Tls!.ServerName, two.Transport.Tls.ValidateCertificates, two.Transport.Tls.CheckRevocation));
    }

    /// <summary>The files that QuickFIX's own acceptance tests run with have blanks at line ends, a byte order mark and keys that mean nothing here.</summary>
    [Fact]
    public void A_file_as_QuickFIX_users_have_it_is_read()
    {
        SessionSettings settings = Assert.Single(SettingsReader.Parse(
            "\uFEFF[DEFAULT] \r\nVerbose=Y \r\nConnectionType=acceptor \r\nSocketAcceptPort=5003 \r\nSocketReuseAddress=Y \r\nstarttime=00:00:00 \r\nEndTime=00:00:00 \r\n"
            + "SenderCompID=ISLD \r\nTargetCompID=TW\r\n[SESSION] \r\nBeginString=FIX.4.2 \r\n",
            "at.cfg"));
        Assert.Equal((ConnectionType.Acceptor, 5003), (settings.ConnectionType, settings.Transport.Accept!.Port));
        Assert.Equal(settings.Schedule.StartTime, settings.Schedule.EndTime);
    }

    [Theory]
    [InlineData("ResetOnLogin=Y", "line 10", "ResetOnLogin", "Did you mean ResetOnLogon?")]
    [InlineData("ResetOnLogon=maybe", "line 10", "ResetOnLogon", "is Y or N, not 'maybe'")]
    [InlineData("MaxLatency=0", "line 10", "MaxLatency", "a whole number from 1 to 86400")]
    [InlineData("DataDictionary=nowhere.xml", "line 10", "DataDictionary", "there is none at")]
    [InlineData("TimeZone=Mars/Olympus", "line 10", "TimeZone", "this machine knows")]
    [InlineData("StartDay=Mon", "line 8", "EndDay", "needs EndDay")]
    [InlineData("NonStopSession=Y", "line 4", "StartTime", "does not go with NonStopSession")]
    [InlineData("StartTime=25:00", "line 10", "StartTime", "a time of day")]
    [InlineData("DefaultApplVerID=9", "line 10", "DefaultApplVerID", "belongs to BeginString=FIXT.1.1")]
    [InlineData("SSLEnable=Y", "line 8", "SSLCertificate", "needs SSLCertificate")]
    [InlineData("Password=env:MINITRADER_NO_SUCH_VARIABLE", "line 10", "Password", "environment variable that is not set")]
    [InlineData("TargetCompID=AGAIN", "line 10", "TargetCompID", "line 9 sets it already")]
    [InlineData("no equals sign", "line 10", "no equals sign", "is no key=value")]
    [InlineData("[OTHER]", "line 10", "[OTHER]", "[DEFAULT] or [SESSION]")]
    public void What_cannot_be_used_is_named_with_its_line(string added, string line, string key, string why)
    {
        FixSettingsException refused = Assert.Throws<FixSettingsException>(() => SettingsReader.Parse(Acceptor + added, "test.cfg"));
        Assert.Contains("test.cfg", refused.Message, StringComparison.Ordinal);
        Assert.Contains(line + ":", refused.Message, StringComparison.Ordinal);
        Assert.Contains(key, refused.Message, StringComparison.Ordinal);
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BeginString")]
    [InlineData("SenderCompID")]
    [InlineData("ConnectionType")]
    [InlineData("SocketAcceptPort")]
    [InlineData("StartTime")]
    public void A_key_that_a_session_needs_is_asked_for(string key)
    {
        string text = string.Join('\n', Acceptor.Split('\n').Where(l => !l.StartsWith(key, StringComparison.Ordinal)));
        FixSettingsException refused = Assert.Throws<FixSettingsException>(() => SettingsReader.Parse(text, "test.cfg"));
        Assert.Contains($"needs {key}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_come_from_a_file_or_the_environment_and_show_themselves_nowhere()
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, "hush\n");
        SessionSettings settings = Assert.Single(SettingsReader.Parse(Acceptor + $"Username=me\nPassword=file:{file}\n", "test.cfg"));
        File.Delete(file);
        Assert.Equal("hush", settings.Password!.Reveal());
        Assert.DoesNotContain("hush", settings.ToString(), StringComparison.Ordinal);
        Assert.Equal("***", settings.Password.ToString());
    }

    [Fact]
    public void Two_sessions_that_are_the_same_are_refused()
    {
        FixSettingsException refused = Assert.Throws<FixSettingsException>(() => SettingsReader.Parse(Acceptor + "[SESSION]\nTargetCompID=THEM\n", "test.cfg"));
        Assert.Contains("SessionQualifier", refused.Message, StringComparison.Ordinal);
        Assert.Equal(2, SettingsReader.Parse(Acceptor + "[SESSION]\nTargetCompID=THEM\nSessionQualifier=2\n", "test.cfg").Count);
    }
}
