using System.Runtime.CompilerServices;
using MiniTrader.Model;

namespace MiniTrader.Portfolio;

/// <summary>
/// The pool of order records, sized once. A slot that an order leaves goes to the back of the queue of free slots, so the
/// record of a finished order stays readable until every other free slot has been used.
/// </summary>
public sealed class OrderTable
{
    /// <summary>Slots of a session that sets no other number.</summary>
    public const int DefaultCapacity = 65_536;

    /// <summary>Most slots that a <see cref="ClientOrderId"/> can name.</summary>
    public const int MaxCapacity = 1 << ClientOrderId.SlotBits;

    private readonly OrderRecord[] _records;
    private readonly int[] _free;
    private int _freeHead;
    private int _freeCount;
    private long _sequence;

    /// <exception cref="ArgumentOutOfRangeException">The capacity is not 1 to 2^20.</exception>
    public OrderTable(int capacity = DefaultCapacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, MaxCapacity);
        _records = new OrderRecord[capacity];
        _free = new int[capacity];
        for (int i = 0; i < capacity; i++) _free[i] = i;
        _freeCount = capacity;
    }

    public int Capacity => _records.Length;

    /// <summary>Orders that hold a slot now.</summary>
    public int Count => _records.Length - _freeCount;

    /// <summary>Orders that ever held one.</summary>
    public long TotalCount => _sequence;

    /// <summary>Takes a slot and names it; false when all are in use.</summary>
    public bool TryReserve(out ClientOrderId id)
    {
        if (_freeCount == 0)
        {
            id = ClientOrderId.None;
            return false;
        }

        int slot = _free[_freeHead];
        _freeHead = _freeHead + 1 == _free.Length ? 0 : _freeHead + 1;
        _freeCount--;
        id = ClientOrderId.Create(++_sequence, slot);
        ref OrderRecord record = ref _records[slot];
        record = default;
        record.Id = id;
        record.Status = OrderStatus.Initialized;
        record.Next = record.Previous = -1;
        return true;
    }

    /// <summary>Finds a record by its order's name; false when the slot has gone to a later order or the name was never given.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryFind(ClientOrderId id, out int slot)
    {
        slot = id.Slot;
        return (uint)slot < (uint)_records.Length && !id.IsNone && _records[slot].Id == id;
    }

    /// <summary>The record in a slot that <see cref="TryFind"/> gave.</summary>
    public ref readonly OrderRecord this[int slot] => ref _records[slot];

    internal ref OrderRecord At(int slot) => ref _records[slot];

    internal void Release(int slot)
    {
        int tail = _freeHead + _freeCount;
        _free[tail >= _free.Length ? tail - _free.Length : tail] = slot;
        _freeCount++;
    }
}
