using MiniTrader.Model;
using MiniTrader.Strategies;

namespace MiniTrader.Engine;

/// <summary>The session's venue as strategies may ask it: a copy of the thin struct, which shares its one sealed class.</summary>
internal sealed class EngineVenueView<TVenue>(TVenue venue) : VenueView
    where TVenue : struct, IVenue
{
    private readonly TVenue _venue = venue;

    /// <summary>True once a strategy has asked for its place in a queue.</summary>
    public bool HasReadQueues { get; private set; }

    public override bool TryGetQuantityAhead(ClientOrderId id, out Quantity ahead)
    {
        HasReadQueues = true;
        return _venue.TryGetQuantityAhead(id, out ahead);
    }
}
