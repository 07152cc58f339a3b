using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Risk;

namespace MiniTrader.Engine;

/// <summary>
/// Where the engine tells what it took in and what came of it, in exactly that order. Implemented by thin structs; called on
/// the engine thread.
/// </summary>
public interface IRecorder
{
    /// <summary>True when every market event is to be told too.</summary>
    bool RecordsMarket { get; }

    void OnMarket(in MarketEvent marketEvent);

    /// <summary>A command left for the venue, or was denied for the reason.</summary>
    void OnCommand(in OrderCommand command, ReasonCode denial, long eventNumber);

    /// <summary>
    /// Why the command just told was denied, with the limit and the value that broke it; both zero where the venue's queue was full.
    /// </summary>
    void OnDenial(in Denial denial, CommandKind kind, long eventNumber);

    /// <summary>A report was booked.</summary>
    void OnReport(in ExecutionReport report, long eventNumber);

    /// <summary>Money or a position moved without a trade.</summary>
    void OnEntry(in LedgerEntry entry, long eventNumber);

    void OnTimer(in Strategies.TimerTick timer, StrategyId strategy, long eventNumber);

    void OnEquity(Timestamp time, in AccountSnapshot snapshot, long eventNumber);

    void OnMark(Timestamp time, InstrumentId instrument, Price price, long eventNumber);
}
