namespace MiniTrader.Sessions;

/// <summary>What an exchange has done since it opened. Written by its matching thread; exact once it has stopped.</summary>
public sealed record ExchangeCounts
{
    /// <summary>Sessions that have logged on at least once, the drop copy included.</summary>
    public int Clients { get; init; }

    /// <summary>Logons that fitted no session and were not admitted: a wrong name or version, or one client too many.</summary>
    public long Refused { get; init; }

    public long Orders { get; init; }

    /// <summary>Execution reports of all clients, each counted once.</summary>
    public long Executions { get; init; }

    public long Fills { get; init; }

    /// <summary>Events of the market shown so far.</summary>
    public long MarketEvents { get; init; }

    /// <summary>Counterparties that were hung up on because they did not take their bytes.</summary>
    public long SlowDisconnects { get; init; }

    /// <summary>Public trades that a slow subscriber was not shown.</summary>
    public long SkippedTrades { get; init; }

    /// <summary>Reports that a session which keeps no messages did not get because it was away.</summary>
    public long Undelivered { get; init; }

    /// <summary>Whether the data has come to its end.</summary>
    public bool MarketIsOver { get; init; }
}
