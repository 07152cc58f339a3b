using System.Runtime.CompilerServices;
using MiniTrader.Model;

namespace MiniTrader.Books;

/// <summary>
/// What one instrument's market shows on both sides, kept from book deltas: <see cref="LevelBook"/> from price levels,
/// <see cref="OrderBook"/> from single orders. The best prices are one load away. Sizes and prices are exact; the few figures in double
/// are for signals, never for money. All memory is taken in the constructor. One owner, one thread.
/// </summary>
public abstract class DepthBook
{
    private const int Results = (int)BookResult.UnknownAction + 1;

    // For changes that name no side, or one that does not exist: it finds nothing and has room for nothing.
    private static readonly Ladder _nobodys = new(0, isBid: false);

    private readonly long[] _counts = new long[Results];

    // By side, for every value that the byte of a foreign file may have; a data stream's sides follow no pattern, so that a look-up is cheaper than a branch.
    private readonly Ladder[] _ladders = new Ladder[byte.MaxValue + 1];

    // Where a rung's value is a queue; null where it is the size itself. A branch that always goes the same way is cheaper than a virtual call.
    private readonly QueuePool? _queues;
    private readonly bool _mayBeNegative;
    private bool _isCrossed;

    // Whether there is a best price, so that whoever looks need not follow the book to its ladders.
    private bool _hasBid;
    private bool _hasAsk;

    // The prices are always up to date; the sizes are so in a book of levels, and in a book of orders when they are asked for.
    private protected TopOfBook _top;

    private protected DepthBook(int levelCapacity, OrderStore? queues, bool mayBeNegative)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(levelCapacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(levelCapacity, BookOptions.MaxLevelCapacity);
        _queues = queues?.Queues;
        _mayBeNegative = mayBeNegative;
        BidLadder = new Ladder(levelCapacity, isBid: true);
        AskLadder = new Ladder(levelCapacity, isBid: false);
        _ladders.AsSpan().Fill(_nobodys);
        _ladders[(int)OrderSide.Buy] = BidLadder;
        _ladders[(int)OrderSide.Sell] = AskLadder;
    }

    /// <summary>Asked only where a level is new, because those that are there have been asked.</summary>
    private protected bool IsPossible(long price) => new Price(price).IsPossible(_mayBeNegative);

    private protected Ladder BidLadder { get; }

    private protected Ladder AskLadder { get; }

    /// <summary>Deltas seen, refused ones included.</summary>
    public long Updates { get; private protected set; }

    /// <summary>
    /// False once something had to be left out for want of room, until the whole book is cleared: from then on levels are missing
    /// that the market has.
    /// </summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>True when the best bid is not below the best ask, as in an auction or in the middle of a packet.</summary>
    public bool IsCrossed => _isCrossed;

    public bool HasBid => _hasBid;

    public bool HasAsk => _hasAsk;

