using MiniTrader.Model;

namespace MiniTrader.Strategies;

/// <summary>
/// Works a quantity off as a share of what the market trades (POV): due is volume seen since the start × share. Hand it every trade or bar of
/// the instrument. Where the public volume contains our own fills, as it does live, a share of s of the others' volume is s ÷ (1 + s) of all.
/// </summary>
public sealed class ParticipationOrder : ParentOrder
{
    private const long One = FixedPoint.One;

    private readonly long _share;
    private readonly Quantity _minimum;
    private Quantity _seen;

    /// <param name="desk">The strategy's desk.</param>
    /// <param name="instrument">What to trade.</param>
    /// <param name="id">Its index.</param>
    /// <param name="side">Which way.</param>
    /// <param name="quantity">All of it; a multiple of the lot.</param>
    /// <param name="share">Part of the volume, above 0 and at most 1.</param>
    /// <param name="minimum">Smallest slice but for the last; a lot when left out.</param>
    /// <param name="limit">Children are limit orders at this price, or market orders without it.</param>
    /// <exception cref="ArgumentException">The share or the quantity is out of range.</exception>
    public ParticipationOrder(
        OrderDesk desk, Instrument instrument, InstrumentId id, OrderSide side, Quantity quantity, decimal share, Quantity? minimum = null, Price? limit = null)
        : base(desk, id, side, quantity, (instrument ?? throw new ArgumentNullException(nameof(instrument))).LotSize, limit)
    {
        if (share is <= 0 or > 1) throw new ArgumentException($"The share of the volume is {share}; it must be above 0 and at most 1.");
        _share = FixedPoint.FromDecimal(share);
        _minimum = minimum ?? instrument.LotSize;
    }

    /// <summary>Volume seen since the start, in the units of today.</summary>
    public Quantity Seen => _seen;

    /// <summary>The market traded this much; sends what is due.</summary>
    public void OnVolume(Quantity size, Timestamp now)
    {
        _seen += size;
        Advance(now);
    }

    protected override Quantity DueBy(Timestamp now)
    {
        Quantity due = new((long)Int128.Min((Int128)_seen.Raw * _share / One, Whole.Raw));
        return due - Worked >= _minimum || due == Whole ? due : Quantity.Zero;
    }

    protected override void OnSplit(long newUnits, long oldUnits) => _seen = Scaled(_seen, newUnits, oldUnits);
}
