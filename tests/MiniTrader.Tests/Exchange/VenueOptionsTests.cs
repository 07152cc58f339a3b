using MiniTrader.Exchange;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.Exchange;

/// <summary>Every option has a text form that reads back, and a wrong one is answered by name.</summary>
public sealed class VenueOptionsTests
{
    [Fact]
    public void Defaults_are_conservative()
    {
        VenueOptions options = new();
        Assert.Equal(1_000_000, options.NewLatency.LowNanoseconds);
        Assert.Equal(1_000_000, options.CancelLatency.LowNanoseconds);
        Assert.Equal(1_000_000, options.ReplaceLatency.LowNanoseconds);
        Assert.Equal(1_000_000, options.ResponseLatency.LowNanoseconds);
        Assert.Equal(BarFill.NextOpen, options.BarFill);
        Assert.True(options.ConsumeLiquidity);
        Assert.Equal(DepthModel.Ladder, options.Depth);
        Assert.Null(options.UnknownQueue);
    }

    [Fact]
    public void Text_of_the_defaults_reads_back() => Assert.Equal(new VenueOptions(), VenueOptions.Parse(new VenueOptions().ToString()));

    [Fact]
    public void Text_of_every_option_reads_back()
    {
        VenueOptions options = new()
        {
            Seed = ulong.MaxValue,
            NewLatency = LatencyModel.Uniform(500_000, 2_000_000),
            ReplaceLatency = LatencyModel.Constant(1),
            CancelLatency = LatencyModel.Constant(1_500),
            ResponseLatency = LatencyModel.Constant(0),
            Match = MatchSource.Trades,
            Depth = DepthModel.Displayed,
            DepthLevels = 3,
            ConsumeLiquidity = false,
            UnknownQueue = Quantity.Parse("12.5"),
            BarFill = BarFill.ThisClose,
            BarPath = BarPath.Adaptive,
            StaleAfterNanoseconds = 0,
            Fees = FeeModel.PerUnit(0.005m, 1m),
            Slippage = SlippageModel.Ticks(2),
            OrderCapacity = 7,
            CommandCapacity = 8,
            ReportCapacity = 16,
        };
        Assert.Equal(options, VenueOptions.Parse(options.ToString()));
        Assert.Equal(options, options.ToPairs().Aggregate(new VenueOptions(), (o, p) => o.With(p.Key, p.Value)));
    }

    [Fact]
    public void One_latency_key_sets_all_legs()
    {
        VenueOptions options = new VenueOptions().With("latency", "250us");
        Assert.All(
            [options.NewLatency, options.ReplaceLatency, options.CancelLatency, options.ResponseLatency],
            leg => Assert.Equal(250_000, leg.LowNanoseconds));
    }

