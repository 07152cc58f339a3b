using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>
/// Everything that can be chosen about the simulated venue. Immutable; the conservative choice is the default. Each option has
/// a key and a text form (<see cref="With"/>, <see cref="ToPairs"/>), so that a command line and a stored config say the same.
/// </summary>
public sealed record VenueOptions
{
    /// <summary>Seeds the latency draws.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Strategy to venue, a new order.</summary>
    public LatencyModel NewLatency { get; init; } = LatencyModel.Constant(Timestamp.NanosecondsPerMillisecond);

    /// <summary>Strategy to venue, a replace.</summary>
    public LatencyModel ReplaceLatency { get; init; } = LatencyModel.Constant(Timestamp.NanosecondsPerMillisecond);

    /// <summary>Strategy to venue, a cancel.</summary>
    public LatencyModel CancelLatency { get; init; } = LatencyModel.Constant(Timestamp.NanosecondsPerMillisecond);

    /// <summary>Venue to strategy, any report.</summary>
    public LatencyModel ResponseLatency { get; init; } = LatencyModel.Constant(Timestamp.NanosecondsPerMillisecond);

    public MatchSource Match { get; init; } = MatchSource.Auto;

    public DepthModel Depth { get; init; } = DepthModel.Ladder;

    /// <summary>Most levels that a taker walks, the displayed one included.</summary>
    public int DepthLevels { get; init; } = 20;

    /// <summary>Whether our fills use up what is displayed or traded. Off fills the same unit again and again.</summary>
    public bool ConsumeLiquidity { get; init; } = true;

    public QueueModel Queue { get; init; } = QueueModel.RiskAverse;

    /// <summary>Quantity assumed ahead of an order where no quotes tell; null: so much that no trade at the price reaches it.</summary>
    public Quantity? UnknownQueue { get; init; }

    public BarFill BarFill { get; init; } = BarFill.NextOpen;

    public BarPath BarPath { get; init; } = BarPath.OpenHighLowClose;

    public AuctionSource Auctions { get; init; } = AuctionSource.Approximate;

    /// <summary>Oldest quote or trade that an arriving order may take, in nanoseconds; zero is no limit.</summary>
    public long StaleAfterNanoseconds { get; init; } = Timestamp.NanosecondsPerHour;

    public FeeModel Fees { get; init; } = FeeModel.None;

    public SlippageModel Slippage { get; init; } = SlippageModel.None;

    /// <summary>Most orders that work at a time; one more is rejected with <see cref="ReasonCode.VenueCapacity"/>.</summary>
    public int OrderCapacity { get; init; } = 16_384;

    /// <summary>
    /// Most commands on their way to the venue; one more is refused by <see cref="SimulatedVenue.Submit"/>. The last quarter is kept
    /// for cancels.
    /// </summary>
    public int CommandCapacity { get; init; } = 4_096;

    /// <summary>
    /// Most reports on their way to the strategy, at least twice <see cref="OrderCapacity"/>. At half of it, the answers to commands on
    /// their way included, only cancels are taken, so that a full book always finds room to expire in the other half. If fills take
    /// that room the run stops with a <see cref="VenueInvariantException"/>, because a report is never dropped.
    /// </summary>
    public int ReportCapacity { get; init; } = 32_768;

    /// <summary>Most prices of one side of a market's book; see <see cref="MiniTrader.Books.BookResult.Full"/> for one more.</summary>
    public int BookLevelCapacity { get; init; } = 8_192;

    /// <summary>Most orders in the books of all markets together, where the data has single orders.</summary>
    public int BookOrderCapacity { get; init; } = 1 << 18;

    /// <summary>No latency on any leg: for scenarios worked out by hand.</summary>
    public static VenueOptions Instant { get; } = new()
    {
        NewLatency = LatencyModel.Constant(0),
        ReplaceLatency = LatencyModel.Constant(0),
        CancelLatency = LatencyModel.Constant(0),
        ResponseLatency = LatencyModel.Constant(0),
    };

    /// <summary>Throws an <see cref="ArgumentException"/> that names the key of the wrong option.</summary>
    public VenueOptions Validated()
    {
        InRanges();
        if (ReportCapacity < 2 * OrderCapacity)
        {
            throw new ArgumentException(
                $"report-capacity is {ReportCapacity}; it must be at least {2 * OrderCapacity}, twice the order-capacity, so that a full book can expire.");
        }

        return this;
    }

    /// <summary>Checks each option by itself; how they fit together is known only when all are read.</summary>
    internal VenueOptions InRanges()
    {
        InRange("depth-levels", DepthLevels, 1, 1_000);
        InRange("order-capacity", OrderCapacity, 1, 1 << ClientOrderId.SlotBits);
        InRange("command-capacity", CommandCapacity, 1, 1 << ClientOrderId.SlotBits);
        InRange("report-capacity", ReportCapacity, 16, 1 << 24);
        InRange("book-levels", BookLevelCapacity, 1, MiniTrader.Books.BookOptions.MaxLevelCapacity);
        InRange("book-orders", BookOrderCapacity, 1, MiniTrader.Books.BookOptions.MaxOrderCapacity);
        InRange("stale-after", StaleAfterNanoseconds, 0, Duration.MaxNanoseconds);
        if (UnknownQueue is { Raw: < 0 }) throw new ArgumentException($"queue-unknown is {UnknownQueue}; it must be 'never' or a quantity not below zero.");
        if (Slippage.AmountRaw < 0) throw new ArgumentException($"slippage is {Slippage}; it must not be negative.");
        return this;
    }

    /// <summary>These options with one changed by its key.</summary>
    /// <exception cref="ArgumentException">No option has this key, or the value is not one of its; the sentence names both.</exception>
    public VenueOptions With(string key, string value) => VenueOptionsText.With(this, key, value);

    /// <summary>Reads <c>key=value; key=value</c> over the defaults, in any order; a later key wins.</summary>
    /// <exception cref="ArgumentException">A key or a value is unknown; the sentence names it.</exception>
    public static VenueOptions Parse(string text) => VenueOptionsText.Parse(text);

    /// <summary>Every option as key and text, in a fixed order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ToPairs() => VenueOptionsText.ToPairs(this);

    /// <summary>What is assumed where data of these kinds is silent, a sentence each, for a run to say before it starts.</summary>
    public IReadOnlyList<string> Approximations(IEnumerable<EventKind> kinds) => VenueApproximations.Of(this, kinds);

    /// <summary>The text that <see cref="Parse"/> reads back to equal options.</summary>
    public override string ToString() => string.Join("; ", ToPairs().Select(p => $"{p.Key}={p.Value}"));

    private static void InRange(string key, long value, long low, long high)
    {
        if (value < low || value > high) throw new ArgumentException($"{key} is {value}; it must lie between {low} and {high}.");
    }
}
