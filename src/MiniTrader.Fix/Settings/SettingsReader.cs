using System.Globalization;
using System.Security.Authentication;
using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>
/// Reads a QuickFIX session settings file: <c>[DEFAULT]</c> and any number of <c>[SESSION]</c>, <c>key=value</c>, <c>#</c> comments. An unknown
/// key or a value that cannot be used is a <see cref="FixSettingsException"/> that names line and key. Cold code.
/// </summary>
public static class SettingsReader
{
    private const int MaxAlternates = 100;

    // Keys that QuickFIX has and that change nothing here: each is what this program does in any case.
    private static readonly string[] _withoutEffect =
    [
        "SocketReuseAddress", "Verbose", "FileLogHeartbeats", "DebugFileLogPath", "FileLogBackupPath", "ScreenLogShowIncoming", "ScreenLogShowOutgoing",
        "ScreenLogShowEvents", "ScreenLogShowHeartBeats", "CheckGapFieldDuplicate", "ValidateLengthAndChecksum",
    ];

    /// <summary>The sessions of a file, in its order.</summary>
    public static IReadOnlyList<SessionSettings> Read(string path)
    {
        if (!File.Exists(path)) throw new FixSettingsException($"There is no session settings file at {Path.GetFullPath(path)}.");
        return Parse(File.ReadAllText(path), path);
    }

    /// <summary>The sessions of a text; <paramref name="file"/> is what errors name, and relative paths are meant from its folder.</summary>
    public static IReadOnlyList<SessionSettings> Parse(string text, string file)
    {
        List<SessionSettings> sessions = [];
        HashSet<SessionId> seen = [];
        foreach (SettingsSection section in Split(text, file))
        {
            SessionSettings settings = ReadSession(section);
            if (!seen.Add(settings.Id)) throw section.Bad("SessionQualifier", $"must tell this session from an earlier one: both are {settings.Id}");
            sessions.Add(settings);
        }

        return sessions.Count > 0 ? sessions : throw new FixSettingsException($"{file} has no [SESSION].");
    }

    private static List<SettingsSection> Split(string text, string file)
    {
        Dictionary<string, SettingsValue> defaults = new(StringComparer.OrdinalIgnoreCase);
        List<SettingsSection> sections = [];
        SettingsSection? current = null;
        bool isInDefault = false;
        int number = 0;
        foreach (string raw in text.TrimStart('\uFEFF').Split('\n'))
        {
            number++;
            string line = raw.Trim();
            if (line.Length == 0 || line[0] == '#') continue;
            if (line[0] == '[')
            {
                isInDefault = line.Equals("[DEFAULT]", StringComparison.OrdinalIgnoreCase);
                if (!isInDefault && !line.Equals("[SESSION]", StringComparison.OrdinalIgnoreCase))
                    throw new FixSettingsException($"{file}, line {number}: a section is [DEFAULT] or [SESSION], not '{line}'.");
                current = isInDefault ? null : new(file, number, defaults);
                if (current is not null) sections.Add(current);
                continue;
            }

            int equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1) throw new FixSettingsException($"{file}, line {number}: '{line}' is no key=value.");
            string key = line[..equals].Trim();
            SettingsValue value = new(line[(equals + 1)..].Trim(), number);
            if (current is not null) current.Add(key, value);
            else if (!isInDefault) throw new FixSettingsException($"{file}, line {number}: {key} stands before the first [DEFAULT] or [SESSION].");
            else if (!defaults.TryAdd(key, value)) throw new FixSettingsException($"{file}, line {number}: {key} is set twice in [DEFAULT]; line {defaults[key].Line} sets it already.");
        }

