using MiniTrader.DataTools;
using MiniTrader.Model;
using MiniTrader.TickStore;
using Xunit;

namespace MiniTrader.Tests.DataTools;

/// <summary>What the doctor says of prices that cannot be and of rows outside an instrument's sessions.</summary>
public sealed class SeriesDoctorTests
{
    private static readonly Timestamp _open = Timestamp.Parse("2024-01-02T14:30"), _close = Timestamp.Parse("2024-01-02T21:00"), _nextOpen = Timestamp.Parse("2024-01-03T14:30");

    private static readonly Instrument _share = new()
    {
        Symbol = "A",
        Venue = "X",
        Sessions = new([(_open, _close), (_nextOpen, Timestamp.Parse("2024-01-03T21:00"))]),
    };

    /// <summary>Two rows are before the first session, one stands on its close, one between the sessions: four, and the first is row 0.</summary>
    [Fact]
    public void Rows_outside_the_sessions_are_counted_with_the_first_of_them()
    {
        Finding finding = Assert.Single(
            Look(_share, TickKind.Quotes, Quote("2024-01-02T14:20"), Quote("2024-01-02T14:29:59.999"), Quote("2024-01-02T14:30"), Quote("2024-01-02T14:31"), Quote("2024-01-02T21:00"), Quote("2024-01-03T14:29"), Quote("2024-01-03T14:30")),
            f => f.Check == "outside-session");
        Assert.Equal((Severity.Info, 4L), (finding.Severity, finding.Count));
        Assert.Equal((0L, "2024-01-02T14:20:00Z", "before the session of 2024-01-02T14:30:00Z"), (finding.Examples[0].Row, finding.Examples[0].Time, finding.Examples[0].Text));
    }

    /// <summary>A bar whose open is twice the closes around it, as one wrong trade makes it: nothing moved from close to close, but orders fill at the open.</summary>
    [Theory]
    [InlineData("159.58", "79.44", "80.46", "the bar goes to 159.58 between closes at 79.82 and 80.46")]
    [InlineData("80.5", "40", "80.46", "the bar goes to 40 between closes at 79.82 and 80.46")]
    [InlineData("159.58", "79.44", "159", "the price moves from 79.82 to 159")]
    [InlineData("81", "79", "80.46", null)]
    public void A_price_inside_a_bar_that_is_far_from_the_closes_around_it_is_an_outlier(string high, string low, string close, string? text)
    {
        TickKind days = TickKind.Bars(BarInterval.Create(1, BarUnit.Day));
        Finding[] findings = [.. Look(_share with { Sessions = null }, days, Bar("2024-01-03", "79.4", "80", "79", "79.82"), Bar("2024-01-04", high, high, low, close)).Where(f => f.Check == "outlier")];
        Assert.Equal(text is null ? [] : [text], findings.SelectMany(f => f.Examples).Select(e => e.Text));
    }

    private static MarketEvent Bar(string end, string open, string high, string low, string close)
    {
        MarketEvent e = At(end, EventKind.Bar);
        e.Header.Detail = BarInterval.Create(1, BarUnit.Day).Packed;
        (e.Bar.Open, e.Bar.High, e.Bar.Low, e.Bar.Close) = (Price.Parse(open), Price.Parse(high), Price.Parse(low), Price.Parse(close));
        e.Bar.Volume = Quantity.FromUnits(1);
        return e;
    }

    [Fact]
    public void Rows_behind_the_last_session_or_of_no_session_at_all_are_outside_and_those_without_a_calendar_are_not()
    {
        Finding late = Assert.Single(Look(_share, TickKind.Quotes, Quote("2024-01-04T15:00")));
        Assert.Equal((Severity.Warning, "no-session"), (late.Severity, late.Check));
        Assert.StartsWith("after the last session, and far from any: the market never opens", late.Examples[0].Text, StringComparison.Ordinal);
        Assert.Equal("outside-session", Assert.Single(Look(_share, TickKind.Quotes, Quote("2024-01-03T23:00"))).Check);
        Assert.Equal("no-session", Assert.Single(Look(_share with { Sessions = new([]) }, TickKind.Quotes, Quote("2024-01-02T15:00"))).Check);
        Assert.Empty(Look(_share with { Sessions = null }, TickKind.Quotes, Quote("2024-01-02T03:00")));
    }

    /// <summary>A bar's time is its end: one that ends with the session is inside, one that begins then is not.</summary>
    [Theory]
    [InlineData("2024-01-02T14:30", false)]
    [InlineData("2024-01-02T14:31", true)]
    [InlineData("2024-01-02T21:00", true)]
    [InlineData("2024-01-02T21:00:30", true)]
    [InlineData("2024-01-02T21:01", false)]
    public void A_bar_is_inside_with_any_part_of_it(string end, bool isInside)
    {
        BarInterval minute = BarInterval.Create(1, BarUnit.Minute);
        MarketEvent e = At(end, EventKind.Bar);
        e.Header.Detail = minute.Packed;
        e.Bar.Open = e.Bar.High = e.Bar.Low = e.Bar.Close = Price.Parse("10");
        e.Bar.Volume = Quantity.FromUnits(1);
        Assert.Equal(isInside ? [] : ["outside-session"], Look(_share, TickKind.Bars(minute), e).Select(f => f.Check));
    }

    [Theory]
    [InlineData(AssetClass.Equity, "0", 5, "Error bad-price")]
    [InlineData(AssetClass.Equity, "-1", 5, "Error bad-price")]
    [InlineData(AssetClass.Future, "-1", 5, "")]
    [InlineData(AssetClass.Equity, "0", 0, "")]
    public void A_price_that_the_instrument_cannot_have_is_an_error(AssetClass kind, string bid, long size, string finding)
    {
        MarketEvent e = Quote("2024-01-02T15:00");
        (e.Quote.Bid, e.Quote.BidSize) = (Price.Parse(bid), Quantity.FromUnits(size));
        Assert.Equal(finding.Length == 0 ? [] : [finding], Look(_share with { AssetClass = kind }, TickKind.Quotes, e).Select(f => $"{f.Severity} {f.Check}"));
    }

    private static Finding[] Look(Instrument instrument, TickKind kind, params MarketEvent[] rows)
    {
        SeriesDoctor doctor = new(new(instrument, kind, "folder"), new());
        doctor.Begin(new("file", rows.Length, 1, 0, default, default, TickCompression.None, TickColumns.None, true) { BatchRows = [rows.Length] });
        foreach (MarketEvent row in rows) doctor.Look(row);
        return [.. doctor.Findings];
    }

    private static MarketEvent Quote(string time)
    {
        MarketEvent e = At(time, EventKind.Quote);
        (e.Quote.Bid, e.Quote.Ask) = (Price.Parse("10"), Price.Parse("10.01"));
        e.Quote.BidSize = e.Quote.AskSize = Quantity.FromUnits(1);
        return e;
    }

    private static MarketEvent At(string time, EventKind kind)
    {
        MarketEvent e = default;
        e.Header.Kind = kind;
        e.Header.VenueTime = e.Header.ReceivedTime = Timestamp.Parse(time);
        return e;
    }
}
