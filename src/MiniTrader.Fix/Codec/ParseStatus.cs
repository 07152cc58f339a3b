namespace MiniTrader.Fix;

/// <summary>What the parser found at the front of its input.</summary>
public enum ParseStatus : byte
{
    /// <summary>A whole message with the right length and checksum.</summary>
    Message,

    /// <summary>The beginning of a message, or nothing; nothing is consumed.</summary>
    NeedMore,

    /// <summary>Bytes that are no message; at least one is consumed, and the caller goes on behind them.</summary>
    Garbled,
}

/// <summary>Why bytes were no message.</summary>
public enum GarbledReason : byte
{
    None,

    /// <summary>The input does not start with <c>8=FIX</c>.</summary>
    NoBeginString,

    /// <summary>Tag 9 is not second, or is no number.</summary>
    NoBodyLength,

    /// <summary>The declared or the real length is above <see cref="FixLimits.MessageBytes"/>.</summary>
    TooLong,

    /// <summary>No checksum field stands where the body length says that the body ends.</summary>
    WrongBodyLength,
    WrongChecksum,

    /// <summary>Tag 35 is not third.</summary>
    NoMsgType,

    /// <summary>Something between two delimiters is not <c>tag=value</c>.</summary>
    MalformedField,

    /// <summary>A data field does not end where its length field says.</summary>
    WrongDataLength,

    /// <summary>More fields than <see cref="FixLimits.Fields"/>.</summary>
    TooManyFields,
}
