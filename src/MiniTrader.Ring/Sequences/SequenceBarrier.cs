namespace MiniTrader.Ring;

/// <summary>
/// The line that a consumer may not cross: the producers' cursor, or the slowest of the consumers that it stands behind. The same
/// class holds a producer back behind its slowest consumers, where its sequences are called gating sequences. Immutable; any thread.
/// </summary>
public sealed class SequenceBarrier
{
    private readonly Sequence[] _sequences;
    private readonly AvailabilityBuffer? _availability;
    private readonly RingLifetime _lifetime;

    internal SequenceBarrier(Sequence[] sequences, AvailabilityBuffer? availability, RingLifetime lifetime)
    {
        _sequences = sequences;
        _availability = availability;
        _lifetime = lifetime;
    }

    /// <summary>
    /// One past the last event, counted from <paramref name="from"/>, that has passed this barrier without a gap. Equal to or below
    /// <paramref name="from"/> when none has.
    /// </summary>
    public long Available(long from)
    {
        if (_availability is not null) return _availability.FirstUnpublished(from);

        Sequence[] sequences = _sequences;
        long slowest = sequences[0].Value;
        for (int i = 1; i < sequences.Length; i++) slowest = Math.Min(slowest, sequences[i].Value);
        return slowest;
    }

    /// <summary>
    /// True when waiting for <paramref name="sequence"/> is over. Events that are there count before completion, and completion
    /// before an alert, so nobody loses an event by being told to stop.
    /// </summary>
    public bool IsPassed(long sequence, out WaitOutcome outcome)
    {
        // The state is read first: completion is announced after the last event, so an event that is not seen now never comes.
        outcome = _lifetime.State;
        if (Available(sequence) > sequence) outcome = WaitOutcome.Ready;
        else if (outcome == WaitOutcome.Ready) return false;
        return true;
    }
}
