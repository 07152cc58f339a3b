using MiniTrader.Model;

namespace MiniTrader.Strategies;

/// <summary>
/// Works a quantity off by the clock: in equal slices over a time (TWAP), or in proportion to a curve of expected volume (VWAP). At the start of
/// each of n equal intervals what is due rises to quantity × (weights up to and with it) ÷ (all weights), in whole lots; the last
/// interval brings it to the whole. A slice that did not fill is part of the next.
/// <code>
/// _order = ScheduledOrder.Twap(Orders, Instruments[instrument], instrument, OrderSide.Buy, size, Now, Now + hour, 12);
/// SetTimer(_order.NextDue);              // in OnTimer: _order.Advance(Now), then SetTimer(_order.NextDue) unless that is "never"
/// </code>
/// </summary>
public sealed class ScheduledOrder : ParentOrder
{
    private readonly long[] _cumulative;
    private readonly Timestamp _start;
    private readonly long _interval;
    private int _looks;

    private ScheduledOrder(
        OrderDesk desk, Instrument instrument, InstrumentId id, OrderSide side, Quantity quantity, Timestamp start, Timestamp end, ReadOnlySpan<long> weights, Price? limit)
        : base(desk, id, side, quantity, instrument.LotSize, limit)
    {
        if (weights.IsEmpty) throw new ArgumentException("A schedule has at least one slice.");
        _interval = (end - start) / weights.Length;
        if (_interval <= 0) throw new ArgumentException($"A schedule from {start} to {end} has no room for {weights.Length} slices.");
        _start = start;
        _cumulative = new long[weights.Length];
        long sum = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            if (weights[i] < 0) throw new ArgumentException($"Weight {i + 1} of the schedule is {weights[i]}; a weight is not negative.");
            _cumulative[i] = sum = checked(sum + weights[i]);
        }

        if (sum == 0) throw new ArgumentException("The weights of the schedule are all zero.");
    }

    /// <summary>When the next interval begins. Behind the last it goes on at the same pace for what is left; "never" when nothing is.</summary>
    public Timestamp NextDue => IsStopped || Remaining.IsZero ? Timestamp.MaxValue : _start + (_looks * _interval);

    /// <summary>Equal slices at equal times, the first at the start.</summary>
    /// <exception cref="ArgumentException">The times or the count leave no room, or the quantity is no multiple of the lot.</exception>
    public static ScheduledOrder Twap(
        OrderDesk desk, Instrument instrument, InstrumentId id, OrderSide side, Quantity quantity, Timestamp start, Timestamp end, int slices, Price? limit = null)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        ArgumentOutOfRangeException.ThrowIfLessThan(slices, 1);
        long[] weights = new long[slices];
        Array.Fill(weights, 1);
        return new(desk, instrument, id, side, quantity, start, end, weights, limit);
    }

    /// <summary>Slices in proportion to the volume that a curve expects of each interval.</summary>
    /// <exception cref="ArgumentException">As for <see cref="Twap"/>, or the curve expects no volume between the times.</exception>
    public static ScheduledOrder Vwap(
        OrderDesk desk, Instrument instrument, InstrumentId id, OrderSide side, Quantity quantity, Timestamp start, Timestamp end, int slices, VolumeCurve curve, Price? limit = null)
    {
        ArgumentNullException.ThrowIfNull(instrument);
        ArgumentNullException.ThrowIfNull(curve);
        ArgumentOutOfRangeException.ThrowIfLessThan(slices, 1);
        long[] weights = new long[slices];
        for (int i = 0; i < slices; i++) weights[i] = curve.Between(start + ((end - start) / slices * i), start + ((end - start) / slices * (i + 1)));
        return new(desk, instrument, id, side, quantity, start, end, weights, limit);
    }

    protected override Quantity DueBy(Timestamp now)
    {
        if (now < _start) return Quantity.Zero;
        _looks = (int)Math.Min(((now - _start) / _interval) + 1, int.MaxValue);
        int reached = Math.Min(_looks, _cumulative.Length);
        return new((long)((Int128)Whole.Raw * _cumulative[reached - 1] / _cumulative[^1]));
    }
}
