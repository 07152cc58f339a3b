using MiniTrader.Model;

namespace MiniTrader.Analytics;

/// <summary>Sums over the orders, fills and round trips of one strategy.</summary>
internal sealed class StrategyTally
{
    private readonly TradeTally _trades = new();
    private long _orders, _replaces, _cancelled, _refused, _fills;
    private decimal _fees;
    private InstrumentId? _instrument;
    private bool _hasSeveral;

    public decimal Notional { get; private set; }

    public void Add(in OrderRow order)
    {
        See(order.Instrument);
        _orders++;
        _replaces += order.Replaces;
        if (order.Status == OrderStatus.Cancelled) _cancelled++;
        else if (order.Status is OrderStatus.Denied or OrderStatus.Rejected) _refused++;
    }

    public void Add(in FillRow fill, decimal notional, decimal fee)
    {
        See(fill.Instrument);
        _fills++;
        Notional += notional;
        _fees += fee;
    }

    public void Add(in RoundTrip trip) => _trades.Add(in trip);

    public StrategyResult Build(int strategy, double turnover) => new()
    {
        Strategy = strategy,
        Instrument = _hasSeveral ? null : _instrument?.Index,
        Orders = _orders,
        Replaces = _replaces,
        Cancelled = _cancelled,
        Refused = _refused,
        Fills = _fills,
        Trades = _trades.Count,
        WinningTrades = _trades.Wins,
        TradedNotional = Notional,
        Turnover = turnover,
        Fees = _fees,
        Profit = _trades.Profit,
    };

    private void See(InstrumentId instrument)
    {
        if (instrument.IsNone) return;
        _hasSeveral |= _instrument is { } seen && seen != instrument;
        _instrument ??= instrument;
    }
}
