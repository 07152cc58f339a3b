using MiniTrader.Model;

namespace MiniTrader.Sessions;

/// <summary>A client's request on an order that the venue has not answered; one at a time.</summary>
internal enum PendingRequest : byte
{
    None,
    Cancel,
    Replace,
}

/// <summary>One order as the exchange remembers it, from its arrival until its slot is needed again. The matching thread owns it.</summary>
internal struct ExchangeOrder
{
    public ClientOrderId Id;
    public int Client;
    public InstrumentId Instrument;
    public OrderSide Side;
    public OrderType Type;
    public TimeInForce TimeInForce;
    public PendingRequest Pending;

    /// <summary>OrdStatus (39).</summary>
    public char Status;

    public bool IsWorking;
    public Quantity Quantity;
    public Quantity Filled;
    public Quantity Leaves;
    public Price Limit;
    public Price Stop;
    public Timestamp ExpireTime;
    public Timestamp Changed;

    /// <summary>Price times quantity of all fills, in 1e-18 units.</summary>
    public Int128 Value;

    /// <summary>The request that the order is known by: its own, or its last replace's.</summary>
    public int Name;

    /// <summary>The request that waits for the venue's answer.</summary>
    public int PendingName;

    public Price PendingLimit;
    public Price PendingStop;

    /// <summary>The last of the chain of all requests that named this order.</summary>
    public int LastName;

    // Neighbours among the client's working orders, in order of arrival.
    public int Previous;
    public int Next;

    /// <summary>It has a limit, from the start or because the venue gave it one.</summary>
    public readonly bool HasLimit => Type.NeedsLimitPrice() || !Limit.IsZero;

    public readonly bool HasStop => Type.NeedsStopPrice();

    public readonly Price AveragePrice => Filled.Raw == 0 ? Price.Zero : new((long)(Value / Filled.Raw));
}
