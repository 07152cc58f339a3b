using System.Globalization;
using MiniTrader.Exchange;
using MiniTrader.Model;
using MiniTrader.Tests.TickStore;
using Xunit;

namespace MiniTrader.Tests.Exchange;

/// <summary>Delays by hand-worked figures; what is lost on the way; one session's order.</summary>
public sealed class LatencyModelTests
{
    private const long Ms = Timestamp.NanosecondsPerMillisecond;

    [Theory]
    [InlineData("0")]
    [InlineData("250us")]
    [InlineData("500us..2ms")]
    [InlineData("lognormal(median=250us,sigma=0.5)")]
    [InlineData("spikes(base=250us,chance=0.001,extra=5ms..20ms)")]
    [InlineData("spikes(base=lognormal(median=1ms,sigma=0.25),chance=1,extra=5ms)")]
    public void Models_read_back(string text)
    {
        Assert.Equal(text, LatencyModel.Parse(text).ToString());
        Assert.Equal(LatencyModel.Parse(text), LatencyModel.Parse(LatencyModel.Parse(text).ToString()));
    }

    [Theory]
    [InlineData("lognormal(median=250us)")]
    [InlineData("lognormal(median=0,sigma=1)")]
    [InlineData("lognormal(median=1ms,sigma=11)")]
    [InlineData("lognormal(median=1ms,sigma=-1)")]
    [InlineData("lognormal(median=1ms,sigma=1,mean=2)")]
    [InlineData("spikes(base=1ms,chance=2,extra=1ms)")]
    [InlineData("spikes(base=1ms,chance=0.1)")]
    [InlineData("spikes(base=spikes(base=1ms,chance=0,extra=1ms),chance=0.1,extra=1ms)")]
    [InlineData("spikes(base=1ms,chance=0.1,extra=1ms")]
    [InlineData("gamma(k=2)")]
    [InlineData("recorded(no-such-file.csv)")]
    public void A_wrong_model_is_refused(string text) => Assert.Throws<FormatException>(() => LatencyModel.Parse(text));

    [Fact]
    public void Log_normal_delays_have_their_median_and_their_spread()
    {
        // Of a log-normal, e^(−sigma) and e^(sigma) times the median hold 68.3 % of the draws between them.
        LatencyModel model = LatencyModel.Parse("lognormal(median=250us,sigma=0.5)");
        SeededRandom random = new(3);
        List<long> draws = [.. Enumerable.Range(0, 20_000).Select(_ => model.Draw(LatencyLeg.Entry, default, ref random).Nanoseconds)];
        draws.Sort();
        Assert.InRange(draws[10_000], 246_000, 254_000);
        double inside = draws.Count(d => d >= 250_000 / 1.6487 && d <= 250_000 * 1.6487) / 20_000.0;
        Assert.InRange(inside, 0.673, 0.693);
    }

    [Fact]
    public void Spikes_come_with_their_chance()
    {
        SeededRandom random = new(3);
        LatencyModel never = LatencyModel.Parse("spikes(base=1ms,chance=0,extra=9ms)"), always = LatencyModel.Parse("spikes(base=1ms,chance=1,extra=9ms)");
        Assert.All(Enumerable.Range(0, 100), _ => Assert.Equal(1 * Ms, never.Draw(LatencyLeg.Entry, default, ref random).Nanoseconds));
        Assert.All(Enumerable.Range(0, 100), _ => Assert.Equal(10 * Ms, always.Draw(LatencyLeg.Entry, default, ref random).Nanoseconds));
        LatencyModel some = LatencyModel.Parse("spikes(base=1ms,chance=0.1,extra=9ms)");
        Assert.InRange(Enumerable.Range(0, 10_000).Count(_ => some.Draw(LatencyLeg.Entry, default, ref random).Nanoseconds > Ms), 900, 1_100);
    }

    [Theory]
    [InlineData(-5, 2)] // before the first row: that row's
    [InlineData(0, 2)]
    [InlineData(50, 3)] // half-way from 2 to 4
    [InlineData(75, 3.5)]
    [InlineData(100, 4)]
    [InlineData(900, 4)] // behind the last row: that row's
    public void Entry_is_linear_between_rows_by_request_time(double at, double milliseconds)
    {
        RecordedLatency rows = new("made", [Row(0, 2, 7), Row(100, 104, 110)]);
        Assert.Equal(new LatencyDraw((long)(milliseconds * Ms)), rows.Draw(LatencyLeg.Entry, At(at)));
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(2, 5)] // venue times 2 and 104, responses 5 and 6
    [InlineData(53, 5.5)]
    [InlineData(104, 6)]
    [InlineData(105, 6)]
    public void Response_is_linear_between_rows_by_venue_time(double at, double milliseconds)
    {
        RecordedLatency rows = new("made", [Row(0, 2, 7), Row(100, 104, 110)]);
        Assert.Equal((long)(milliseconds * Ms), rows.Draw(LatencyLeg.Response, At(at)).Nanoseconds);
    }

