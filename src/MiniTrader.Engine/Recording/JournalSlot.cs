using System.Runtime.InteropServices;
using MiniTrader.Model;

namespace MiniTrader.Engine;

/// <summary>What an entry of the journal is. Below 128 it is a market event of that <see cref="EventKind"/>.</summary>
public enum JournalKind : byte
{
    /// <summary>A command that left or was denied; two slots with the <see cref="OrderCommand"/> follow. Code: the denial.</summary>
    Command = 128,

    /// <summary>A report that was booked; two slots with the <see cref="ExecutionReport"/> follow.</summary>
    Report = 129,

    /// <summary>A timer fired. Code: the strategy; A: the timer's number.</summary>
    Timer = 130,

    /// <summary>The account's worth; two slots with the snapshot follow.</summary>
    Equity = 131,

    /// <summary>The latest price of an instrument. A: the price.</summary>
    Mark = 132,

    /// <summary>Money or a position moved without a trade; a slot with the <see cref="LedgerEntry"/> follows. Code: its kind.</summary>
    Entry = 133,

    /// <summary>What the command before it was denied by; a slot with the <see cref="DenialPayload"/> follows. Code: the reason.</summary>
    Denial = 134,
}

/// <summary>
/// The unit of the recorder's ring and of the journal file: 64 bytes. A market event is one slot as it is; everything else
/// begins with a head slot, whose kind stands at the same offset.
/// <code>
/// 0        8        16       20  21  22    24                                64
/// +--------+--------+--------+---+---+-----+-------+-------+-------+-----+-----+
/// | time   | number | instr  | k | n | code| A     | 0     | 0     | 0   | 0   |   k kind, n slots that follow
/// +--------+--------+--------+---+---+-----+-------+-------+-------+-----+-----+
/// </code>
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = MarketEvent.Size)]
public struct JournalSlot
{
    [FieldOffset(0)] public Timestamp Time;

    /// <summary>Market events that the engine had taken in when this was written.</summary>
    [FieldOffset(8)] public long Number;

    [FieldOffset(16)] public InstrumentId Instrument;
    [FieldOffset(20)] public JournalKind Kind;

    /// <summary>Slots that belong to this entry and follow it.</summary>
    [FieldOffset(21)] public byte Followers;

    [FieldOffset(22)] public ushort Code;
    [FieldOffset(24)] public long A;

    /// <summary>The slot seen as the market event that it is when <see cref="IsMarket"/>.</summary>
    [FieldOffset(0)] public MarketEvent Market;

    public readonly bool IsMarket => (byte)Kind < (byte)JournalKind.Command;
}
