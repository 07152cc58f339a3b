using MiniTrader.Model;

namespace MiniTrader.Strategies;

/// <summary>
/// An entry with the two orders that take it out again. Of both exits only the prices, types and conditions are said: instrument and
/// quantity are the entry's, the side is the opposite one, and a tag that is left out is the entry's.
/// <code>
/// Orders.Bracket(new()
/// {
///     Entry = new() { Instrument = share, Side = OrderSide.Buy, Quantity = size, LimitPrice = bid },
///     TakeProfit = new() { LimitPrice = target },
///     StopLoss = new() { StopPrice = stop },       // or a trailing stop: new() { Type = OrderType.TrailingStop, Offset = … }
/// });
/// </code>
/// </summary>
public struct BracketRequest
{
    public BracketRequest() => ExitFlags = OrderFlags.ReduceOnly;

    /// <summary>Any order but one that is itself a child or of a group.</summary>
    public required OrderRequest Entry { get; init; }

    /// <summary>A limit or an if-touched order.</summary>
    public required OrderRequest TakeProfit { get; init; }

    /// <summary>A stop of any kind, a trailing one included.</summary>
    public required OrderRequest StopLoss { get; init; }

    /// <summary>Whether each fill of the entry releases its part of both exits, or only the last one releases them.</summary>
    public ChildRelease Release { get; init; }

    /// <summary>Flags that both exits have besides their own; reduce-only when left out, so that neither ever opens a position.</summary>
    public OrderFlags ExitFlags { get; init; }

    /// <exception cref="ArgumentException">The entry is a child or of a group; an exit is of a type that does not leave at a price.</exception>
    internal readonly void Check()
    {
        if (!Entry.Parent.IsNone || Entry.ParentLeg is not null || Entry.Contingency != Contingency.None)
            throw new ArgumentException("The entry of a bracket is no child of another order and of no group.");
        OrderType target = TakeProfit.ResolvedType, stop = StopLoss.ResolvedType;
        if (target is not (OrderType.Limit or OrderType.LimitIfTouched or OrderType.MarketIfTouched))
            throw new ArgumentException($"The take-profit of a bracket is a limit or an if-touched order, not {target}.");
        if (stop is not (OrderType.Stop or OrderType.StopLimit or OrderType.TrailingStop or OrderType.TrailingStopLimit))
            throw new ArgumentException($"The stop-loss of a bracket is a stop or a trailing stop, not {stop}.");
    }

    /// <summary>One of the two exits, with all that it has from the entry.</summary>
    internal readonly OrderRequest ExitOf(in OrderRequest exit) => exit with
    {
        Instrument = Entry.Instrument,
        Side = Entry.Side.Opposite(),
        Quantity = Entry.Quantity,
        Flags = exit.Flags | ExitFlags,
        Tag = exit.Tag == 0 ? Entry.Tag : exit.Tag,
        Parent = ClientOrderId.None,
        ParentLeg = 0,
        Release = Release,
        Contingency = Contingency.Ouo,
    };
}
