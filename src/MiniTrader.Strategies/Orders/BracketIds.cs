using MiniTrader.Model;

namespace MiniTrader.Strategies;

/// <summary>The names of a bracket's three orders; all none when it was not taken.</summary>
public readonly record struct BracketIds(ClientOrderId Entry, ClientOrderId TakeProfit, ClientOrderId StopLoss)
{
    public bool IsNone => Entry.IsNone;

    /// <summary>True when an order is one of the three.</summary>
    public bool Contains(ClientOrderId id) => !id.IsNone && (id == Entry || id == TakeProfit || id == StopLoss);
}
