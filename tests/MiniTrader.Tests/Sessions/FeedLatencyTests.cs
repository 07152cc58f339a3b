using MiniTrader.Model;
using MiniTrader.Sessions;
using MiniTrader.Strategies;
using MiniTrader.TickStore;
using Xunit;

namespace MiniTrader.Tests.Sessions;

/// <summary>
/// A feed that is some 10 ms late and does not keep time, entry and response 1 ms each. A quote every 5 ms, each a cent above the one before: an order
/// that answers one quote is matched against a later one.
/// </summary>
public sealed class FeedLatencyTests : IDisposable
{
    private const long Millisecond = Timestamp.NanosecondsPerMillisecond;
    private const int Quotes = 2_000;
    private static readonly Timestamp _start = Timestamp.Parse("2024-01-02T14:30");
    private readonly Runs _runs = new();

    public void Dispose() => _runs.Dispose();

    [Theory]
    [InlineData("8ms..12ms", 8, 12)]
    [InlineData("lognormal(median=10ms,sigma=0.2)", 3, 40)]
    [InlineData("spikes(base=10ms,chance=0.01,extra=100ms..200ms)", 10, 210)]
    public void Orders_meet_a_market_that_their_sender_has_not_seen(string feed, long least, long most)
    {
        RunConfig config = new()
        {
            Strategies = [nameof(LateListener)],
            Data = Write(),
            FeedLatency = feed,
            Seed = 7,
            Venue = new Dictionary<string, string> { ["latency"] = "1ms" },
            Risk = new Dictionary<string, string> { ["max-messages-per-second"] = "off" },
        };
        StrategyLibrary library = new(typeof(LateListener).Assembly);
        LateListener.Heard.Clear();
        LateListener.Fills.Clear();
        RunOutcome outcome = _runs.Run(config, library);
        List<(Timestamp Venue, Timestamp Received)> heard = [.. LateListener.Heard];
        Assert.Equal(Quotes, heard.Count);
        Assert.All(heard, h => Assert.InRange(h.Received - h.Venue, least * Millisecond, most * Millisecond));
        Assert.True(heard.Select(h => h.Received - h.Venue).Distinct().Count() > 20, "The delay does not vary.");
        Assert.Equal(heard.OrderBy(h => h.Received).ThenBy(h => h.Venue), heard);

        Assert.True(LateListener.Fills.Count > 20);
        foreach ((Timestamp sent, Timestamp filled, Price price) in LateListener.Fills)
        {
            Assert.Equal(sent + Millisecond, filled);
            Assert.Equal(AskOf((filled - _start) / (5 * Millisecond)), price);
        }

        List<Timestamp> first = [.. heard.Select(h => h.Received)];
        RunConfig stored = RunConfig.Load(Path.Combine(outcome.Folder, "config.json"));
        LateListener.Heard.Clear();
        Assert.Equal(outcome.Summary.Hash, _runs.Run(stored with { Threaded = true }, library).Summary.Hash);
        Assert.Equal(first, LateListener.Heard.Select(h => h.Received));
        Assert.NotEqual(outcome.Summary.Hash, _runs.Run(stored with { Seed = 8 }, library).Summary.Hash);

        // A row is delayed alike wherever the run begins.
        LateListener.Heard.Clear();
        _runs.Run(stored with { From = (_start + (1_000 * 5 * Millisecond)).ToString() }, library);
        Assert.Equal(first[1_100..], LateListener.Heard.Select(h => h.Received).Skip(100));
    }

    private static Price AskOf(long quote) => new(10 * FixedPoint.One + (quote * FixedPoint.One / 100));

    private string Write()
    {
        string folder = Path.Combine(_runs.Folder, "catalog");
        MarketEvent[] quotes = new MarketEvent[Quotes];
        for (int i = 0; i < quotes.Length; i++)
        {
            ref MarketEvent e = ref quotes[i];
            e.Header.VenueTime = e.Header.ReceivedTime = _start + (i * 5 * Millisecond);
            e.Header.Kind = EventKind.Quote;
            e.Header.Flags = EventFlags.ForBoth;
            e.Quote.Ask = AskOf(i);
            e.Quote.Bid = AskOf(i) - new Price(FixedPoint.One / 100);
            e.Quote.AskSize = e.Quote.BidSize = Quantity.FromUnits(100);
        }

        using CatalogWriter writer = new(folder, new TickFileOptions());
        writer.Append(new Instrument { Symbol = "X", Venue = "XTST" }, quotes);
        writer.Complete();
        return folder;
    }
}

/// <summary>Buys one at the market every twentieth quote, and writes down what it heard and when.</summary>
public sealed class LateListener(InstrumentId instrument) : Strategy
{
    private int _count;
    private Timestamp _sent;

    internal static List<(Timestamp Venue, Timestamp Received)> Heard { get; } = [];

    internal static List<(Timestamp Sent, Timestamp Filled, Price Price)> Fills { get; } = [];

    public override void OnQuote(in QuoteTick quote)
    {
        Heard.Add((quote.Header.VenueTime, Now));
        if (_count++ % 20 != 0 || Orders.HasWorking(instrument)) return;
        _sent = Now;
        Orders.Buy(instrument, Quantity.FromUnits(1));
    }

    public override void OnReport(in ExecutionReport report)
    {
        if (report.Kind == ReportKind.Fill) Fills.Add((_sent, report.VenueTime, report.LastPrice));
    }
}
