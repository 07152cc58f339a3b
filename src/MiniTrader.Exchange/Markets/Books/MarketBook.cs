using MiniTrader.Books;
using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>The book that one market shows at venue time, and what our own fills have used up of it.</summary>
internal sealed class MarketBook
{
    public MarketBook(LevelBook levels) => Depth = Levels = levels;

    public MarketBook(OrderBook orders) => Depth = Orders = orders;

    public DepthBook Depth { get; }

    /// <summary>The book as one of levels; null where the data has single orders.</summary>
    public LevelBook? Levels { get; }

    /// <summary>The book as one of orders; null where the data has levels only.</summary>
    public OrderBook? Orders { get; }

    public UsedLevels UsedBids { get; } = new();

    public UsedLevels UsedAsks { get; } = new();

    /// <summary>True from the start of a snapshot to its last event: in between the book says nothing about places in a queue.</summary>
    public bool IsRebuilding { get; set; }

    /// <summary>True when the best prices may be news to our orders although they are those of before: an order came, trading was not open, the book was told anew.</summary>
    public bool IsUnsettled { get; set; } = true;

    /// <summary>Where our resting orders are.</summary>
    public OwnPrices Own { get; } = new();

    public bool HasUsed => (UsedBids.Count | UsedAsks.Count) != 0;

    public UsedLevels UsedOf(OrderSide side) => side == OrderSide.Buy ? UsedBids : UsedAsks;

    /// <summary>What is left to be taken at a level, in raw units.</summary>
    public long Remaining(OrderSide side, in BookLevel level) => level.Size.Raw - UsedOf(side).At(level.Price.Raw);
}
