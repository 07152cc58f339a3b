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

    /// <summary>Recompute each batch's checksum before its rows are used.</summary>
    public bool Verify { get; init; }

    /// <summary>Threads that decode compressed batches ahead of the reader; zero decodes on the reader's own thread.</summary>
    public int DecodeThreads { get; init; }
}
