using MiniTrader.Model;

namespace MiniTrader.Analytics;

/// <summary>Sums over the fills and round trips of one instrument.</summary>
internal sealed class InstrumentTally
{
    private readonly TradeTally _trades = new();
    private long _fills;
    private decimal _bought, _sold, _notional, _fees;

    public void Add(in FillRow fill, decimal notional, decimal fee)
    {
        _fills++;
        _notional += notional;
        _fees += fee;
        if (fill.Side == OrderSide.Buy) _bought += fill.Quantity.ToDecimal();
        else _sold += fill.Quantity.ToDecimal();
    }

    public void Add(in RoundTrip trip) => _trades.Add(in trip);

    public InstrumentResult Build(int instrument) => new()
    {
        Instrument = instrument,
        Fills = _fills,
        Bought = _bought,
        Sold = _sold,
        TradedNotional = _notional,
        Fees = _fees,
        Trades = _trades.Count,
        WinningTrades = _trades.Wins,
        Profit = _trades.Profit,
    };
}