        return sections;
    }

    private static SessionSettings ReadSession(SettingsSection section)
    {
        string beginString = section.Required("BeginString");
        if (beginString is not ("FIX.4.0" or "FIX.4.1" or "FIX.4.2" or "FIX.4.3" or "FIX.4.4" or "FIXT.1.1"))
            throw section.Bad("BeginString", "is FIX.4.0 to FIX.4.4 or FIXT.1.1");
        SessionId id = new()
        {
            BeginString = beginString,
            SenderCompId = section.Required("SenderCompID"),
            SenderSubId = section.Text("SenderSubID") ?? "",
            SenderLocationId = section.Text("SenderLocationID") ?? "",
            TargetCompId = section.Required("TargetCompID"),
            TargetSubId = section.Text("TargetSubID") ?? "",
            TargetLocationId = section.Text("TargetLocationID") ?? "",
            Qualifier = section.Text("SessionQualifier") ?? "",
        };
        section.Required("ConnectionType");
        ConnectionType type = section.Choice("ConnectionType", default, ("initiator", ConnectionType.Initiator), ("acceptor", ConnectionType.Acceptor));
        string applVerId = ReadApplVerId(section, id);
        if (type == ConnectionType.Initiator) section.Required("HeartBtInt");
        foreach (string key in _withoutEffect) section.Text(key);
        SessionSettings settings = new()
        {
            Id = id,
            ConnectionType = type,
            DefaultApplVerId = applVerId,
            Schedule = ScheduleReader.Read(section),
            HeartBtInt = section.Number("HeartBtInt", 30, 1, 86_400),
            LogonTimeout = section.Number("LogonTimeout", 10, 1, 3_600),
            LogoutTimeout = section.Number("LogoutTimeout", 2, 1, 3_600),
            ResetOnLogon = section.Flag("ResetOnLogon", false),
            ResetOnLogout = section.Flag("ResetOnLogout", false),
            ResetOnDisconnect = section.Flag("ResetOnDisconnect", false),
            RefreshOnLogon = section.Flag("RefreshOnLogon", false),
            CheckCompId = section.Flag("CheckCompID", true),
            CheckLatency = section.Flag("CheckLatency", true),
            MaxLatency = section.Number("MaxLatency", 120, 1, 86_400),
            PersistMessages = section.Flag("PersistMessages", true),
            SendRedundantResendRequests = section.Flag("SendRedundantResendRequests", false),
            MaxMessagesInResendRequest = section.Number(section.Text("ResendRequestChunkSize") is null ? "MaxMessagesInResendRequest" : "ResendRequestChunkSize", 0, 0, int.MaxValue),
            ResendSessionLevelRejects = section.Flag("ResendSessionLevelRejects", false),
            IgnorePossDupResendRequests = section.Flag("IgnorePossDupResendRequests", false),
            EnableNextExpectedMsgSeqNum = section.Flag("EnableNextExpectedMsgSeqNum", false),
            EnableLastMsgSeqNumProcessed = section.Flag("EnableLastMsgSeqNumProcessed", false),
            RequiresOrigSendingTime = section.Flag("RequiresOrigSendingTime", true),
            CmeEnhancedResend = section.Flag("CmeEnhancedResend", false),
            SendLogoutBeforeDisconnectFromTimeout = section.Flag("SendLogoutBeforeDisconnectFromTimeout", false),
            TimestampPrecision = ReadPrecision(section),
            Validation = ReadValidation(section, id),
            FileStorePath = section.Text("FileStorePath") is { } store ? section.Beside(store) : null,
            FileLogPath = section.Text("FileLogPath") is { } log ? section.Beside(log) : null,
            Transport = ReadTransport(section, type),
            Username = Secret.Read(section, "Username"),
            Password = Secret.Read(section, "Password"),
        };
        section.RefuseUnknownKeys();
        return settings.Validated();
    }

    private static string ReadApplVerId(SettingsSection section, SessionId id)
    {
        if (!id.IsFixt)
            return section.Text("DefaultApplVerID") is null ? "" : throw section.Bad("DefaultApplVerID", "belongs to BeginString=FIXT.1.1");
        section.Required("DefaultApplVerID");
        return section.Choice(
            "DefaultApplVerID", "", ("FIX.4.0", "2"), ("FIX.4.1", "3"), ("FIX.4.2", "4"), ("FIX.4.3", "5"), ("FIX.4.4", "6"), ("FIX.5.0", "7"),
            ("FIX.5.0SP1", "8"), ("FIX.5.0SP2", "9"), ("2", "2"), ("3", "3"), ("4", "4"), ("5", "5"), ("6", "6"), ("7", "7"), ("8", "8"), ("9", "9"));
    }

    private static TimestampPrecision ReadPrecision(SettingsSection section)
    {
        bool milliseconds = section.Flag("MillisecondsInTimeStamp", true);
        return section.Choice(
            "TimeStampPrecision", milliseconds ? TimestampPrecision.Milliseconds : TimestampPrecision.Seconds,
            ("Second", TimestampPrecision.Seconds), ("Millisecond", TimestampPrecision.Milliseconds), ("Microsecond", TimestampPrecision.Microseconds),
            ("Nanosecond", TimestampPrecision.Nanoseconds), ("SECONDS", TimestampPrecision.Seconds), ("MILLIS", TimestampPrecision.Milliseconds),
            ("MICROS", TimestampPrecision.Microseconds), ("NANOS", TimestampPrecision.Nanoseconds), ("0", TimestampPrecision.Seconds),
            ("3", TimestampPrecision.Milliseconds), ("6", TimestampPrecision.Microseconds), ("9", TimestampPrecision.Nanoseconds));
    }

    private static ValidationSettings ReadValidation(SettingsSection section, SessionId id)
    {
        ValidationSettings validation = new()
        {
            UseDataDictionary = section.Flag("UseDataDictionary", true),
            DataDictionary = section.Dictionary("DataDictionary"),
            TransportDataDictionary = section.Dictionary("TransportDataDictionary"),
            AppDataDictionary = section.Dictionary("AppDataDictionary"),
            Options = new()
            {
                ValidateFieldsOutOfOrder = section.Flag("ValidateFieldsOutOfOrder", true),
                ValidateFieldsHaveValues = section.Flag("ValidateFieldsHaveValues", true),
                ValidateUserDefinedFields = section.Flag("ValidateUserDefinedFields", true),
                ValidateUnorderedGroupFields = section.Flag("ValidateUnorderedGroupFields", false),
                AllowUnknownMsgFields = section.Flag("AllowUnknownMsgFields", section.Flag("AllowUnknownMessageFields", false)),
            },
        };
        if (!validation.UseDataDictionary) return validation;
        if (!id.IsFixt && (validation.TransportDataDictionary ?? validation.AppDataDictionary) is not null)
            throw section.Bad(validation.TransportDataDictionary is null ? "AppDataDictionary" : "TransportDataDictionary", "belongs to BeginString=FIXT.1.1; other versions have DataDictionary");
        if (id.IsFixt && (validation.TransportDataDictionary is null) != (validation.AppDataDictionary is null))
            throw section.Bad("TransportDataDictionary", "and AppDataDictionary stand together");
        return validation;
    }

    private static TransportSettings ReadTransport(SettingsSection section, ConnectionType type)
    {
        List<FixEndPoint> connect = [];
        for (int i = 0; i <= MaxAlternates; i++)
        {
            string suffix = i == 0 ? "" : i.ToString(CultureInfo.InvariantCulture);
            string? host = section.Text("SocketConnectHost" + suffix);
            int port = section.Number("SocketConnectPort" + suffix, 0, 1, 65_535);
            if (host is null && port == 0)
            {
                if (i == 0) continue;
                break;
            }

            if (host is null) section.Required("SocketConnectHost" + suffix);
            if (port == 0) section.Required("SocketConnectPort" + suffix);
            connect.Add(new(host!, port));
        }

        int acceptPort = section.Number("SocketAcceptPort", -1, 0, 65_535);
        string acceptHost = section.Text("SocketAcceptHost") ?? "";
        if (type == ConnectionType.Initiator && connect.Count == 0) section.Required("SocketConnectHost");
        if (type == ConnectionType.Acceptor && acceptPort < 0) section.Required("SocketAcceptPort");
        return new()
        {
            Connect = connect,
            Accept = acceptPort < 0 ? null : new(acceptHost, acceptPort),
            ReconnectInterval = section.Number("ReconnectInterval", 30, 1, 86_400),
            NoDelay = section.Flag("SocketNodelay", section.Flag("SocketTcpNoDelay", true)),
            SendBufferSize = section.Number("SocketSendBufferSize", 0, 0, 1 << 30),
            ReceiveBufferSize = section.Number("SocketReceiveBufferSize", 0, 0, 1 << 30),
            Tls = ReadTls(section, type),
        };
    }

    private static TlsSettings? ReadTls(SettingsSection section, ConnectionType type)
    {
        TlsSettings tls = new()
        {
            ServerName = section.Text("SSLServerName"),
            ValidateCertificates = section.Flag("SSLValidateCertificates", true),
            CheckRevocation = section.Flag("SSLCheckCertificateRevocation", true),
            Certificate = section.FilePath("SSLCertificate"),
            CertificatePassword = Secret.Read(section, "SSLCertificatePassword"),
            CaCertificate = section.FilePath("SSLCACertificate"),
            RequireClientCertificate = section.Flag("SSLRequireClientCertificate", true),
            Protocols = section.Choice("SSLProtocols", SslProtocols.None, ("Tls12", SslProtocols.Tls12), ("Tls13", SslProtocols.Tls13), ("None", SslProtocols.None)),
        };
        if (!section.Flag("SSLEnable", false)) return null;
        if (type == ConnectionType.Acceptor && tls.Certificate is null) section.Required("SSLCertificate");
        return tls;
    }
}
