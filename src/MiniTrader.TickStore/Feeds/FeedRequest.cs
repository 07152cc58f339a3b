using MiniTrader.Model;

namespace MiniTrader.TickStore;

/// <summary>Which part of a catalog a feed replays, and how. Validated where the feed is opened.</summary>
public sealed record FeedRequest
{
    /// <summary>Most feed latency: one day.</summary>
    public const long MaxFeedLatencyNanoseconds = Timestamp.NanosecondsPerDay;

    /// <summary>The kinds to replay; null for all that the catalog has of an instrument.</summary>
    public IReadOnlyCollection<TickKind>? Kinds { get; init; }

    /// <summary>The first due time, inclusive.</summary>
    public Timestamp? From { get; init; }

    /// <summary>The end, exclusive.</summary>
    public Timestamp? To { get; init; }

    /// <summary>
    /// From venue to strategy, for data with one clock; rows with a received time of their own keep it. Other than zero, each
    /// event comes twice: for the venue at its venue time, for the strategy at its received time.
    /// </summary>
    public long FeedLatencyNanoseconds { get; init; }

    /// <summary>
    /// The same where the delay varies; then <see cref="FeedLatencyNanoseconds"/> is zero. The strategy hears what the venue showed from
    /// <see cref="From"/> on.
    /// </summary>
    public FeedDelay? FeedDelay { get; init; }

    /// <summary>Recompute each batch's checksum before its rows are used.</summary>
    public bool Verify { get; init; }

    /// <summary>Threads that decode compressed batches ahead of the reader; zero decodes on the reader's own thread.</summary>
    public int DecodeThreads { get; init; }

    /// <summary>Returns itself or throws a <see cref="TickDataException"/> that names the wrong setting.</summary>
    public FeedRequest Validated()
    {
        if (From is { } from && To is { } to && from >= to) throw new TickDataException($"The range from {from} to {to} is empty; From must be before To.");
        if (FeedLatencyNanoseconds is < 0 or > MaxFeedLatencyNanoseconds)
            throw new TickDataException($"A feed latency of {FeedLatencyNanoseconds} ns is out of range; it must be 0 to {MaxFeedLatencyNanoseconds}.");
        if (FeedDelay is not null && FeedLatencyNanoseconds != 0) throw new TickDataException("A feed has one delay, constant or varying; the request has both.");
        if (DecodeThreads is < 0 or > DecodeAhead.MaxThreads)
            throw new TickDataException($"DecodeThreads is {DecodeThreads}; it must be 0 to {DecodeAhead.MaxThreads}.");
        if (Kinds is { Count: 0 }) throw new TickDataException("The request names no kind of data. Name one, such as quotes, or leave the kinds out for all.");
        return this;
    }
}
