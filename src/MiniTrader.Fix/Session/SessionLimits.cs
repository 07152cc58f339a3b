namespace MiniTrader.Fix;

/// <summary>The memory that a session takes when it is made. It never takes more.</summary>
public sealed record SessionLimits
{
    public static SessionLimits Default { get; } = new();

    /// <summary>The longest message in either direction. A longer one that comes is garbled; a longer one to send is <see cref="SendStatus.Invalid"/>.</summary>
    public int MessageBytes { get; init; } = 1 << 16;

    /// <summary>The most fields of a message that comes; one with more is garbled.</summary>
    public int Fields { get; init; } = 1 << 12;

    /// <summary>Bytes that may wait for the socket. Beyond it <see cref="SendStatus.OutputFull"/>, and a resend pauses.</summary>
    public int OutputBytes { get; init; } = 1 << 20;

    /// <summary>Messages that came too early and wait for the gap before them to close. One more is dropped, and asked for again later.</summary>
    public int HeldMessages { get; init; } = 1 << 12;

    /// <summary>Their bytes.</summary>
    public int HeldBytes { get; init; } = 1 << 20;

    internal SessionLimits Validated()
    {
        if (MessageBytes < 1_024) throw new ArgumentException("A session's messages may be at least 1,024 bytes long.");
        if (OutputBytes < (2 * MessageBytes) + Outbox.SessionReserveBytes)
            throw new ArgumentException($"OutputBytes holds at least two messages of {MessageBytes} bytes and {Outbox.SessionReserveBytes} more.");
        if (HeldMessages < 1 || HeldBytes < MessageBytes) throw new ArgumentException("At least one message may be held.");
        return this;
    }
}
