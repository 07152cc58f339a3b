namespace MiniTrader.TickStore;

/// <summary>Events or settings that a tick file or catalog must not take; the sentence names file and row and says what to do.</summary>
public sealed class TickDataException : Exception
{
    public TickDataException()
    {
    }

    public TickDataException(string message)
        : base(message)
    {
    }

    public TickDataException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
