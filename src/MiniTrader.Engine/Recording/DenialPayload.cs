using System.Runtime.InteropServices;
using MiniTrader.Model;

namespace MiniTrader.Engine;

/// <summary>
/// A denied command and what it broke, as a slot of the journal.
/// <code>
/// 0        8        16       20    22    24  25       32               48               64
/// +--------+--------+--------+-----+-----+---+--------+----------------+----------------+
/// | time   | order  | instr  | str | code| k | 0      | limit          | value          |   str strategy, k kind of command
/// +--------+--------+--------+-----+-----+---+--------+----------------+----------------+
/// </code>
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = MarketEvent.Size)]
public struct DenialPayload
{
    public Timestamp Time;
    public ClientOrderId Order;
    public InstrumentId Instrument;
    public StrategyId Strategy;
    public ReasonCode Code;
    public CommandKind Kind;
    private readonly byte _zero1;
    private readonly ushort _zero2;
    private readonly uint _zero3;

    /// <summary>The limit, in the unit of the code; zero where the code says all.</summary>
    public decimal Limit;

    /// <summary>What the command, or the books with it, would have come to.</summary>
    public decimal Value;
}
