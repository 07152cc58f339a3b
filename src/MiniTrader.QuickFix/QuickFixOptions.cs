using MiniTrader.Fix;
using MiniTrader.Model;
using MiniTrader.Ring;

namespace MiniTrader.QuickFix;

/// <summary>What the QuickFIX/n gateway is told beside QuickFIX/n's own session settings. Immutable.</summary>
public sealed record QuickFixOptions
{
    /// <summary>Instruments, order names, table sizes and the dialect, which speaks FIX 4.4.</summary>
    public required FixVenueOptions Venue { get; init; }

    /// <summary>Username (553) of the logon; null for none.</summary>
    public string? Username { get; init; }

    /// <summary>
    /// Password (554) of the logon, from the environment or a file; null for none. QuickFIX/n writes its own log: set <c>RedactFieldsInLogs=554</c> in its
    /// settings where it has one.
    /// </summary>
    public LogonCredentials? Password { get; init; }

    /// <summary>Messages that may wait between QuickFIX/n's thread and ours; when it is full QuickFIX/n waits and the wire with it.</summary>
    public int InboxCapacity { get; init; } = 4_096;

    /// <summary>What our thread does when there is nothing to do.</summary>
    public IdleStrategy Idle { get; init; } = new BackOffIdleStrategy(sleepMillisecondsMax: 1);

    internal QuickFixOptions Validated()
    {
        Venue.Validated();
        FixDialect dialect = Venue.Dialect;
        if (dialect.BeginString != "FIX.4.4") throw new ArgumentException($"The QuickFIX/n gateway speaks FIX.4.4; the dialect {dialect.Name} speaks {dialect.BeginString}. Use FixVenue for it.");
        if (dialect.Logon != LogonProof.Password) throw new ArgumentException($"The QuickFIX/n gateway signs no logons, as the dialect {dialect.Name} demands. Use FixVenue for it.");
        if (InboxCapacity < 1) throw new ArgumentException($"An inbox of {InboxCapacity} messages holds none; it must be at least 1.");
        return this;
    }

    /// <summary>The time that messages are stamped with on their way in and out.</summary>
    internal static Timestamp Now => Timestamp.FromDateTime(DateTime.UtcNow);
}
