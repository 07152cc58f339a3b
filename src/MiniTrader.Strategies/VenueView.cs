using MiniTrader.Model;

namespace MiniTrader.Strategies;

/// <summary>
/// What a venue can tell of our orders beside its reports. Made by the engine over the session's venue; a simulated one knows its queues, a
/// real one does not, and answers so. Engine thread only.
/// </summary>
public abstract class VenueView
{
    /// <summary>See <see cref="IVenue.TryGetQuantityAhead"/>.</summary>
    public abstract bool TryGetQuantityAhead(ClientOrderId id, out Quantity ahead);
}
