using System.Runtime.InteropServices;

namespace MiniTrader.Model;

/// <summary>What state an instrument's market entered.</summary>
public enum MarketStatus : byte
{
    Unknown,
    PreOpen,
    OpeningAuction,
    Open,
    Halted,
    ClosingAuction,
    Closed,
}

/// <summary>A change of an instrument's market state.</summary>
[StructLayout(LayoutKind.Sequential, Size = MarketEvent.Size)]
public struct StatusTick
{
    public EventHeader Header;
    public MarketStatus Status;
    private readonly byte _zero1;
    private readonly ushort _zero2;
    private readonly uint _zero3;
    private readonly long _zero4;
    private readonly long _zero5;
    private readonly long _zero6;
    private readonly long _zero7;

    public readonly InstrumentId Instrument => Header.Instrument;
}
