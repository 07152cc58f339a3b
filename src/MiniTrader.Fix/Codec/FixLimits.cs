namespace MiniTrader.Fix;

/// <summary>What one parser takes; a message beyond a limit is garbled and skipped whole.</summary>
public sealed record FixLimits
{
    public const int MessageBytesMax = 1 << 24;
    public const int FieldsMax = 1 << 20;

    /// <summary>Bytes of the longest message, from tag 8 to the delimiter behind tag 10.</summary>
    public int MessageBytes { get; init; } = 1 << 18;

    /// <summary>Fields of the longest message.</summary>
    public int Fields { get; init; } = 1 << 13;

    public static FixLimits Default { get; } = new();

    internal FixLimits Validated()
    {
        if (MessageBytes is < 64 or > MessageBytesMax)
            throw new ArgumentException($"A FIX message limit of {MessageBytes} bytes is outside 64 to {MessageBytesMax}.");
        if (Fields is < 8 or > FieldsMax)
            throw new ArgumentException($"A FIX message limit of {Fields} fields is outside 8 to {FieldsMax}.");
        return this;
    }
}
