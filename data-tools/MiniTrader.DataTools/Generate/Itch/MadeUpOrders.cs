namespace MiniTrader.DataTools;

/// <summary>
/// The book of one made-up stock: queues at prices counted in ticks from the bottom of a window, and its orders by age. Its bids are
/// always below its asks. All memory is taken at the start. One thread.
/// </summary>
internal sealed class MadeUpOrders
{
    /// <summary>Prices of a stock, in ticks; the middle is where its day begins.</summary>
    public const int Levels = 4_096;

    private const int None = -1;

    private readonly Order[] _orders;
    private readonly int[] _free;

    // Slots of the orders in the book, oldest first, which is by id.
    private readonly int[] _live;
    private readonly int[] _first = new int[Levels];
    private readonly int[] _last = new int[Levels];
    private int _freeCount;

    public MadeUpOrders(int capacity)
    {
        _orders = new Order[capacity];
        _free = new int[capacity];
        _live = new int[capacity];
        Array.Fill(_first, None);
        for (int i = 0; i < capacity; i++) _free[_freeCount++] = capacity - 1 - i;
    }

    public int Count { get; private set; }

    public bool IsFull => _freeCount == 0;

    public int Bids { get; private set; }

    public int Asks => Count - Bids;

    /// <summary>The level of the best bid; −1 without one.</summary>
    public int BestBid { get; private set; } = None;

    /// <summary>The level of the best ask; <see cref="Levels"/> without one.</summary>
    public int BestAsk { get; private set; } = Levels;

    /// <summary>An order by its number, from 0, the oldest, to <see cref="Count"/>; the numbers of younger orders change when one is removed.</summary>
    public ref Order this[int number] => ref _orders[_live[number]];

    /// <summary>The number of the order at the front of the best queue of a side.</summary>
    public int FrontOf(bool isBid)
    {
        ulong id = _orders[_first[isBid ? BestBid : BestAsk]].Id;
        (int low, int high) = (0, Count - 1);
        while (low < high)
        {
            int middle = (low + high) >> 1;
            if (this[middle].Id < id) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    /// <summary>An id must be above all before it.</summary>
    public void Add(ulong id, bool isBid, int level, uint shares)
    {
        int slot = _free[--_freeCount];
        int last = _first[level] == None ? None : _last[level];
        _orders[slot] = new() { Id = id, IsBid = isBid, Level = level, Shares = shares, Before = last, Behind = None };
        if (last == None) _first[level] = slot;
        else _orders[last].Behind = slot;
        _last[level] = slot;
        _live[Count++] = slot;
        if (isBid)
        {
            Bids++;
            BestBid = Math.Max(BestBid, level);
        }
        else BestAsk = Math.Min(BestAsk, level);
    }

    public void Remove(int number)
    {
        int slot = _live[number];
        ref Order order = ref _orders[slot];
        if (order.Before == None) _first[order.Level] = order.Behind;
        else _orders[order.Before].Behind = order.Behind;
        if (order.Behind == None) _last[order.Level] = order.Before;
        else _orders[order.Behind].Before = order.Before;
        Count--;
        Array.Copy(_live, number + 1, _live, number, Count - number);
        _free[_freeCount++] = slot;
        if (order.IsBid) Bids--;
        if (_first[order.Level] != None) return;
        while (order.IsBid && BestBid >= 0 && _first[BestBid] == None) BestBid--;
        while (!order.IsBid && BestAsk < Levels && _first[BestAsk] == None) BestAsk++;
    }

    internal struct Order
    {
        public ulong Id;
        public uint Shares;
        public int Level;
        public int Before;
        public int Behind;
        public bool IsBid;
    }
}
