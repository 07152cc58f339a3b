using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace MiniTrader.Books;

/// <summary>
/// The queues of a store and the blocks of seats in which their orders stand. Orders take seats in the order in which they come; who leaves,
/// leaves a gap that nobody takes. Who comes only writes a place, to the line that the queue wrote last, and waits for nothing. Who leaves
/// only marks his seat, and the marks of all blocks lie close together, a bit a seat, so that they stay in the cache. A block is given
/// back when all its seats were taken and left. What is given back last is taken first, while it is in the cache.
/// </summary>
internal sealed unsafe class QueuePool
{
    /// <summary>No queue, no block, nobody.</summary>
    public const int None = -1;

    private readonly OrderQueue* _queues;
    private readonly int* _places;
    private readonly uint* _left;
    private readonly SeatBlock* _blocks;
    private readonly LargePages _queueMemory, _placeMemory, _leftMemory, _blockMemory;
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
        _placeMemory = new LargePages((long)_blockCapacity * SeatBlock.Seats * sizeof(int));
        _leftMemory = new LargePages((long)_blockCapacity * sizeof(uint));
        _blockMemory = new LargePages((long)_blockCapacity * SeatBlock.Bytes);
        _queues = (OrderQueue*)_queueMemory.Start;
        _places = (int*)_placeMemory.Start;
        _left = (uint*)_leftMemory.Start;
        _blocks = (SeatBlock*)_blockMemory.Start;
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
        _queues[queue] = new OrderQueue { Price = price, Owner = owner, First = None };
        return queue;
    }

    /// <summary>Gives a queue back, with all its seats.</summary>
    public void GiveBack(int queue)
    {
        while (_queues[queue].First != None) GiveBackBlock(ref _queues[queue], _queues[queue].First);
        _queues[queue].Owner = None;
        _queues[queue].First = _freeQueue;
        _freeQueue = queue;
    }

    /// <summary>Gives the order at a place the last seat of a queue; answers the seat.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Seat(ref OrderQueue queue, int place)
    {
        if (!queue.HasSeat) queue.Next = OpenBlock(ref queue);
        return TakeSeat(ref queue, place);
    }

    /// <summary>Likewise, for a queue that <see cref="OrderQueue.HasSeat"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint TakeSeat(ref OrderQueue queue, int place)
    {
        uint seat = queue.Next;
        queue.Next = seat + 1;
        _places[seat] = place;
        return seat;
    }

    /// <summary>Frees a seat of a queue.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Unseat(ref OrderQueue queue, uint seat)
    {
        int block = LeaveSeat(seat);
        if (block != None) GiveBackBlock(ref queue, block);
    }

    /// <summary>Marks a seat as left; answers its block when that is to be given back, else none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int LeaveSeat(uint seat)
    {
        uint block = seat >> SeatBlock.SeatBits, left = _left[block] | (1u << (int)(seat & SeatBlock.SeatMask));
        _left[block] = left;
        return left == SeatBlock.AllLeft ? (int)block : None;
    }

    /// <summary>From the front of a queue to its end; the queue must not change meanwhile.</summary>
    public Walk From(in OrderQueue queue) => new(this, queue);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private uint OpenBlock(ref OrderQueue queue)
    {
        int block = _freeBlock;
        if (block == None) block = _freshBlock++;
        else _freeBlock = _blocks[block].Behind;
        Debug.Assert(block < _blockCapacity, "More blocks than orders and queues can need.");
        int last = LastBlock(queue.Next);
        _left[block] = 0;
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

        return (uint)block << SeatBlock.SeatBits;
    }

    /// <summary>The block of the seat before the next one, which may be a block's end.</summary>
    private static int LastBlock(uint next) => (int)((next - 1) >> SeatBlock.SeatBits);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void GiveBackBlock(ref OrderQueue queue, int block)
    {
        (int before, int behind) = (_blocks[block].Before, _blocks[block].Behind);
        if (before == None) queue.First = behind;
        else _blocks[before].Behind = behind;
        if (behind != None) _blocks[behind].Before = before;
        else queue.Next = (uint)(before + 1) << SeatBlock.SeatBits;
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

            Place = _pool._places[((uint)_block << SeatBlock.SeatBits) + (uint)BitOperations.TrailingZeroCount(_taken)];
            _taken &= _taken - 1;
            return true;
        }

        private void Open(int block)
        {
            _block = block;
            if (block == None) return;
            uint seats = block == LastBlock(_end) ? SeatBlock.AllLeft >> (int)(-_end & SeatBlock.SeatMask) : SeatBlock.AllLeft;
            _taken = seats & ~_pool._left[block];
        }
    }
}
