using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>
/// The simulated venue found itself in a state that must not exist. The run stops: its results could not be believed.
/// </summary>
public sealed class VenueInvariantException : InvalidOperationException
{
    public VenueInvariantException()
    {
    }

    public VenueInvariantException(string message)
        : base(message)
    {
    }

    public VenueInvariantException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>How many market events the venue had seen, the one at hand included.</summary>
    public long EventSequence { get; private init; }

    /// <summary>The order at hand, or none.</summary>
    public ClientOrderId Order { get; private init; }

    [DoesNotReturn]
    internal static void Throw(string rule, long eventSequence, ClientOrderId order) => throw new VenueInvariantException(
        string.Create(CultureInfo.InvariantCulture, $"Event {eventSequence}, order {order}: {rule}"))
    {
        EventSequence = eventSequence,
        Order = order,
    };
}
