using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Strategies;

namespace MiniTrader.Tests.Engine;

/// <summary>Does at the n-th quote what a test tells it to, and writes down all it hears.</summary>
internal sealed class ScriptedStrategy : Strategy
{
    private readonly Dictionary<int, Action<ScriptedStrategy>> _atQuote = [];
    private int _quotes;

    public List<string> Log { get; } = [];

    public List<ExecutionReport> Reports { get; } = [];

    public OrderDesk Desk => Orders;

    public Book Book => Portfolio;

    public Timestamp Time => Now;

    public Action<ScriptedStrategy>? AtStart { get; init; }

    public Action<ScriptedStrategy, ExecutionReport>? AtReport { get; init; }

    public Action<ScriptedStrategy, TimerTick>? AtTimer { get; init; }

    /// <summary>The n-th quote counts from 1.</summary>
    public ScriptedStrategy AtQuote(int n, Action<ScriptedStrategy> action)
    {
        _atQuote[n] = action;
        return this;
    }

    public bool Timer(Timestamp due, int id) => SetTimer(due, id);

    public bool Interval(TimeSpan interval, int id) => SetInterval(interval, id);

    public override void OnStart() => AtStart?.Invoke(this);

    public override void OnQuote(in QuoteTick quote)
    {
        Log.Add($"quote {++_quotes}");
        if (_atQuote.TryGetValue(_quotes, out Action<ScriptedStrategy>? action)) action(this);
    }

    public override void OnReport(in ExecutionReport report)
    {
        Log.Add(report.Kind == ReportKind.Fill ? $"fill {report.LastQuantity}@{report.LastPrice}" : report.Kind.ToString());
        Reports.Add(report);
        AtReport?.Invoke(this, report);
    }

    public override void OnTimer(in TimerTick timer)
    {
        Log.Add($"timer {timer.Id}");
        AtTimer?.Invoke(this, timer);
    }

    public override void OnStop() => Log.Add("stop");
}