    [Theory]
    [InlineData("speed", "1", "speed")]
    [InlineData("latency-new", "1 parsec", "latency-new")]
    [InlineData("latency-new", "2ms..1ms", "latency-new")]
    [InlineData("latency-new", "-1ms", "latency-new")]
    [InlineData("latency-new", "9999999h", "latency-new")]
    [InlineData("depth", "deep", "depth")]
    [InlineData("depth-levels", "0", "depth-levels")]
    [InlineData("consume", "yes", "consume")]
    [InlineData("queue", "hopeful", "queue")]
    [InlineData("queue", "probabilistic:power(0)", "queue")]
    [InlineData("queue", "probabilistic:power3(65)", "queue")]
    [InlineData("queue", "probabilistic:log(2)", "queue")]
    [InlineData("book-levels", "0", "book-levels")]
    [InlineData("book-orders", "-1", "book-orders")]
    [InlineData("queue-unknown", "-1", "queue-unknown")]
    [InlineData("bar-fill", "yesterday", "bar-fill")]
    [InlineData("fees", "maker=0.1", "fees")]
    [InlineData("fees", "maker=2,taker=0.1", "fees")]
    [InlineData("fees", "per-share=-1", "fees")]
    [InlineData("fees", "maker=0.1,taker=0.1,fixed=1", "fees")]
    [InlineData("fees", "free", "fees")]
    [InlineData("slippage", "ticks=1.5", "slippage")]
    [InlineData("slippage", "ticks=-1", "slippage")]
    [InlineData("slippage", "bps=10000", "slippage")]
    [InlineData("slippage", "luck=1", "slippage")]
    [InlineData("order-capacity", "0", "order-capacity")]
    [InlineData("order-capacity", "2000000", "order-capacity")]
    [InlineData("seed", "-1", "seed")]
    [InlineData("seed", "99999999999999999999999", "seed")]
    public void A_wrong_option_is_named(string key, string value, string named)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new VenueOptions().With(key, value));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reports_have_room_for_twice_the_orders()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => VenueOptions.Parse("order-capacity=20000"));
        Assert.Contains("report-capacity is 32768; it must be at least 40000", error.Message, StringComparison.Ordinal);
        Assert.Equal(20_000, VenueOptions.Parse("order-capacity=20000; report-capacity=40000").OrderCapacity);
        Assert.Equal(20_000, VenueOptions.Parse("report-capacity=40000; order-capacity=20000").OrderCapacity);
        Assert.Throws<ArgumentException>(() => new VenueDesk(new VenueOptions { OrderCapacity = 9, ReportCapacity = 17 }));
    }

    [Theory]
    [InlineData("", EventKind.Quote, "up to 20 levels", "no trades")]
    [InlineData("depth=top", EventKind.Quote, "Any quantity", "no trades")]
    [InlineData("", EventKind.Trade, "no quotes", "never at it, unless queue-unknown")]
    [InlineData("queue-unknown=5; depth=displayed", EventKind.Trade, "no more than the last trade had", "5 are assumed ahead")]
    [InlineData("", EventKind.Bar, "open, high, low, close", "next-open")]
    [InlineData("bar-path=adaptive; bar-fill=this-close", EventKind.Bar, "nearer extreme", "already history")]
    [InlineData("queue=probabilistic:log", EventKind.BookDelta, "walk its levels", "queue=probabilistic:log")]
    [InlineData("queue=fifo", EventKind.BookDelta, "nothing is estimated", "queue=fifo says nothing")]
    [InlineData("match=quotes", EventKind.BookDelta, "no order can fill", "not matched")]
    [InlineData("match=trades", EventKind.Bar, "match=trades", "no order can fill")]
    [InlineData("auctions=print", EventKind.Trade, "auction prints only", "no mark price")]
    [InlineData("auctions=print", EventKind.Bar, "Bars show no auction", "bar-path")]
    [InlineData("", EventKind.Bar, "stand for the auctions", "bar-path")]
    [InlineData("consume=off", EventKind.Signal, "no order can fill", "again and again")]
    public void A_run_can_say_what_it_assumes(string options, EventKind kind, string first, string second)
    {
        IReadOnlyList<string> said = VenueOptions.Parse(options).Approximations([kind]);
        Assert.Contains(said, s => s.Contains(first, StringComparison.Ordinal));
        Assert.Contains(said, s => s.Contains(second, StringComparison.Ordinal));
        Assert.All(said, s => Assert.EndsWith(".", s, StringComparison.Ordinal));
    }

    [Fact]
    public void The_finest_kind_of_data_decides_what_is_assumed()
    {
        IReadOnlyList<string> said = new VenueOptions().Approximations([EventKind.Bar, EventKind.Trade, EventKind.Quote]);
        Assert.DoesNotContain(said, s => s.Contains("bar-path", StringComparison.Ordinal));
        Assert.Contains(said, s => s.Contains("stands ahead of it", StringComparison.Ordinal));
    }

    [Fact]
    public void A_venue_refuses_options_that_were_built_wrong() =>
        Assert.Throws<ArgumentException>(() => new VenueDesk(new VenueOptions { DepthLevels = 0 }));

    [Theory]
    [InlineData("0", 0L)]
    [InlineData("1ns", 1L)]
    [InlineData("1.5us", 1_500L)]
    [InlineData("250us", 250_000L)]
    [InlineData("1ms", 1_000_000L)]
    [InlineData("2s", 2_000_000_000L)]
    [InlineData("3m", 180_000_000_000L)]
    [InlineData("1h", 3_600_000_000_000L)]
    public void Durations_read_as_written(string text, long nanoseconds) => Assert.Equal(nanoseconds, LatencyModel.Parse(text).LowNanoseconds);
}