    /// <summary>The best prices and their sizes at once, zero where there are none; valid until the book changes.</summary>
    public ref readonly TopOfBook Top
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if (_queues is not null) FindTopSizes();
            return ref _top;
        }
    }

    /// <summary>Says nothing unless <see cref="HasBid"/>.</summary>
    public Price BestBid
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _top.Bid;
    }

    /// <summary>Says nothing unless <see cref="HasAsk"/>.</summary>
    public Price BestAsk
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _top.Ask;
    }

    /// <summary>Zero without a bid.</summary>
    public Quantity BestBidSize => HasBid ? SizeOf(BidLadder.Best) : Quantity.Zero;

    /// <summary>Zero without an ask.</summary>
    public Quantity BestAskSize => HasAsk ? SizeOf(AskLadder.Best) : Quantity.Zero;

    /// <summary>Half-way between the best prices, rounded down to 1e-9; says nothing unless there are both.</summary>
    public Price Mid => new(BestBid.Raw + ((BestAsk.Raw - BestBid.Raw) >> 1));

    /// <summary>
    /// The best prices weighted with the size of the other side, in the unit of the price: where the next trade is more likely.
    /// NaN unless there are both.
    /// </summary>
    public double MicroPrice
    {
        get
        {
            if (!HasBid || !HasAsk) return double.NaN;
            double bidSize = BestBidSize.Raw, askSize = BestAskSize.Raw;
            return ((BestBid.Raw * askSize) + (BestAsk.Raw * bidSize)) / (bidSize + askSize) * 1e-9;
        }
    }

    /// <summary>How many deltas ended like this.</summary>
    public long CountOf(BookResult result) => result == BookResult.Applied ? Updates - Anomalies : _counts[(int)result];

    /// <summary>All deltas that were not simply applied.</summary>
    public long Anomalies { get; private set; }

    /// <summary>Changes the book, or refuses and counts why not.</summary>
    public abstract BookResult Apply(in BookDelta delta);

    /// <summary>Empties both sides without counting a delta.</summary>
    public void Clear()
    {
        ClearSide(OrderSide.Buy);
        ClearSide(OrderSide.Sell);
        IsWhole = true;
        _isCrossed = false;
    }

    /// <summary>How many prices a side shows.</summary>
    public int LevelCount(OrderSide side) => LadderOf(side).Count;

    /// <summary>The level that lies <paramref name="depth"/> behind the best one; it must be there.</summary>
    public BookLevel LevelAt(OrderSide side, int depth)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)depth, (uint)LadderOf(side).Count, nameof(depth));
        return new(PriceAtDepth(side, depth), SizeAtDepth(side, depth));
    }

    /// <summary>What is displayed at a price, zero when nothing is.</summary>
    public Quantity SizeAt(OrderSide side, Price price)
    {
        Ladder ladder = LadderOf(side);
        int depth = ladder.DepthOf(price.Raw);
        return ladder.Holds(depth, price.Raw) ? SizeAtDepth(side, depth) : Quantity.Zero;
    }

    /// <summary>How many of a side's prices are better than this one.</summary>
    public int DepthOf(OrderSide side, Price price) => LadderOf(side).DepthOf(price.Raw);

    /// <summary>Fills <paramref name="into"/> with a side's levels, best first, as far as there are any; answers how many.</summary>
    public int CopyLevels(OrderSide side, Span<BookLevel> into)
    {
        int count = Math.Min(into.Length, LadderOf(side).Count);
        for (int i = 0; i < count; i++) into[i] = new(PriceAtDepth(side, i), SizeAtDepth(side, i));
        return count;
    }

    /// <summary>The best bids, best first, at most as many as asked for; valid until the book changes or is asked again.</summary>
    public abstract ReadOnlySpan<BookLevel> Bids(int most = BookOptions.ViewDepth);

    /// <summary>The best asks, best first, at most as many as asked for; valid until the book changes or is asked again.</summary>
    public abstract ReadOnlySpan<BookLevel> Asks(int most = BookOptions.ViewDepth);

    /// <summary>
    /// (bids − asks) / (bids + asks) over the best <paramref name="levels"/> of each side: +1 is all bids, −1 all asks, 0 balance or
    /// an empty book.
    /// </summary>
    public double Imbalance(int levels)
    {
        double bids = SizeOfBest(OrderSide.Buy, levels), asks = SizeOfBest(OrderSide.Sell, levels);
        return bids + asks == 0 ? 0 : (bids - asks) / (bids + asks);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Ladder LadderOf(OrderSide side) => _ladders[(int)side];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Quantity SizeOf(in Rung rung) => new(_queues is null ? rung.Value : _queues[(int)rung.Value].Size);

    private Quantity SizeAtDepth(OrderSide side, int depth) => SizeOf(LadderOf(side)[depth]);

    private protected abstract void ClearSide(OrderSide side);

    /// <summary>To be called when a ladder has changed.</summary>
    private protected void FindTop()
    {
        _hasBid = BidLadder.Count > 0;
        _hasAsk = AskLadder.Count > 0;
        _top.Bid = _hasBid ? new(BidLadder.Best.Price) : default;
        _top.Ask = _hasAsk ? new(AskLadder.Best.Price) : default;
        if (_queues is null) FindTopSizes();
    }

    private void FindTopSizes()
    {
        _top.BidSize = BestBidSize;
        _top.AskSize = BestAskSize;
    }

    /// <summary>Counts and passes on a result that is not simply applied.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private protected BookResult Count(BookResult result)
    {
        _counts[(int)result]++;
        Anomalies++;
        if (result == BookResult.Full) IsWhole = false;
        return result;
    }

    private protected BookResult ApplyClear(OrderSide side)
    {
        if (side > OrderSide.Sell) return Count(BookResult.WrongSide);
        if (side == OrderSide.None) Clear();
        else ClearSide(side);
        return Settle();
    }

    /// <summary>Answers an applied change that may have moved a best price.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected BookResult Settle()
    {
        bool isCrossed = BidLadder.Best.Price >= AskLadder.Best.Price && BidLadder.Count > 0 && AskLadder.Count > 0;
        return isCrossed == _isCrossed ? BookResult.Applied : SettleCross(isCrossed);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private BookResult SettleCross(bool isCrossed)
    {
        _isCrossed = isCrossed;
        return isCrossed ? Count(BookResult.Crossed) : BookResult.Applied;
    }

    private Price PriceAtDepth(OrderSide side, int depth) => new(LadderOf(side)[depth].Price);

    private double SizeOfBest(OrderSide side, int levels)
    {
        int count = Math.Min(levels, LadderOf(side).Count);
        double sum = 0;
        for (int i = 0; i < count; i++) sum += SizeAtDepth(side, i).Raw;
        return sum;
    }
}
