namespace MiniTrader.Fix;

/// <summary>Whether what was appended so far can become a message.</summary>
public enum WriteStatus : byte
{
    Ok,

    /// <summary>The caller's buffer is too small; less than 64 bytes may have been left.</summary>
    BufferFull,

    /// <summary>A text holds the delimiter, which would end the field early and forge others.</summary>
    DelimiterInText,

    /// <summary>A text is empty; FIX has no empty values.</summary>
    EmptyValue,
}
