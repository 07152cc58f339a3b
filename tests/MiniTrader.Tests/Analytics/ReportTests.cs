using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using CsCheck;
using MiniTrader.Analytics;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.Analytics;

/// <summary>report.html: strict XML whatever it is fed, one file without a word to the network, everything from users escaped.</summary>
public sealed class ReportTests
{
    private static readonly XNamespace _html = "http://www.w3.org/1999/xhtml";

    [Fact]
    public void An_ordinary_run_shows_its_figures_charts_and_trades()
    {
        XDocument page = Parse(Model(400));
        Assert.Equal("EmaCross", page.Descendants(_html + "h1").Single().Value);
        Assert.Equal(["Equity", "Drawdown", "Exposure", "ABC.XNAS", "By instrument", "Trades", "Statistics", "Settings"], page.Descendants(_html + "h2").Select(h => h.Value));
        Assert.Equal(4, page.Descendants(_html + "svg").Count());
        Assert.All(page.Descendants(_html + "svg"), svg => Assert.False(string.IsNullOrEmpty((string?)svg.Attribute("aria-label"))));
        Assert.Equal(20, page.Descendants(_html + "polygon").Count());
        Assert.Contains("Sharpe", page.ToString(), StringComparison.Ordinal);
        Assert.Contains("fast", page.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_of_several_strategies_says_what_each_did()
    {
        ReportModel model = Model(50);
        XDocument page = Parse(model with { Summary = model.Summary with { Strategies = ["Up", "<Down>"] } });
        XElement section = page.Descendants(_html + "section").Single(s => s.Descendants(_html + "h2").Any(h => h.Value == "By strategy"));
        Assert.Equal(StrategyTable.Headings, section.Descendants(_html + "th").Where(h => (string?)h.Attribute("scope") == "col").Select(h => h.Value));
        Assert.Equal(["Up", "<Down>"], section.Descendants(_html + "th").Where(h => (string?)h.Attribute("scope") == "row").Select(h => h.Value));
    }

    [Fact]
    public void It_asks_the_network_for_nothing_and_runs_no_script()
    {
        string page = ReportWriter.Write(Model(400));
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", page, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", page, StringComparison.Ordinal);
        Assert.Equal(["http://www.w3.org/1999/xhtml"], Regex.Matches(page, "https?://[^\" ]+").Select(m => m.Value).Distinct());
        Assert.Contains("prefers-color-scheme: dark", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Runs_of_almost_nothing_still_make_a_page(int points) => Parse(Model(points));

    [Fact]
    public void What_users_write_stays_text()
    {
        const string evil = "</style></title><script>alert('x')</script> & \"q\" \u0000\u0007\uFFFF\uD800";
        ReportModel model = Model(50);
        model = model with
        {
            Summary = model.Summary with { Strategy = evil, Instruments = [evil, evil], Machine = evil, Hash = evil, Currency = evil },
            Settings = [new(evil, evil)],
        };
        XDocument page = Parse(model);
        Assert.Empty(page.Descendants(_html + "script"));
        Assert.StartsWith("</style></title><script>alert('x')</script> & \"q\"", page.Descendants(_html + "h1").Single().Value, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", ReportWriter.Write(model), StringComparison.Ordinal);
    }

    [Fact]
    public void Any_text_is_escaped_to_well_formed_markup() => Gen.String.Sample(text =>
    {
        XElement element = XElement.Parse($"<a b=\"{Markup.Escape(text)}\">{Markup.Escape(text)}</a>", LoadOptions.PreserveWhitespace);
        Assert.Equal(Markup.Escape(text), Markup.Escape(element.Value));
        Assert.Equal(Markup.Escape(text), Markup.Escape(element.Attribute("b")!.Value));
    });

    [Fact]
    public void Long_lists_are_cut_and_say_how_much_is_left_out()
    {
        ReportBuilder report = new();
        StatisticsBuilder statistics = new();
        for (int i = 0; i < 1_000; i++)
        {
            FillRow fill = i % 2 == 0 ? Sample.Buy(1, 10, minute: i) : Sample.Sell(1, 11, minute: i);
            report.Add(in fill);
            if (statistics.Add(in fill, out RoundTrip trip)) report.Add(in trip);
        }

        ReportModel model = report.Build(Sample.Summary(statistics.Build()), []);
        Assert.Equal(2, model.PriceCharts[0].Fills.Select(fill => fill.Side).Distinct().Count());
        string page = ReportWriter.Write(model);
        Assert.Contains("300 more trades are left out here", page, StringComparison.Ordinal);
        Assert.Contains("One fill in 9 is marked", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_million_points_make_a_small_page()
    {
        ReportBuilder report = new();
        StatisticsBuilder statistics = new();
        SeededRandom random = new(1);
        decimal equity = 1_000_000;
        for (int i = 0; i < 1_000_000; i++)
        {
            equity += random.NextInt64(2_001) - 1_000;
            EquityPoint point = Sample.Equity(Sample.Start + (i * Timestamp.NanosecondsPerSecond), i == 654_321 ? 9_876_543 : equity, i % 5);
            report.Add(in point, statistics.Add(in point));
        }

        ReportModel model = report.Build(Sample.Summary(statistics.Build()), []);
        Assert.InRange(model.Equity.Count, 500, 2_048);
        Assert.Contains(model.Equity, p => p.Value == 9_876_543);
        Assert.InRange(ReportWriter.Write(model).Length, 10_000, 400_000);
    }

    [Theory]
    [InlineData(1e-9)]
    [InlineData(1)]
    [InlineData(1e9)]
    [InlineData(1e24)]
    [InlineData(-1e24)]
    public void Numbers_of_any_size_fit_on_the_axes(double size)
    {
        ReportBuilder report = new();
        StatisticsBuilder statistics = new();
        for (int i = 0; i < 100; i++)
        {
            EquityPoint point = Sample.Equity(Sample.Minute(i), (decimal)(size * (1 + (i % 10))), (decimal)Math.Abs(size));
            report.Add(in point, statistics.Add(in point));
        }

        XDocument page = Parse(report.Build(Sample.Summary(statistics.Build()), []));
        foreach (XElement text in page.Descendants(_html + "text")) Assert.InRange(text.Value.Length, 1, 16);
        Assert.DoesNotContain("NaN", page.ToString(), StringComparison.Ordinal);
    }

    private static XDocument Parse(ReportModel model)
    {
        using StringReader text = new(ReportWriter.Write(model));
        using XmlReader reader = XmlReader.Create(text, new() { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
        return XDocument.Load(reader);
    }

    private static ReportModel Model(int points)
    {
        ReportBuilder report = new();
        StatisticsBuilder statistics = new();
        for (int i = 0; i < points; i++)
        {
            EquityPoint point = Sample.Equity(Sample.Minute(i), 10_000 + (i * 37 % 101), i % 3);
            report.Add(in point, statistics.Add(in point));
            report.Add(new PricePoint { Time = Sample.Minute(i), Instrument = new(0), Price = Price.FromDecimal(100 + (i % 7)) });
            if (i % 20 != 0) continue;
            FillRow fill = i % 40 == 0 ? Sample.Buy(1, 100 + (i % 7), 0.01m, i) : Sample.Sell(1, 100 + (i % 7), 0.01m, i);
            report.Add(in fill);
            if (statistics.Add(in fill, out RoundTrip trip)) report.Add(in trip);
        }

        return report.Build(Sample.Summary(statistics.Build()), [new("fast", "12"), new("slow", "26")]);
    }
}
