using MiniTrader.Model;
using MiniTrader.Strategies;

namespace MiniTrader.Scenarios;

/// <summary>Writes one order at the next signal.</summary>
internal sealed class ScriptedTrader : Strategy
{
    private (OrderSide Side, Quantity Quantity, InstrumentId Instrument, Price? Limit)? _next;

    public void Order(OrderSide side, Quantity quantity, InstrumentId instrument, Price? limit) => _next = (side, quantity, instrument, limit);

    public override void OnSignal(in SignalTick signal)
    {
        if (_next is not { } order) return;
        _next = null;
        Orders.Submit(new() { Instrument = order.Instrument, Side = order.Side, Quantity = order.Quantity, Type = order.Limit is null ? OrderType.Market : OrderType.Limit, LimitPrice = order.Limit });
    }
}
