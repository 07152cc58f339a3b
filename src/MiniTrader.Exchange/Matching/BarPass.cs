using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>The points of a bar's path; the number is a fill's cause id.</summary>
internal enum BarPoint
{
    Open,
    High,
    Low,
    Close,
}

/// <summary>How much of a bar an order may trade in.</summary>
internal enum BarShare
{
    /// <summary>The order came when the bar was over.</summary>
    None,

    /// <summary>It came inside the bar: only the close lies surely behind it.</summary>
    Close,

    /// <summary>It was on its way before the bar opened.</summary>
    Whole,
}

/// <summary>One walk along a bar's path: where the price stands, where it came from and how much volume is left at the point.</summary>
internal struct BarPass
{
    private readonly Timestamp _open;
    private readonly Timestamp _end;
    private readonly long _interval;
    private readonly BarSource _source;
    private readonly bool _isLimited;
    private long _volume;

    public BarPass(in Bar bar, bool isLimited)
    {
        _open = bar.OpenTime;
        _end = bar.VenueTime;
        _interval = bar.Interval.Nanoseconds;
        _source = bar.Interval.Source;
        _isLimited = isLimited;
        _volume = bar.Volume.Raw;
        Quarter = bar.Volume.Raw / 4;
    }

    public long Quarter { get; }

    public BarPoint Point { get; private set; }

    public long Price { get; private set; }

    public long Previous { get; private set; }

    /// <summary>What may still fill at the point.</summary>
    public long Budget { get; private set; }

    public readonly Timestamp End => _end;

    /// <summary>Goes to a point; the close gets all volume that the points before it did not.</summary>
    public void Enter(BarPoint point, long price)
    {
        Previous = point == BarPoint.Open ? price : Price;
        Price = price;
        Point = point;
        long share = point == BarPoint.Close ? _volume : Quarter;
        _volume -= share;
        Budget = _isLimited ? share : long.MaxValue;
    }

    /// <summary>True when the point lies behind the order's sending.</summary>
    public readonly bool Reaches(in WorkingOrder order)
    {
        BarShare share = ShareOf(order);
        return share == BarShare.Whole || (share == BarShare.Close && Point == BarPoint.Close);
    }

    public void Use(long quantity)
    {
        if (_isLimited) Budget -= quantity;
    }

    public readonly bool Matches(OrderSide side) => BarTape.Matches(_source, side);

    /// <summary>
    /// A delay shorter than the bar cannot be seen in bars, so that what counts is when the order was sent; a longer one is
    /// served in full.
    /// </summary>
    public readonly BarShare ShareOf(in WorkingOrder order)
    {
        Timestamp since = order.Arrived - order.Sent < _interval ? order.Sent : order.Arrived;
        if (since >= _end) return BarShare.None;
        return since <= _open ? BarShare.Whole : BarShare.Close;
    }
}
