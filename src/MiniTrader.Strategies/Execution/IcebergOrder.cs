using MiniTrader.Model;

namespace MiniTrader.Strategies;

/// <summary>
/// Shows a small part of a quantity at a limit price and the next part when that is filled, for venues that have no display quantity of
/// their own. Each part stands at the back of the queue. <see cref="ParentOrder.Advance"/> sends the first part; reports send the others.
/// </summary>
public sealed class IcebergOrder : ParentOrder
{
    private readonly Quantity _lot;
    private Quantity _display;

    /// <param name="desk">The strategy's desk.</param>
    /// <param name="instrument">What to trade.</param>
    /// <param name="id">Its index.</param>
    /// <param name="side">Which way.</param>
    /// <param name="quantity">All of it; a multiple of the lot.</param>
    /// <param name="display">What is shown at a time; a multiple of the lot.</param>
    /// <param name="limit">The price of every part.</param>
    /// <exception cref="ArgumentException">A quantity is no positive multiple of the lot.</exception>
    public IcebergOrder(OrderDesk desk, Instrument instrument, InstrumentId id, OrderSide side, Quantity quantity, Quantity display, Price limit)
        : base(desk, id, side, quantity, (instrument ?? throw new ArgumentNullException(nameof(instrument))).LotSize, limit)
    {
        if (!display.IsPositive || !display.IsMultipleOf(instrument.LotSize)) throw new ArgumentException($"The display quantity {display} is not a positive multiple of the lot {instrument.LotSize}.");
        _lot = instrument.LotSize;
        _display = display;
    }

    protected override Quantity DueBy(Timestamp now) => Whole;

    protected override Quantity Slice(Quantity due) => Quantity.Min(due, _display);

    /// <summary>What is hidden does not hurry what is shown.</summary>
    protected override bool MayHurry => false;

    protected override void OnSplit(long newUnits, long oldUnits) => _display = Quantity.Max(_lot, Scaled(_display, newUnits, oldUnits).FloorTo(_lot));
}
