using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace MiniTrader.Books;

/// <summary>
/// The queues of a store and the blocks of seats in which their orders stand. What is given back last is taken first, while it is in the
/// cache.
/// </summary>
internal sealed unsafe class QueuePool
{
    /// <summary>No queue, no block, nobody.</summary>
    public const int None = -1;

    private readonly OrderQueue* _queues;
    private readonly QueueBlock* _blocks;
    private readonly LargePages _queueMemory, _blockMemory;
    private readonly int _queueCapacity;
    private readonly int _blockCapacity;

    // From the fresh ones on none was ever used.
    private int _freeQueue = None, _freshQueue;
    private int _freeBlock = None, _freshBlock;

    /// <param name="queueCapacity">Most queues.</param>
    /// <param name="orderCapacity">
    /// Most orders in all of them. As many blocks and one for each queue are enough: a block without orders is given back, unless it is the
    /// last of a queue, which has an order in another one.
    /// </param>
    public QueuePool(int queueCapacity, int orderCapacity)
    {
        _queueCapacity = queueCapacity;
        _queueMemory = new LargePages(((long)queueCapacity + 1) * OrderQueue.Bytes);
        _blockCapacity = orderCapacity + Math.Min(orderCapacity, queueCapacity);
        _blockMemory = new LargePages((long)_blockCapacity * QueueBlock.Bytes);
        _queues = (OrderQueue*)_queueMemory.Start;
        _blocks = (QueueBlock*)_blockMemory.Start;
        Nobodys = TakeQueue(0, None);
        _queueCapacity++;
    }

    /// <summary>A queue that belongs to no book.</summary>
    public int Nobodys { get; }

    public bool HasRoom => _freeQueue != None || _freshQueue < _queueCapacity;

    public ref OrderQueue this[int queue]
    {
        // SAFETY: queues come from here.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _queues[queue];
    }

    /// <summary>Takes an empty queue; there must be room.</summary>
    public int TakeQueue(long price, int owner)
    {
        int queue = _freeQueue;
        if (queue == None) queue = _freshQueue++;
        else _freeQueue = _queues[queue].First;
        _queues[queue] = new OrderQueue { Price = price, Owner = owner, Next = QueueBlock.Seats, First = None };
        return queue;
    }

    /// <summary>Gives a queue back, with all its seats.</summary>
    public void GiveBack(int queue)
    {
        while (_queues[queue].First != None) CloseBlock(ref _queues[queue], _queues[queue].First);
        _queues[queue].Owner = None;
        _queues[queue].First = _freeQueue;
        _freeQueue = queue;
    }

    /// <summary>Gives the order at a place the last seat of a queue; answers the seat.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Seat(ref OrderQueue queue, int place)
    {
        uint seat = queue.Next;
        if ((seat & QueueBlock.SeatMask) == QueueBlock.Seats) seat = OpenBlock(ref queue);
        queue.Next = seat + 1;
        PlaceOn(seat) = place;
        return seat;
    }

    /// <summary>Frees a seat of a queue.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Unseat(ref OrderQueue queue, uint seat)
    {
        ref QueueBlock block = ref _blocks[seat >> QueueBlock.SeatBits];
        block.Left |= 1u << (int)(seat & QueueBlock.SeatMask);
        if (block.Left == QueueBlock.AllLeft) CloseBlock(ref queue, (int)(seat >> QueueBlock.SeatBits));
    }

    /// <summary>The place of the order on a seat, as it is stored.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref int PlaceOn(uint seat) => ref _blocks[seat >> QueueBlock.SeatBits][seat & QueueBlock.SeatMask];

    /// <summary>From the front of a queue to its end; the queue must not change meanwhile.</summary>
    public Walk From(in OrderQueue queue) => new(this, queue);

    /// <summary>Asks for the queue and the seat of an order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(in StoredOrder order)
    {
        if (!Sse.IsSupported) return;
        Sse.Prefetch0(_queues + order.Queue);
        Sse.Prefetch0(_blocks + (order.Seat >> QueueBlock.SeatBits));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private uint OpenBlock(ref OrderQueue queue)
    {
        int block = _freeBlock;
        if (block == None) block = _freshBlock++;
        else _freeBlock = _blocks[block].Behind;
        Debug.Assert(block < _blockCapacity, "More blocks than orders and queues can need.");
        int last = (int)(queue.Next >> QueueBlock.SeatBits);
        _blocks[block].Left = 0;
        _blocks[block].Behind = None;
        if (queue.First == None)
        {
            _blocks[block].Before = None;
            queue.First = block;
        }
        else
        {
            _blocks[block].Before = last;
            _blocks[last].Behind = block;
        }

        return (uint)block << QueueBlock.SeatBits;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void CloseBlock(ref OrderQueue queue, int block)
    {
        (int before, int behind) = (_blocks[block].Before, _blocks[block].Behind);
        if (before == None) queue.First = behind;
        else _blocks[before].Behind = behind;
        if (behind != None) _blocks[behind].Before = before;
        else queue.Next = before == None ? QueueBlock.Seats : ((uint)before << QueueBlock.SeatBits) + QueueBlock.Seats;
        _blocks[block].Behind = _freeBlock;
        _freeBlock = block;
    }

    /// <summary>Goes from order to order of a queue.</summary>
    public ref struct Walk
    {
        private readonly QueuePool _pool;
        private readonly uint _end;
        private int _block;
        private uint _taken;

        public Walk(QueuePool pool, in OrderQueue queue)
        {
            _pool = pool;
            _end = queue.Next;
            Open(queue.First);
        }

        /// <summary>The place of the order in the <see cref="OrderTable"/>.</summary>
        public int Place { get; private set; }

        public bool MoveNext()
        {
            while (_taken == 0)
            {
                if (_block == None) return false;
                Open(_pool._blocks[_block].Behind);
            }

            Place = _pool._blocks[_block][(uint)BitOperations.TrailingZeroCount(_taken)];
            _taken &= _taken - 1;
            return true;
        }

        private void Open(int block)
        {
            _block = block;
            if (block == None) return;
            bool isLast = (uint)block == _end >> QueueBlock.SeatBits;
            uint seats = isLast ? (1u << (int)(_end & QueueBlock.SeatMask)) - 1 : QueueBlock.AllLeft;
            _taken = seats & ~_pool._blocks[block].Left;
        }
    }
}