    [Fact]
    public void A_row_without_venue_time_loses_what_is_sent_until_the_next()
    {
        // Round trips 7, 30 and 10 ms; only the second never reached the venue.
        RecordedLatency rows = new("made", [Row(0, 2, 7), Row(100, null, 130), Row(200, 204, 210)]);
        Assert.Equal(new LatencyDraw(30 * Ms, IsLost: true), rows.Draw(LatencyLeg.Entry, At(100)));
        Assert.Equal(new LatencyDraw(20 * Ms, IsLost: true), rows.Draw(LatencyLeg.Entry, At(150)));
        Assert.Equal(new LatencyDraw(4 * Ms), rows.Draw(LatencyLeg.Entry, At(200)));

        // Before it the entry goes on to the next row that the venue saw: half-way from 2 to 4 at 100, so 2.99 at 99.
        Assert.Equal(new LatencyDraw(2_990_000), rows.Draw(LatencyLeg.Entry, At(99)));
    }

    [Fact]
    public void A_file_of_rows_is_read_and_a_wrong_one_named()
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Path, "legs.csv");
        File.WriteAllText(path, "request,venue,response\n0,2000000,7000000\n100000000,,130000000\n2024-01-02T14:30:00Z,2024-01-02T14:30:01Z,2024-01-02T14:30:02Z\n");
        LatencyModel model = LatencyModel.Parse($"recorded({path})");
        Assert.Equal($"recorded({path})", model.ToString());
        Assert.Equal(model, LatencyModel.Parse(model.ToString()));
        Assert.Equal(model, LatencyModel.Parse($"recorded({Path.GetRelativePath(Directory.GetCurrentDirectory(), path)})"));
        SeededRandom random = new(1);
        Assert.True(model.Draw(LatencyLeg.Entry, At(100), ref random).IsLost);

        foreach ((string text, string said) in (ReadOnlySpan<(string, string)>)
        [
            ("0,2,1\n", "Row 1"), ("5,6,7\n4,8,9\n", "Row 2"), ("1,2\n", "line 1"), ("1,2,3\nx,y,z\n", "line 2"), ("1,,3\n", "no row that the venue saw"), ("", "no row"),
            ("0,9,10\n1,8,10\n", "Row 2"),
        ])
        {
            File.WriteAllText(path, text);
            Assert.Contains(said, Assert.Throws<FormatException>(() => LatencyModel.Parse($"recorded({path})")).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_lost_order_is_rejected_after_the_round_trip_and_holds_nobody_up()
    {
        RecordedLatency rows = new("made", [Row(0, null, 30), Row(10, 12, 15)]);
        LatencyModel recorded = LatencyModel.Recorded(rows);
        VenueDesk desk = new(VenueOptions.Instant with { NewLatency = recorded, ReplaceLatency = recorded, CancelLatency = recorded, ResponseLatency = recorded });
        Timestamp start = desk.Now;
        RecordedLatency moved = new("made", [(start, null, start + (30 * Ms)), (start + (10 * Ms), start + (12 * Ms), start + (15 * Ms))]);
        recorded = LatencyModel.Recorded(moved);
        desk = new(VenueOptions.Instant with { NewLatency = recorded, ReplaceLatency = recorded, CancelLatency = recorded, ResponseLatency = recorded });
        desk.Quote("10.00", 100, "10.02", 100);
        ClientOrderId lost = desk.Limit(OrderSide.Buy, 10, "9.99");
        desk.Pass(10 * Ms);
        ClientOrderId taken = desk.Limit(OrderSide.Buy, 10, "9.98");
        List<ExecutionReport> reports = desk.Take(start + (100 * Ms));

        // The second is sent at 10, arrives at 12 and is heard of at 15; the first is heard of at 30.
        Assert.Equal([(taken, ReportKind.Accepted, 15.0), (lost, ReportKind.Rejected, 30.0)], reports.Select(r => (r.ClientOrderId, r.Kind, (r.ReceivedTime - start) / (double)Ms)));
        Assert.Equal(ReasonCode.TechnicalReject, reports[1].Reason);
        Assert.Equal(1, desk.Venue.WorkingOrders);
    }

    [Fact]
    public void A_lost_cancel_leaves_its_order_working()
    {
        Timestamp start = new VenueDesk().Now;
        LatencyModel dead = LatencyModel.Recorded(new RecordedLatency("made", [(start - 1, start, start), (start, null, start + (30 * Ms))]));
        VenueDesk desk = new(VenueOptions.Instant with { CancelLatency = dead });
        desk.Quote("10.00", 100, "10.02", 100);
        ClientOrderId id = desk.Limit(OrderSide.Buy, 10, "9.99");
        desk.Take();
        desk.Cancel(id);
        ExecutionReport report = Assert.Single(desk.Take(start + (60 * Ms)));
        Assert.Equal((ReportKind.CancelRejected, ReasonCode.TechnicalReject, Quantity.FromUnits(10)), (report.Kind, report.Reason, report.Leaves));
        Assert.Equal(start + (30 * Ms), report.ReceivedTime);
        Assert.Equal(1, desk.Venue.WorkingOrders);
    }

    [Fact]
    public void A_delay_of_the_users_own_is_asked_for_its_leg()
    {
        LatencyModel model = LatencyModel.Custom(new EntryOnly());
        VenueDesk desk = new(VenueOptions.Instant with { NewLatency = model, ResponseLatency = model });
        desk.Limit(OrderSide.Buy, 10, "9.99");
        Timestamp start = desk.Now;
        ExecutionReport report = desk.Take(start + (60 * Ms))[0];
        Assert.Equal((start + (3 * Ms), start + (4 * Ms)), (report.VenueTime, report.ReceivedTime));
        Assert.Equal("custom(EntryOnly)", model.ToString());
        Assert.Throws<FormatException>(() => LatencyModel.Parse(model.ToString()));
    }

    [Fact]
    public void A_custom_delay_out_of_range_stops_the_run() =>
        Assert.Throws<InvalidOperationException>(() => new VenueDesk(VenueOptions.Instant with { NewLatency = LatencyModel.Custom(new Backwards()) }).Limit(OrderSide.Buy, 1, "1"));

    [Fact]
    public void An_overtaking_draw_is_held_back_to_the_one_before()
    {
        VenueDesk desk = new(VenueOptions.Instant with { NewLatency = LatencyModel.Parse("lognormal(median=1ms,sigma=2)"), ResponseLatency = LatencyModel.Parse("spikes(base=0,chance=0.2,extra=5ms)") });
        List<ClientOrderId> sent = [];
        for (int i = 0; i < 200; i++)
        {
            sent.Add(desk.Limit(OrderSide.Buy, 1, "9.99"));
            desk.Pass(10_000);
        }

        List<ExecutionReport> heard = desk.Take(Timestamp.MaxValue);
        Assert.Equal(sent, heard.Select(r => r.ClientOrderId));
        Assert.True(heard.Zip(heard.Skip(1)).All(p => p.First.VenueTime <= p.Second.VenueTime && p.First.ReceivedTime <= p.Second.ReceivedTime));
    }

    [Theory]
    [InlineData("entry=2ms,response=3ms", "2ms 2ms 2ms 3ms")]
    [InlineData("5ms", "5ms 5ms 5ms 5ms")]
    [InlineData("new=2ms,modify=3ms,cancel=4ms", "2ms 3ms 4ms 1ms")]
    [InlineData("entry=lognormal(median=1ms,sigma=0.5),cancel=7ms", "lognormal(median=1ms,sigma=0.5) lognormal(median=1ms,sigma=0.5) 7ms 1ms")]
    public void One_value_names_legs(string value, string legs)
    {
        VenueOptions options = new VenueOptions().With("latency", value);
        Assert.Equal(legs, string.Create(CultureInfo.InvariantCulture, $"{options.NewLatency} {options.ReplaceLatency} {options.CancelLatency} {options.ResponseLatency}"));
    }

    [Theory]
    [InlineData("latency", "entry=1ms,2ms", "names no leg")]
    [InlineData("latency", "feed=1ms", "feed")]
    [InlineData("latency-entry", "soon", "latency-new")]
    [InlineData("latency-lunar", "1ms", "latency-lunar")]
    public void A_wrong_leg_is_named(string key, string value, string said) =>
        Assert.Contains(said, Assert.Throws<ArgumentException>(() => new VenueOptions().With(key, value)).Message, StringComparison.Ordinal);

    private static Timestamp At(double milliseconds) => new((long)(milliseconds * Ms));

    private static (Timestamp Request, Timestamp? Venue, Timestamp Response) Row(double request, double? venue, double response) =>
        (At(request), venue is { } v ? At(v) : null, At(response));

    private sealed class EntryOnly : CustomLatency
    {
        public override LatencyDraw Draw(LatencyLeg leg, Timestamp at, ref SeededRandom random) => new(leg == LatencyLeg.Entry ? 3 * Ms : 1 * Ms);
    }

    private sealed class Backwards : CustomLatency
    {
        public override LatencyDraw Draw(LatencyLeg leg, Timestamp at, ref SeededRandom random) => new(-1);
    }
}
