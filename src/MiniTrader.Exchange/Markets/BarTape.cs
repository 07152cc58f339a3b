using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>The close of the latest bar and the volume of it that is still to be had.</summary>
internal struct BarClose
{
    public long Price;
    public Timestamp Time = Timestamp.MinValue;
    public long Budget;

    public BarClose()
    {
    }
}

/// <summary>
/// Which of an instrument's bars match orders: those of the shortest interval seen, and of bids and asks rather than of trades or
/// mids where there are both, so that one minute never counts twice.
/// </summary>
internal sealed class BarTape
{
    private BarClose _ask = new(), _bid = new(), _both = new();
    private bool _isSided;

    /// <summary>The shortest interval seen, in nanoseconds; zero before the first bar.</summary>
    public long Interval { get; private set; }

    /// <summary>True once a bar had volume: from then on one without means that nobody traded.</summary>
    public bool HasVolume { get; private set; }

    /// <summary>The close that an order of this side would meet.</summary>
    public ref BarClose CloseFor(OrderSide side)
    {
        if (!_isSided) return ref _both;
        if (side == OrderSide.Buy) return ref _ask;
        return ref _bid;
    }

    /// <summary>The closes that were there say nothing any more.</summary>
    public void Forget() => _ask = _bid = _both = new BarClose();

    /// <summary>Notes a bar; false when orders are not matched against it.</summary>
    public bool Accepts(in Bar bar)
    {
        long interval = bar.Interval.Nanoseconds;
        if (Interval == 0 || interval < Interval) Interval = interval;
        bool isSided = bar.Interval.Source is BarSource.Bid or BarSource.Ask;
        _isSided |= isSided;
        if (interval != Interval || isSided != _isSided) return false;
        HasVolume |= !isSided && bar.Volume.Raw > 0;
        return true;
    }

    public static bool Matches(BarSource source, OrderSide side) => source switch
    {
        BarSource.Bid => side == OrderSide.Sell,
        BarSource.Ask => side == OrderSide.Buy,
        _ => true,
    };
}
