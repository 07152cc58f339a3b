namespace MiniTrader.Fix;

/// <summary>Which side opens the connection.</summary>
public enum ConnectionType : byte
{
    Initiator,
    Acceptor,
}

/// <summary>
/// Everything that one session was told: what a <c>[SESSION]</c> of a settings file says, or what a program sets. Immutable; the names are
/// those of QuickFIX's keys where there is one.
/// </summary>
public sealed record SessionSettings
{
    public required SessionId Id { get; init; }

    public required ConnectionType ConnectionType { get; init; }

    public SessionSchedule Schedule { get; init; } = SessionSchedule.NonStop;

    /// <summary>FIXT: DefaultApplVerID (1137) as it is sent, such as <c>9</c> for 5.0 SP2; empty otherwise.</summary>
    public string DefaultApplVerId { get; init; } = "";

    /// <summary>Seconds; what an initiator asks for. An acceptor takes what the logon says.</summary>
    public int HeartBtInt { get; init; } = 30;

    /// <summary>Seconds that an initiator waits for the answer to its logon, and an acceptor for the logon.</summary>
    public int LogonTimeout { get; init; } = 10;

    /// <summary>Seconds that the answer to a logout may take.</summary>
    public int LogoutTimeout { get; init; } = 2;

    public bool ResetOnLogon { get; init; }

    public bool ResetOnLogout { get; init; }

    public bool ResetOnDisconnect { get; init; }

    /// <summary>The store is read again at each logon.</summary>
    public bool RefreshOnLogon { get; init; }

    public bool CheckCompId { get; init; } = true;

    /// <summary>A SendingTime (52) further from our clock than <see cref="MaxLatency"/> is rejected.</summary>
    public bool CheckLatency { get; init; } = true;

    /// <summary>Seconds.</summary>
    public int MaxLatency { get; init; } = 120;

    /// <summary>False: sent messages are not kept, and a resend request is answered with a gap fill.</summary>
    public bool PersistMessages { get; init; } = true;

    /// <summary>A redundant resend request is sent for every message that comes while a gap is being filled.</summary>
    public bool SendRedundantResendRequests { get; init; }

    /// <summary>Numbers asked for in one resend request; 0 for all at once.</summary>
    public int MaxMessagesInResendRequest { get; init; }

    public bool ResendSessionLevelRejects { get; init; }

    public bool IgnorePossDupResendRequests { get; init; }

    /// <summary>Logons carry NextExpectedMsgSeqNum (789) and gaps are filled without resend requests.</summary>
    public bool EnableNextExpectedMsgSeqNum { get; init; }

    /// <summary>Headers carry LastMsgSeqNumProcessed (369).</summary>
    public bool EnableLastMsgSeqNumProcessed { get; init; }

    /// <summary>False: a possible duplicate of a SequenceReset may lack OrigSendingTime (122).</summary>
    public bool RequiresOrigSendingTime { get; init; } = true;

    /// <summary>CME's ways: no second request before a resend began, gap fills beyond a chunk, 789=1 in a logout resets what we send.</summary>
    public bool CmeEnhancedResend { get; init; }

    public bool SendLogoutBeforeDisconnectFromTimeout { get; init; }

    public TimestampPrecision TimestampPrecision { get; init; } = TimestampPrecision.Milliseconds;

    public ValidationSettings Validation { get; init; } = new();

    /// <summary>Null: the numbers and messages live in memory only.</summary>
    public string? FileStorePath { get; init; }

    /// <summary>Without a store in files: the most bytes of sent messages that are kept, of which the newer half survives when it is full.</summary>
    public int MemoryStoreBytes { get; init; } = MemoryMessageStore.MaxBytes;

    /// <summary>Null: no message log.</summary>
    public string? FileLogPath { get; init; }

    public TransportSettings Transport { get; init; } = new();

    /// <summary>Username (553) of the logon.</summary>
    public Secret? Username { get; init; }

    /// <summary>Password (554) of the logon.</summary>
    public Secret? Password { get; init; }

    /// <summary>Throws <see cref="ArgumentException"/> where the values do not go together.</summary>
    public SessionSettings Validated()
    {
        Schedule.Validated();
        if (Id.IsFixt != (DefaultApplVerId.Length > 0))
            throw new ArgumentException($"{Id}: DefaultApplVerID belongs to FIXT.1.1 sessions, and they need it.");
        if (ConnectionType == ConnectionType.Initiator && HeartBtInt < 1) throw new ArgumentException($"{Id}: HeartBtInt is at least 1.");
        return this;
    }
}

/// <summary>What the dictionary is held against; the names are QuickFIX's keys.</summary>
public sealed record ValidationSettings
{
    public bool UseDataDictionary { get; init; } = true;

    /// <summary>The data dictionary of a session that is not FIXT.</summary>
    public string? DataDictionary { get; init; }

    /// <summary>FIXT: header, trailer and session messages.</summary>
    public string? TransportDataDictionary { get; init; }

    /// <summary>FIXT: application messages.</summary>
    public string? AppDataDictionary { get; init; }

    public ValidationOptions Options { get; init; } = ValidationOptions.Default;
}

/// <summary>Where and how the bytes travel.</summary>
public sealed record TransportSettings
{
    /// <summary>Tried one after the other by an initiator.</summary>
    public IReadOnlyList<FixEndPoint> Connect { get; init; } = [];

    /// <summary>What an acceptor listens on; an empty host is every interface.</summary>
    public FixEndPoint? Accept { get; init; }

    /// <summary>Seconds between an initiator's first attempts; it doubles, up to eight times this.</summary>
    public int ReconnectInterval { get; init; } = 30;

    public bool NoDelay { get; init; } = true;

    /// <summary>Bytes; 0 leaves it to the operating system.</summary>
    public int SendBufferSize { get; init; }

    public int ReceiveBufferSize { get; init; }

    /// <summary>Null: no TLS.</summary>
    public TlsSettings? Tls { get; init; }
}

/// <summary>A host name or address, and a port.</summary>
public sealed record FixEndPoint(string Host, int Port)
{
    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}

/// <summary>TLS of a connection; certificates are checked unless a setting says not to.</summary>
public sealed record TlsSettings
{
    /// <summary>The name that the server's certificate must bear; null for the host connected to.</summary>
    public string? ServerName { get; init; }

    public bool ValidateCertificates { get; init; } = true;

    public bool CheckRevocation { get; init; } = true;

    /// <summary>Our certificate with its key: PKCS#12 (.pfx, .p12) or PEM. A server needs one.</summary>
    public string? Certificate { get; init; }

    public Secret? CertificatePassword { get; init; }

    /// <summary>The certificate authorities trusted instead of the machine's, PEM or DER.</summary>
    public string? CaCertificate { get; init; }

    public bool RequireClientCertificate { get; init; } = true;

    public System.Security.Authentication.SslProtocols Protocols { get; init; } = System.Security.Authentication.SslProtocols.None;
}
