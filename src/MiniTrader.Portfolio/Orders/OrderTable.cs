using System.Runtime.CompilerServices;
using MiniTrader.Model;

namespace MiniTrader.Portfolio;

/// <summary>
/// The pool of order records, sized once. The record of a finished order stays readable until <see cref="Retired"/> later orders
/// have finished, or all other slots are in use; its slot is then the next to be used, so that few slots are in use and all of them
/// are in the cache.
/// </summary>
public sealed class OrderTable
{
    /// <summary>Slots of a session that sets no other number.</summary>
    public const int DefaultCapacity = 65_536;

    /// <summary>Most slots that a <see cref="ClientOrderId"/> can name.</summary>
    public const int MaxCapacity = 1 << ClientOrderId.SlotBits;

    /// <summary>Finished orders whose records stay readable.</summary>
    public const int Retired = 256;

    private readonly OrderRecord[] _records;
    private readonly int[] _free;
    private readonly int[] _retired = new int[Retired];
    private int _freeCount;
    private int _retiredHead;
    private int _retiredCount;
    private long _sequence;

    /// <exception cref="ArgumentOutOfRangeException">The capacity is not 1 to 2^20.</exception>
    public OrderTable(int capacity = DefaultCapacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, MaxCapacity);
        _records = new OrderRecord[capacity];
        _free = new int[capacity];
        for (int i = 0; i < capacity; i++) _free[i] = capacity - 1 - i;
        _freeCount = capacity;
    }

    public int Capacity => _records.Length;

    /// <summary>Orders that hold a slot now.</summary>
    public int Count => _records.Length - _freeCount - _retiredCount;

    /// <summary>Orders that could be reserved now.</summary>
    public int Free => _freeCount + _retiredCount;

    /// <summary>Takes a slot and names it; false when all are in use.</summary>
    public bool TryReserve(out ClientOrderId id)
    {
        int slot;
        if (_freeCount > 0)
        {
            slot = _free[--_freeCount];
        }
        else if (_retiredCount > 0)
        {
            slot = TakeRetired();
        }
        else
        {
            id = ClientOrderId.None;
            return false;
        }

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

    /// <summary>Whether an order of this name ever held a slot, even if a later one has it now.</summary>
    public bool WasGiven(ClientOrderId id) => id.Sequence > 0 && id.Sequence <= _sequence;

    /// <summary>The record in a slot that <see cref="TryFind"/> gave.</summary>
    public ref readonly OrderRecord this[int slot] => ref _records[slot];

    internal ref OrderRecord At(int slot) => ref _records[slot];

    internal void Release(int slot)
    {
        if (_retiredCount == Retired) _free[_freeCount++] = TakeRetired();
        _retired[(_retiredHead + _retiredCount++) % Retired] = slot;
    }

    private int TakeRetired()
    {
        int slot = _retired[_retiredHead];
        _retiredHead = (_retiredHead + 1) % Retired;
        _retiredCount--;
        return slot;
    }
}
