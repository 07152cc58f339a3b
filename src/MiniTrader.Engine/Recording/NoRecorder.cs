using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Risk;
using MiniTrader.Strategies;

namespace MiniTrader.Engine;

/// <summary>Tells nobody: for benchmarks and tests that only want the end of a run.</summary>
public readonly struct NoRecorder : IRecorder
{
    public bool RecordsMarket => false;

    public void OnMarket(in MarketEvent marketEvent)
    {
    }

    public void OnCommand(in OrderCommand command, ReasonCode denial, long eventNumber)
    {
    }

    public void OnDenial(in Denial denial, CommandKind kind, long eventNumber)
    {
    }

    public void OnReport(in ExecutionReport report, long eventNumber)
    {
    }

    public void OnEntry(in LedgerEntry entry, long eventNumber)
    {
    }

    public void OnTimer(in TimerTick timer, StrategyId strategy, long eventNumber)
    {
    }

    public void OnEquity(Timestamp time, in AccountSnapshot snapshot, long eventNumber)
    {
    }

    public void OnMark(Timestamp time, InstrumentId instrument, Price price, long eventNumber)
    {
    }
}
