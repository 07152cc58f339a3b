namespace MiniTrader.Model;

/// <summary>
/// Where orders go and reports come from. Never re-entrant: <see cref="Submit"/> only takes the command; what follows from it
/// comes out of a later <see cref="TryTake"/>. Implemented by thin structs over one sealed class. Engine thread only.
/// </summary>
public interface IVenue
{
    /// <summary>
    /// The earliest instant at which <see cref="TryTake"/> may have something to do, "never" when nothing is pending. A venue
    /// whose reports come from outside answers <see cref="Timestamp.MinValue"/> when one waits.
    /// </summary>
    Timestamp NextDue { get; }

    /// <summary>Takes a command; its sent time is set and never goes back. False when the venue's queue is full.</summary>
    bool Submit(in OrderCommand command);

    /// <summary>
    /// Lets everything happen at the venue that is due at or before <paramref name="now"/> until a report is due; copies the
    /// first such report and returns true, or returns false when all that is due is done.
    /// </summary>
    bool TryTake(Timestamp now, out ExecutionReport report);

    /// <summary>
    /// Shows the venue an event that carries <see cref="EventFlags.ForVenue"/>; all that was due before it has been taken. False when
    /// nothing followed from it, so that <see cref="NextDue"/> need not be asked.
    /// </summary>
    bool OnMarket(in MarketEvent marketEvent);

    /// <summary>
    /// True when a quote of the instrument would change nothing here but what the venue shows. It stays true until the venue is
    /// drained or shown an event of another kind; until then <see cref="OnQuietQuotes"/> may stand for many <see cref="OnMarket"/>.
    /// </summary>
    bool IsIdle(InstrumentId instrument);

    /// <summary>
    /// Ends a run of <paramref name="count"/> quotes of which every instrument is idle, and shows its last one; where the run is of several instruments, each
    /// was shown with <see cref="TryQuietQuote"/>.
    /// </summary>
    void OnQuietQuotes(in MarketEvent last, int count);

    /// <summary>
    /// Shows a quote that is for both sides, if its instrument is idle; the run's end counts it. False, and nothing done, where it is not.
    /// </summary>
    bool TryQuietQuote(in MarketEvent quote);

    /// <summary>
    /// True when a change of the instrument's book that leaves its best prices where they are would do no more here than move places in
    /// queues: <see cref="TryQuietBook"/> is worth asking.
    /// </summary>
    bool IsQuietBook(InstrumentId instrument);

    /// <summary>
    /// Shows the venue a change of a book that does no more than that; what <see cref="OnMarket"/> does for it is then done, and nothing became
    /// due. False, and nothing done, for any other change.
    /// </summary>
    bool TryQuietBook(in BookDelta delta);

    /// <summary>No event will come any more: what still waits for one expires. Reports follow through <see cref="TryTake"/>.</summary>
    void OnEnd(Timestamp time);

    /// <summary>
    /// The quantity ahead of one of our resting orders. A venue that cannot know, as no real one says, answers false; so does one where the
    /// order does not rest. A simulated venue answers what its queue model knows at the session's time, ahead of the report's latency:
    /// for measuring and for models that a live strategy replaces by an estimate. <see cref="Quantity.MaxValue"/> is unknown.
    /// </summary>
    bool TryGetQuantityAhead(ClientOrderId id, out Quantity ahead);
}
