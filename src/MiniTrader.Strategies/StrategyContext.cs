using MiniTrader.Books;
using MiniTrader.Model;
using MiniTrader.Portfolio;

namespace MiniTrader.Strategies;

/// <summary>What a strategy is given when a session takes it in. Made by the engine, one a strategy.</summary>
public sealed class StrategyContext
{
    public required StrategyId Id { get; init; }

    public required Ledger Ledger { get; init; }

    public required OrderDesk Orders { get; init; }

    public required TimerQueue Timers { get; init; }

    /// <summary>What the venue can tell beside its reports; null where nobody seats one.</summary>
    public VenueView? Venue { get; init; }

    public required SessionTime Time { get; init; }

    public required MarketBooks Books { get; init; }
}
