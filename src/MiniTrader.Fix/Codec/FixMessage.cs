using System.Runtime.CompilerServices;

namespace MiniTrader.Fix;

/// <summary>
/// One parsed message: a view over the caller's bytes and the parser's index, valid until the parser's next call. Fields count from
/// 0 (tag 8) to the last (tag 10).
/// </summary>
public readonly ref struct FixMessage
{
    internal FixMessage(ReadOnlySpan<byte> bytes, FieldIndex index)
    {
        Bytes = bytes;
        Fields = new FieldView(bytes, index, 0, index.Count);
    }

    /// <summary>The whole message as it came.</summary>
    public ReadOnlySpan<byte> Bytes { get; }

    /// <summary>All fields in their order, header and trailer included.</summary>
    public FieldView Fields { get; }

    /// <summary>Such as <c>FIX.4.4</c>.</summary>
    public ReadOnlySpan<byte> BeginString => Fields.ValueAt(0);

    /// <summary>The text of tag 35.</summary>
    public ReadOnlySpan<byte> MsgTypeText => Fields.ValueAt(2);

    /// <summary>Tag 35 as one of <see cref="MsgTypes"/>; zero when it is empty or longer than eight characters.</summary>
    public ulong MsgType
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => MsgTypes.Pack(Fields.ValueAt(2));
    }

    /// <summary>Tag 34; zero when it is missing or no positive number.</summary>
    public long MsgSeqNum => Fields.GetInt(Tags.MsgSeqNum, out long number) == FieldStatus.Ok && number > 0 ? number : 0;

    /// <summary>Tag 43.</summary>
    public bool IsPossDup => Fields.GetBool(Tags.PossDupFlag, out bool value) == FieldStatus.Ok && value;

    /// <summary>Tag 97.</summary>
    public bool IsPossResend => Fields.GetBool(Tags.PossResend, out bool value) == FieldStatus.Ok && value;
}
