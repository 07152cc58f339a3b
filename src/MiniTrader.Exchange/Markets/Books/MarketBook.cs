using System.Runtime.CompilerServices;
using MiniTrader.Books;
using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>The book that one market shows at venue time, and what our own fills have used up of it.</summary>
internal sealed class MarketBook
{
    public MarketBook(DepthBook depth)
    {
        Depth = depth;
        Levels = depth as LevelBook;
        Orders = depth as OrderBook;
    }

    private long _calmBelow = long.MinValue;
    private long _calmAbove = long.MaxValue;

    public DepthBook Depth { get; }

    /// <summary>The book as one of levels; null where the data has single orders.</summary>
    public LevelBook? Levels { get; }

    /// <summary>The book as one of orders; null where the data has levels only.</summary>
    public OrderBook? Orders { get; }

    public UsedLevels UsedBids { get; } = new();

    public UsedLevels UsedAsks { get; } = new();

    /// <summary>
    /// True from a Clear to the end of the packet in which the book is told anew: in between it says nothing about places in a queue. Of a Clear that
    /// belongs to a snapshot that may be a later packet, behind a hole in the data.
    /// </summary>
    public bool IsRebuilding { get; private set; }

    /// <summary>True until a snapshot has told the whole book: at a level that it does not show there may be orders nevertheless.</summary>
    public bool IsInPart { get; private set; } = true;

    /// <summary>True when the best prices may be news to our orders although they are those of before: an order came, trading was not open, the book was told anew.</summary>
    public bool IsUnsettled { get; private set; } = true;

    /// <summary>Where our resting orders are.</summary>
    public OwnPrices Own { get; } = new();

    /// <summary>True while our own fills use something up of it.</summary>
    public bool HasUsed => (UsedBids.Count | UsedAsks.Count) != 0;

    /// <summary>
    /// The book of levels while the best prices as they are now can do nothing to our orders and the market's touches show them: as long as they stay,
    /// changes of levels only move places in queues. Else null.
    /// </summary>
    public LevelBook? Quiet { get; private set; }

    /// <summary>The best prices have been looked at, at the end of a packet, and nothing follows from them.</summary>
    public void Quieten() => Quiet = IsRebuilding ? null : Levels;

    /// <summary>The best prices may be others now.</summary>
    public void Wake() => Quiet = null;

    /// <summary>Something came after which the best prices may be news to our orders.</summary>
    public void Unsettle()
    {
        IsUnsettled = true;
        Disturb();
    }

    /// <summary>The best prices have been shown to our orders, if the market was open.</summary>
    public void Settle(bool isTrading)
    {
        IsUnsettled = !isTrading;
        Disturb();
    }

    /// <summary>From here on nothing can happen to our orders at the end of a packet while the best bid is below one price and the best ask above another.</summary>
    public void Calm(long bidBelow, long askAbove)
    {
        _calmBelow = bidBelow;
        _calmAbove = askAbove;
    }

    /// <summary>True when the end of a packet can do nothing to our orders, however the best prices changed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsCalm(in TopOfBook top) => top.Bid.Raw < _calmBelow && top.Ask.Raw > _calmAbove;

    /// <summary>The book is told anew from here on.</summary>
    public void Rebuild() => IsRebuilding = true;

    /// <summary>Takes notice of a Clear: the market shows nothing, or, when it is part of a snapshot, what it shows is not known until it is told anew.</summary>
    public void OnClear(in BookDelta clear)
    {
        IsRebuilding = true;
        IsInPart = (clear.Header.Flags & EventFlags.Snapshot) != 0;
    }

    /// <summary>Takes notice of the last change of a packet; true when the packet told the book anew.</summary>
    public bool TryEndRebuilding(in BookDelta last)
    {
        if (!IsRebuilding || (IsInPart && last.Action == BookAction.Clear)) return false;
        IsRebuilding = false;
        if ((last.Header.Flags & EventFlags.Snapshot) != 0) IsInPart = false;
        return true;
    }

    /// <summary>Uses up more of a level of that side; false when too many levels are used up already.</summary>
    public bool TryUse(OrderSide side, Price price, long quantity)
    {
        Disturb();
        return UsedOf(side).TryUse(price.Raw, quantity);
    }

    private void Disturb()
    {
        Calm(long.MinValue, long.MaxValue);
        Wake();
    }

    public UsedLevels UsedOf(OrderSide side) => side == OrderSide.Buy ? UsedBids : UsedAsks;

    /// <summary>What is left to be taken at a level, in raw units.</summary>
    public long Remaining(OrderSide side, in BookLevel level) => level.Size.Raw - UsedOf(side).At(level.Price.Raw);
}
