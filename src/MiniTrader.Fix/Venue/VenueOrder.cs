using System.Runtime.CompilerServices;
using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>What an order's owner has asked for and not been answered.</summary>
internal enum PendingRequest : byte
{
    None,
    New,
    Cancel,
    Replace,
}

/// <summary>The venue's own name for an order, as its bytes.</summary>
[InlineArray(BytesMax)]
internal struct OrderIdBytes
{
    public const int BytesMax = 40;
    private byte _first;
}

/// <summary>One order as the FIX side knows it. Lives in <see cref="VenueOrders"/>; the FIX thread only.</summary>
internal struct VenueOrder
{
    /// <summary>The order as it stands at the venue: quantity and prices are those of the last replace that was accepted.</summary>
    public OrderCommand Command;

    /// <summary>What the last request asks for; taken over when it is accepted.</summary>
    public OrderCommand Asked;

    public Quantity Filled;

    /// <summary>Price times quantity of the fills.</summary>
    public decimal FilledValue;

    public PendingRequest Pending;
    public bool IsWorking;
    public bool IsAccepted;

    /// <summary>A status answer spoke of it since the last logon.</summary>
    public bool IsConfirmed;

    /// <summary>It was asked for by itself since the last logon, and not answered.</summary>
    public bool IsAskedFor;

    /// <summary>What is pending was sent over an earlier logon: its answer may have been lost, or the request.</summary>
    public bool IsOfAnEarlierLogon;

    /// <summary>Number of the request whose name the venue knows the order by, and of the last request sent.</summary>
    public int CurrentRequest;
    public int LastRequest;

    public OrderIdBytes OrderId;
    public byte OrderIdLength;
}
