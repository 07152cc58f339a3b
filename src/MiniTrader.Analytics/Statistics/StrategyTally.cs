using MiniTrader.Model;

namespace MiniTrader.Analytics;

/// <summary>Sums over the orders, fills and round trips of one strategy.</summary>
internal sealed class StrategyTally
{
    private long _orders, _replaces, _cancelled, _refused, _fills, _trades, _wins;
    private decimal _notional, _fees, _profit;
    private InstrumentId? _instrument;
    private bool _hasSeveral;

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
        _notional += notional;
        _fees += fee;
    }

    public void Add(in RoundTrip trip)
    {
        _trades++;
        if (trip.Profit > 0) _wins++;
        _profit += trip.Profit;
    }

    public StrategyResult Build(int strategy, double meanEquity) => new()
    {
        Strategy = strategy,
        Instrument = _hasSeveral ? null : _instrument?.Index,
        Orders = _orders,
        Replaces = _replaces,
        Cancelled = _cancelled,
        Refused = _refused,
        Fills = _fills,
        Trades = _trades,
        WinningTrades = _wins,
        TradedNotional = _notional,
        Turnover = meanEquity > 0 ? (double)_notional / meanEquity : double.NaN,
        Fees = _fees,
        Profit = _profit,
    };

    private void See(InstrumentId instrument)
    {
        _hasSeveral |= _instrument is { } seen && seen != instrument;
        _instrument ??= instrument;
    }
}
