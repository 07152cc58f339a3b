using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace MiniTrader.Portfolio;

/// <summary>The books of record do not agree with themselves. The run stops: its results could not be believed.</summary>
public sealed class LedgerInvariantException : InvalidOperationException
{
    public LedgerInvariantException()
    {
    }

    public LedgerInvariantException(string message)
        : base(message)
    {
    }

    public LedgerInvariantException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>How many market events the session had taken in when it was seen.</summary>
    public long EventNumber { get; private init; }

    [DoesNotReturn]
    internal static void Throw(long eventNumber, string breach) => throw new LedgerInvariantException(
        string.Create(CultureInfo.InvariantCulture, $"After event {eventNumber}: {breach}."))
    {
        EventNumber = eventNumber,
    };
}
