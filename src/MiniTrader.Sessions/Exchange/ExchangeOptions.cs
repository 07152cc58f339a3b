using MiniTrader.Exchange;
using MiniTrader.Model;

namespace MiniTrader.Sessions;

/// <summary>How an exchange is set up: where it listens, what it holds, how fast its market runs. Immutable; judged by <see cref="Validated"/>.</summary>
public sealed record ExchangeOptions
{
    /// <summary>The interface listened on; empty for every one.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>Zero lets the operating system choose; <see cref="ExchangeSession.Port"/> says what it chose.</summary>
    public int Port { get; init; }

    /// <summary>Our own name, the TargetCompID of those who log on.</summary>
    public string CompId { get; init; } = "EXCHANGE";

    /// <summary>The SenderCompID that hears every execution of all clients and may send no orders.</summary>
    public string DropCopy { get; init; } = "DROPCOPY";

    /// <summary>Most clients, whether they are logged on or not. One more is hung up on at its first logon.</summary>
    public int ClientCapacity { get; init; } = 512;

    /// <summary>Most orders remembered. When they are used up the order that has been done for longest is forgotten; when all work, a new one is rejected.</summary>
    public int OrderCapacity { get; init; } = 1 << 17;

    /// <summary>Most market data subscriptions, one for each instrument of each request.</summary>
    public int SubscriptionCapacity { get; init; } = 1 << 14;

    /// <summary>Market time that passes in one second of the machine's; infinity shows the data as fast as it can be read.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Where the data is silent for longer, such as over night, the market's time jumps to the next event. In nanoseconds of market time.</summary>
    public long MaxGapNanoseconds { get; init; } = 10 * Timestamp.NanosecondsPerSecond;

    /// <summary>A QuickFIX settings file of acceptor sessions; then no others are admitted and host, port and names are the file's.</summary>
    public string? SettingsFile { get; init; }

    /// <summary>Folder of message stores that outlive the process; null keeps them in memory.</summary>
    public string? StorePath { get; init; }

    /// <summary>
    /// Without <see cref="StorePath"/>: bytes of sent messages that are kept for each client, some 20,000 reports, of which the newer half survives when it is
    /// full. A client that missed more than are left when it comes back is told the numbers of the others as a gap. The drop copy has
    /// <see cref="Fix.MemoryMessageStore.MaxBytes"/>.
    /// </summary>
    public int ClientStoreBytes { get; init; } = 1 << 22;

    /// <summary>The venue behind it. Without simulated delays unless some are set: the wire has its own.</summary>
    public VenueOptions Venue { get; init; } = StandardVenue;

    public static VenueOptions StandardVenue { get; } = VenueOptions.Instant with { OrderCapacity = 1 << 16, ReportCapacity = 1 << 18, CommandCapacity = 1 << 14 };

    /// <exception cref="ArgumentException">A value is out of range; the sentence names it.</exception>
    public ExchangeOptions Validated()
    {
        if (Port is < 0 or > 65_535) throw new ArgumentException($"The port is {Port}; it must lie between 0, which lets the system choose, and 65535.");
        if (!IsName(CompId) || !IsName(DropCopy)) throw new ArgumentException("The exchange and its drop copy need a name each, of printable characters.");
        if (CompId == DropCopy) throw new ArgumentException($"The exchange and its drop copy are both named {CompId}. Give them a name each.");
        if (ClientCapacity is < 1 or > 4_096) throw new ArgumentException($"The exchange would hold {ClientCapacity} clients; it must be 1 to 4096.");
        if (OrderCapacity is < 1 or > 1 << ClientOrderId.SlotBits)
            throw new ArgumentException($"The exchange would remember {OrderCapacity} orders; it must be 1 to {1 << ClientOrderId.SlotBits}.");
        if (SubscriptionCapacity is < 1 or > 1 << 24) throw new ArgumentException($"The exchange would hold {SubscriptionCapacity} subscriptions; it must be 1 to {1 << 24}.");
        if (ClientStoreBytes is < 2 * Fix.MemoryMessageStore.FirstBytes or > Fix.MemoryMessageStore.MaxBytes)
            throw new ArgumentException($"The exchange would keep {ClientStoreBytes} bytes of messages a client; it must be {2 * Fix.MemoryMessageStore.FirstBytes} to {Fix.MemoryMessageStore.MaxBytes}.");
        if (!(Speed > 0)) throw new ArgumentException($"The speed is {Speed}; it must be above zero, such as 1 for real time, 10 for ten times that, or max.");
        if (File.Exists(StorePath)) throw new ArgumentException($"The store {StorePath} is a file. Name a folder, or leave it out to keep messages in memory.");
        if (MaxGapNanoseconds <= 0) throw new ArgumentException("The longest silence must be above zero.");
        Venue.Validated();
        return this;
    }

    private static bool IsName(string name) => name.Length is > 0 and <= 64 && name.All(c => c is > ' ' and < '\u007F' and not '=');
}
