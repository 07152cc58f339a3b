using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MiniTrader.Model;

namespace MiniTrader.Sessions;

/// <summary>What a subscriber wants of an instrument.</summary>
[Flags]
internal enum MarketDataTypes : byte
{
    None = 0,
    Bid = 1,
    Offer = 2,
    Trade = 4,
}

/// <summary>The best prices of an instrument; a side without size is not there.</summary>
internal struct ShownTop
{
    public Price Bid, Ask;
    public Quantity BidSize, AskSize;
    public Timestamp Time;
}

/// <summary>One instrument of one market data request, with what its client was last shown. The matching thread owns it.</summary>
internal struct MarketDataSubscription
{
    /// <summary>The longest MDReqID taken, in bytes.</summary>
    public const int IdBytes = 64;

    public int Client;
    public InstrumentId Instrument;
    public MarketDataTypes Types;

    /// <summary>MDUpdateType 0: every change is a whole snapshot.</summary>
    public bool IsFullRefresh;

    /// <summary>The client was too slow for a change; it gets the newest when it has caught up.</summary>
    public bool IsDirty;

    /// <summary>What its client last saw.</summary>
    public ShownTop Shown;

    /// <summary>What a subscriber of more than the best prices of a book was last shown; null for the others.</summary>
    public DepthView? View;

    public int NextOfClient, NextOfInstrument;
    private IdText _id;
    private int _idLength;

    [UnscopedRef]
    public readonly ReadOnlySpan<byte> Id => MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<IdText, byte>(ref Unsafe.AsRef(in _id)), _idLength);

    public void SetId(scoped ReadOnlySpan<byte> id)
    {
        id.CopyTo(_id);
        _idLength = id.Length;
    }

    [InlineArray(IdBytes)]
    private struct IdText
    {
        private byte _first;
    }
}
