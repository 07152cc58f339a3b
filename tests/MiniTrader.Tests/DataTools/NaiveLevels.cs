using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.DataTools;

/// <summary>A book of levels in two sorted dictionaries; applies our deltas by the definition of each action.</summary>
internal sealed class NaiveLevels
{
    public SortedDictionary<long, long> Bids { get; } = [];

    public SortedDictionary<long, long> Asks { get; } = [];

    /// <summary>Best bid, its size, best ask, its size.</summary>
    public string Best => $"{new Price(Bids.Keys.Last())} {new Quantity(Bids.Values.Last())} {new Price(Asks.Keys.First())} {new Quantity(Asks.Values.First())}";

    public void Apply(in BookDelta delta)
    {
        Assert.Equal(0, delta.OrderId);
        SortedDictionary<long, long> side = delta.Side == OrderSide.Buy ? Bids : Asks;
        bool isKnown = side.ContainsKey(delta.Price.Raw);
        switch (delta.Action)
        {
            case BookAction.Clear:
                if (delta.Side != OrderSide.Sell) Bids.Clear();
                if (delta.Side != OrderSide.Buy) Asks.Clear();
                break;
            case BookAction.Add or BookAction.Modify:
                Assert.Equal(delta.Action == BookAction.Modify, isKnown);
                Assert.True(delta.Size.Raw > 0);
                side[delta.Price.Raw] = delta.Size.Raw;
                break;
            case BookAction.Delete:
                Assert.True(side.Remove(delta.Price.Raw));
                break;
            default:
                Assert.Fail($"{delta.Action} is no action of a level");
                break;
        }
    }
}
