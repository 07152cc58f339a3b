using System.Numerics;
using MiniTrader.Model;

namespace MiniTrader.Portfolio;

/// <summary>
/// The latest fills with the positions before each, so that a venue's bust or correction of any of them leaves the books as though the trade
/// had been what the venue says now: the position goes back to before it and the later fills are booked again. A ring of fixed size that
/// forgets the oldest; one owner and its thread.
/// </summary>
public sealed class FillJournal
{
    /// <summary>Fills that a session remembers which sets no other number.</summary>
    public const int DefaultCapacity = 16_384;

    /// <summary>
    /// For a session whose venue takes no trade back, as the simulated one never does: nothing is remembered, where the usual capacity would
    /// bring four new lines into the cache with every fill.
    /// </summary>
    public const int CapacityWithoutRevisions = 0;

    public const int CapacityMax = 1 << 22;

    private readonly FillRecord[] _records;
    private readonly int _mask;
    private long _count;

    /// <param name="capacity">Fills to remember, rounded up to a power of two; zero for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is not 0 to 2^22.</exception>
    public FillJournal(int capacity = DefaultCapacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(capacity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, CapacityMax);
        _records = new FillRecord[BitOperations.RoundUpToPowerOf2((uint)capacity)];
        _mask = _records.Length - 1;
    }

    public int Capacity => _records.Length;

    /// <summary>The fill of a number that <see cref="TryFind"/> gave.</summary>
    public ref readonly FillRecord this[long number] => ref _records[(int)number & _mask];

    /// <summary>Notes a fill, before it is booked.</summary>
    public void Add(in ExecutionReport fill, in decimal value, in Position own, in Position total)
    {
        if (_records.Length == 0) return;
        ref FillRecord record = ref _records[(int)_count++ & _mask];
        record.ClientOrderId = fill.ClientOrderId;
        record.ExecutionId = fill.ExecutionId;
        record.CorrectionId = default;
        record.Instrument = fill.Instrument;
        record.Strategy = fill.Strategy;
        record.Side = fill.Side;
        record.Quantity = fill.LastQuantity;
        record.Price = fill.LastPrice;
        record.Value = value;
        record.Fee = fill.Fee;
        record.Own = PositionState.Of(in own);
        record.Total = PositionState.Of(in total);
    }

    /// <summary>The number of an order's fill by its own name or that of its latest correction; walks back from the newest.</summary>
    public bool TryFind(ClientOrderId order, ExecutionId execution, out long number)
    {
        long oldest = Math.Max(0, _count - _records.Length);
        for (number = _count - 1; number >= oldest; number--)
        {
            ref FillRecord record = ref _records[(int)number & _mask];
            if (record.ClientOrderId != order) continue;
            if (record.ExecutionId == execution || (execution.Value != 0 && record.CorrectionId == execution)) return true;
        }

        return false;
    }

    /// <summary>Whether nothing but trades has changed the two positions since the fill.</summary>
    public bool CanRevise(long number, in Position own, in Position total)
    {
        ref readonly FillRecord record = ref this[number];
        return record.Own.Era == own.Era && record.Total.Era == total.Era;
    }

    /// <summary>Makes a fill another one and books all later ones of its instrument again, in both positions.</summary>
    /// <param name="number">Of a fill that <see cref="CanRevise"/>.</param>
    /// <param name="price">The price it has now.</param>
    /// <param name="quantity">The quantity it has now, zero for none.</param>
    /// <param name="value">Price × quantity × multiplier.</param>
    /// <param name="fee">What it costs now.</param>
    /// <param name="own">The strategy's position.</param>
    /// <param name="total">The account's position.</param>
    public void Revise(long number, Price price, Quantity quantity, decimal value, decimal fee, ref Position own, ref Position total)
    {
        ref FillRecord revised = ref _records[(int)number & _mask];
        Recount(ref own, in revised, quantity, value, fee);
        Recount(ref total, in revised, quantity, value, fee);
        revised.Own.Restore(ref own);
        revised.Total.Restore(ref total);
        revised.Price = price;
        revised.Quantity = quantity;
        revised.Value = value;
        revised.Fee = fee;
        for (long i = number; i < _count; i++)
        {
            ref FillRecord record = ref _records[(int)i & _mask];
            if (record.Instrument != revised.Instrument) continue;
            record.Total = PositionState.Of(in total);
            if (!record.IsBusted) total.Move(record.Side, record.Quantity, in record.Value, out _);
            if (record.Strategy != revised.Strategy) continue;
            record.Own = PositionState.Of(in own);
            if (!record.IsBusted) own.Move(record.Side, record.Quantity, in record.Value, out _);
        }
    }

    /// <summary>Notes the name of a correction.</summary>
    public void Rename(long number, ExecutionId correction) => _records[(int)number & _mask].CorrectionId = correction;

    private static void Recount(ref Position position, in FillRecord before, Quantity quantity, decimal value, decimal fee)
    {
        position.Fees += fee - before.Fee;
        position.Turnover += Math.Abs(value) - Math.Abs(before.Value);
        if (quantity.IsZero) position.Fills--;
    }
}
