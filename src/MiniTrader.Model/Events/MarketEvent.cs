using System.Runtime.InteropServices;

namespace MiniTrader.Model;

/// <summary>
/// One thing that happened in a market: 64 bytes, one cache line, the element of the engine's ring. The header says which of
/// the overlapping views is valid.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = Size)]
public struct MarketEvent
{
    /// <summary>Bytes of every event.</summary>
    public const int Size = 64;

    [FieldOffset(0)] public EventHeader Header;
    [FieldOffset(0)] public QuoteTick Quote;
    [FieldOffset(0)] public TradeTick Trade;
    [FieldOffset(0)] public Bar Bar;
    [FieldOffset(0)] public BookDelta BookDelta;
    [FieldOffset(0)] public StatusTick Status;
    [FieldOffset(0)] public CorporateAction Action;
    [FieldOffset(0)] public SignalTick Signal;

    /// <summary>False for a quote, trade or bar that no market can show; whoever keeps prices leaves those out. True for all else, which says itself what is wrong.</summary>
    public readonly bool IsPossible(bool mayBeNegative) => Header.Kind switch
    {
        EventKind.Quote => Quote.IsPossible(mayBeNegative),
        EventKind.Trade => Trade.IsPossible(mayBeNegative),
        EventKind.Bar => Bar.IsPossible(mayBeNegative),
        _ => true,
    };
}
