using System.Globalization;
using MiniTrader.Engine;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Risk;
using MiniTrader.Strategies;

namespace MiniTrader.Scenarios;

/// <summary>Writes what the engine says as lines of a scenario: denials, reports, bookings.</summary>
internal readonly struct AccountRecorder(InstrumentTable instruments, List<string> lines) : IRecorder
{
    public bool RecordsMarket => false;

    public void OnCommand(in OrderCommand command, ReasonCode denial, long eventNumber)
    {
    }

    public void OnDenial(in Denial denial, CommandKind kind, long eventNumber) =>
        lines.Add(string.Create(CultureInfo.InvariantCulture, $"> {ScenarioClock.Format(denial.Time)} #{denial.Order} denied {ReportLine.Words(denial.Code)}, limit {denial.Limit:0.#########}, value {denial.Value:0.#########}"));

    public void OnReport(in ExecutionReport report, long eventNumber)
    {
        if (report.Kind != ReportKind.Denied) lines.Add(ReportLine.Format(report));
    }

    public void OnEntry(in LedgerEntry entry, long eventNumber) => lines.Add(AccountText.Line(entry, instruments));

    public void OnMarket(in MarketEvent marketEvent)
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
