using MiniTrader.Model;

namespace MiniTrader.Strategies;

/// <summary>Volume-weighted average price of the last <c>period</c> trades: Σ price·size / Σ size.</summary>
public sealed class RollingVwap
{
    private readonly RollingFold<Turnover, TurnoverFold> _turnover;

    /// <param name="period">Trades in the window: 1 to <see cref="IndicatorInput.MaxPeriod"/>.</param>
    public RollingVwap(int period) => _turnover = new(IndicatorInput.RequirePeriod(period));

    /// <summary>The average; over what has come so far while it is not warm, NaN before the first trade with a size.</summary>
    public double Value { get; private set; } = double.NaN;

    public int Period => _turnover.Period;

    /// <summary>True once the window is full.</summary>
    public bool IsWarm => _turnover.IsFull;

    /// <summary>Takes the next trade and answers the new value.</summary>
    public double Update(in TradeTick trade) => Update(trade.Price, trade.Size);

    /// <summary>Takes the next trade and answers the new value; one with a size of zero or less changes nothing.</summary>
    public double Update(Price price, Quantity size)
    {
        if (!size.IsPositive) return Value;
        double volume = size.ToDouble();
        Turnover turnover = _turnover.Update(new(price.ToDouble() * volume, volume));
        return Value = turnover.Notional / turnover.Volume;
    }

    public void Reset()
    {
        _turnover.Reset();
        Value = double.NaN;
    }
}
