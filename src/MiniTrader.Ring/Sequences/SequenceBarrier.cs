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
    /// True when waiting for <paramref name="sequence"/> is over. An event that is there counts before an alert, and completion
    /// holds only beyond the last event, so nobody loses an event by being told to stop.
    /// </summary>
    public bool IsPassed(long sequence, out WaitOutcome outcome)
    {
        // The alert is read before the sequences: what was published before it is found.
        bool isAlerted = _lifetime.IsAlerted;
        if (Available(sequence) > sequence) outcome = WaitOutcome.Ready;
        else if (_lifetime.IsBeyondEnd(sequence)) outcome = WaitOutcome.Completed;
        else outcome = WaitOutcome.Alerted;
        return outcome != WaitOutcome.Alerted || isAlerted;
    }
}
