using System.Text.Json;
using MiniTrader.DataTools;
using MiniTrader.Model;
using MiniTrader.TickStore;
using Xunit;

namespace MiniTrader.Tests.DataTools.Calendars;

/// <summary>Sessions as imports leave them in a catalog.</summary>
public sealed class ImportedSessionTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Catalog => Path.Combine(_folder.Root, "catalog");

    public void Dispose() => _folder.Dispose();

    private string Run(params string[] args)
    {
        using StringWriter output = new(), errors = new();
        int code = DataToolsCli.Run([.. args, "--catalog", Catalog], new(output, errors, false));
        Assert.True(code == 0, $"{string.Join(' ', args)}: {code}\n{output}\n{errors}");
        return output.ToString();
    }

    private string[] SessionsOf(string name) => TradingCalendarTests.Text(TickCatalog.Open(Catalog).Instruments.Single(i => i.Name == name).Sessions!);

    private string Quotes(string file, params string[] days) =>
        _folder.Write(file, "time,bid,ask\n" + string.Concat(days.Select(d => $"{d}T15:00:00Z,10,11\n")));

    [Fact]
    public void Lean_shares_have_the_hours_before_and_after_the_market_or_the_regular_ones()
    {
        string trades = SharedData.Path("lean/equity/usa/tick/spy/20131007_trade.zip");
        string told = Run("import", "lean", trades);
        Assert.Contains("market-hours-database.json gives equity at usa the extended hours of equity-usa-[*]", told, StringComparison.Ordinal);

        // 04:00 to 20:00 in New York, UTC-4, for the week from the day before the first row.
        string[] sessions = SessionsOf("SPY.USA");
        Assert.Equal("2013-10-07T08:00 2013-10-08T00:00", sessions[0]);
        Assert.Equal("2013-10-14T08:00 2013-10-15T00:00", sessions[^1]);
        Assert.Equal(6, sessions.Length);

        Run("import", "lean", trades, "--hours", "regular", "--overwrite");
        Assert.Equal("2013-10-07T13:30 2013-10-07T20:00", SessionsOf("SPY.USA")[0]);
        Run("import", "lean", trades, "--sessions", "none", "--overwrite");
        Assert.Null(TickCatalog.Open(Catalog).Instruments[0].Sessions);
    }

    [Fact]
    public void Lean_futures_have_days_that_begin_on_the_evening_before()
    {
        Run("import", "lean", SharedData.Path("lean/future/cme/minute/es"));
        string[] sessions = SessionsOf("ES-201312.CME");
        Assert.Equal("2013-10-07T22:00 2013-10-08T21:00", sessions[1]);
    }

    [Fact]
    public void Lean_holidays_and_early_closes_are_those_of_the_entry_then_of_the_market()
    {
        MarketHoursFile hours = MarketHoursFile.Load(SharedData.Path("lean/market-hours/market-hours-database.json"));
        string[] Of(string path, string from, string to)
        {
            TradingCalendar calendar = hours.CalendarOf(LeanFile.FromPath(path)!, LeanHours.Regular, new(NullSink.Instance))!;
            return TradingCalendarTests.Text(calendar.Sessions(Timestamp.Parse(from), Timestamp.Parse(to)));
        }

        // Shares: an early close at 13:00 on 3 July 2013, in New York 17:00 UTC, and none on the 4th.
        Assert.Equal(["2013-07-03T13:30 2013-07-03T17:00", "2013-07-05T13:30 2013-07-05T20:00"], Of("equity/usa/tick/spy/20130703_trade.zip", "2013-07-03", "2013-07-06"));

        // Options list no dates: those of their shares hold.
        Assert.Equal(["2013-07-03T13:30 2013-07-03T17:00", "2013-07-05T13:30 2013-07-05T20:00"], Of("option/usa/minute/foxa/20130703_trade_american.zip", "2013-07-03", "2013-07-06"));

        // ES closed at 11:30 on 4 July 2013 by its own entry, which all of its market has as open; Christmas is the market's.
        Assert.Equal(["2013-07-03T13:30 2013-07-03T17:15", "2013-07-04T13:30 2013-07-04T15:30"], Of("future/cme/minute/es/20130703_trade.zip", "2013-07-03", "2013-07-05"));
        Assert.Equal([], Of("future/cme/minute/es/20131225_trade.zip", "2013-12-25", "2013-12-26"));
        Assert.Null(hours.CalendarOf(LeanFile.FromPath("equity/mars/tick/spy/20130703_trade.zip")!, LeanHours.Regular, new(NullSink.Instance)));
        Assert.True(hours.CalendarOf(LeanFile.FromPath("crypto/coinbase/minute/btcusd/20180405_trade.zip")!, LeanHours.Extended, new(NullSink.Instance))!.IsContinuous);
    }

    [Fact]
    public void Every_entry_of_a_lean_database_is_a_calendar()
    {
        string path = SharedData.Path("lean/market-hours/market-hours-database.json");
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
        int open = 0;
        foreach (JsonProperty entry in document.RootElement.GetProperty("entries").EnumerateObject())
        {
            TradingCalendar? calendar = LeanCalendar.Read(entry.Value, [], LeanHours.Extended);
            if (calendar is null) continue;
            open++;
            TradingSessions sessions = calendar.Sessions(Timestamp.Parse("1998-01-01"), Timestamp.Parse("2028-01-01"));
            Assert.True(sessions.Count > 1_000, entry.Name);
        }

        Assert.True(open > 500, $"{open}");
    }

    [Fact]
    public void Hours_that_cannot_be_read_are_refused_with_file_and_entry()
    {
        string path = _folder.Write("hours.json", """{"entries":{"Equity-usa-[*]":{"dataTimeZone":"UTC","exchangeTimeZone":"UTC","monday":[{"start":"noon","end":"16:00:00","state":"market"}]}}}""");
        MarketHoursFile hours = MarketHoursFile.Load(path);
        ImportException fault = Assert.Throws<ImportException>(() => hours.CalendarOf(LeanFile.FromPath("equity/usa/tick/spy/20130703_trade.zip")!, default, new(NullSink.Instance)));
        Assert.Contains($"{path}: the entry equity-usa-[*] cannot be read as trading hours", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_has_the_sessions_of_its_option_and_later_imports_add_theirs()
    {
        string aaa = Quotes("AAA.csv", "2024-06-03"), bbb = Quotes("BBB.csv", "2024-06-03");
        string[] hours = ["--venue", "X", "--sessions", "09:30-16:00@America/New_York"];
        Run(["import", "csv", aaa, bbb, .. hours]);
        Assert.Equal("2024-06-03T13:30 2024-06-03T20:00", SessionsOf("BBB.X")[0]);
        Assert.Equal("2024-06-10T13:30 2024-06-10T20:00", SessionsOf("BBB.X")[^1]);

        // One list in the file for both.
        string json = File.ReadAllText(Path.Combine(Catalog, "instruments.json"));
        Assert.Equal(1, json.Split("\"sessions\"").Length - 1);
        Assert.Contains("\"sessionsOf\": \"AAA.X\"", json, StringComparison.Ordinal);

        Run(["import", "csv", Quotes("day2/AAA.csv", "2024-06-17"), .. hours, "--holidays", "2024-06-19"]);
        string[] both = SessionsOf("AAA.X");
        Assert.Contains("2024-06-10T13:30 2024-06-10T20:00", both);
        Assert.Contains("2024-06-18T13:30 2024-06-18T20:00", both);
        Assert.DoesNotContain(both, s => s.StartsWith("2024-06-19", StringComparison.Ordinal));
        Assert.Equal("2024-06-10T13:30 2024-06-10T20:00", SessionsOf("BBB.X")[^1]);
        Assert.Contains("6 x 13:30-20:00", Run("info"), StringComparison.Ordinal);
        Assert.Contains("\"hours\": \"13:30-20:00\"", Run("info", "--json"), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_were_there_before_the_sessions_lie_in_them_too()
    {
        Run("import", "csv", Quotes("AAA.csv", "2024-06-03"), "--venue", "X");
        Assert.Null(TickCatalog.Open(Catalog).Instruments[0].Sessions);
        Run("import", "csv", Quotes("later/AAA.csv", "2024-07-01"), "--venue", "X", "--sessions", "09:30-16:00@America/New_York");
        Assert.Equal("2024-06-03T13:30 2024-06-03T20:00", SessionsOf("AAA.X")[0]);
        Run("import", "csv", Quotes("last/AAA.csv", "2024-07-02"), "--venue", "X");
        Assert.Equal("2024-06-03T13:30 2024-06-03T20:00", SessionsOf("AAA.X")[0]);
    }

    [Fact]
    public void Prices_of_a_time_of_which_the_sessions_say_nothing_are_refused_and_both_remedies_work()
    {
        string[] hours = ["--venue", "X", "--sessions", "09:30-16:00@America/New_York"];
        Run(["import", "csv", Quotes("AAA.csv", "2024-06-03"), .. hours]);
        Run("import", "csv", Quotes("week/AAA.csv", "2024-06-10"), "--venue", "X");
        string later = Quotes("later/AAA.csv", "2024-06-11", "2024-09-03");
        (int code, _, string errors) = Tools.Run("import", "csv", later, "--venue", "X", "--catalog", Catalog);
        Assert.Equal(2, code);
        Assert.Contains(
            "AAA.X has sessions in the catalog, from 2024-06-03T13:30:00Z to 2024-06-10T20:00:00Z, and 2 rows of this import, from 2024-06-11T15:00:00Z to 2024-09-03T15:00:00Z, are of a time",
            errors, StringComparison.Ordinal);
        Assert.Contains("--sessions and the hours of that time", errors, StringComparison.Ordinal);
        Assert.Contains("--sessions none", errors, StringComparison.Ordinal);
        Assert.Equal(2, Tools.Rows(Catalog, "quotes of AAA.X").Length);

        // Overwriting keeps sessions as well.
        Assert.Equal(2, Tools.Run("import", "csv", later, "--venue", "X", "--overwrite", "--catalog", Catalog).Code);

        Run(["import", "csv", later, .. hours]);
        Assert.Contains("2024-09-03T13:30 2024-09-03T20:00", SessionsOf("AAA.X"));
        Run("import", "csv", Quotes("last/AAA.csv", "2025-02-03"), "--venue", "X", "--sessions", "none");
        Assert.Null(TickCatalog.Open(Catalog).Instruments[0].Sessions);
    }

    [Fact]
    public void A_calendar_without_a_break_replaces_sessions_too()
    {
        Run("import", "csv", Quotes("AAA.csv", "2024-06-03"), "--venue", "X", "--sessions", "09:30-16:00@America/New_York");
        Run("import", "csv", Quotes("later/AAA.csv", "2024-09-03"), "--venue", "X", "--sessions", "Mon-Sun 00:00-24:00@UTC");
        Assert.Null(TickCatalog.Open(Catalog).Instruments[0].Sessions);
    }

    [Fact]
    public void Sessions_of_an_instrument_that_has_none_are_refused()
    {
        Run("import", "csv", Quotes("AAA.csv", "2024-06-03"), "--venue", "X");
        string path = Path.Combine(Catalog, "instruments.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"multiplier\"", "\"sessionsOf\": \"ZZZ.X\", \"multiplier\"", StringComparison.Ordinal));
        Assert.Contains("AAA.X has the sessions of ZZZ.X, which has none there", Assert.Throws<TickDataException>(() => TickCatalog.Open(Catalog)).Message, StringComparison.Ordinal);
    }
}
