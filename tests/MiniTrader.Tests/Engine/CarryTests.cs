using MiniTrader.Engine;
using MiniTrader.Exchange;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Risk;
using Xunit;

namespace MiniTrader.Tests.Engine;

/// <summary>Money over time, each figure worked out by hand. Orders fill at once and cost nothing, so that what remains is the rule's.</summary>
public sealed class CarryTests
{
    private const double Hour = 3_600_000;
    private const double Day = 24 * Hour;
    private static readonly VenueOptions _slow = VenueOptions.Instant with { ResponseLatency = LatencyModel.Constant(5 * Timestamp.NanosecondsPerMillisecond) };
    private static readonly Instrument _share = new() { Symbol = "AAA", Venue = "XTST" };

    [Theory]
    [InlineData(100, "50")] // 100 × 0.50 are received
    [InlineData(-40, "-20")] // who is short pays it
    public void A_dividend(long held, string income)
    {
        CarryRun run = new(new(), _share);
        run.Hold(held, "10.00").Action(2, CorporateActionKind.Dividend, amount: "0.50").Finish();
        Assert.Equal(decimal.Parse(income, System.Globalization.CultureInfo.InvariantCulture), run.Account.Income);
        Assert.Equal(100_000m + run.Account.Income, run.Account.Equity);
        run.AssertCashAgrees();
        LedgerEntry entry = Assert.Single(run.Entries);
        Assert.Equal((LedgerEntryKind.Dividend, run.Account.Income, Price.Parse("0.5")), (entry.Kind, entry.Amount, entry.Price));
    }

    [Fact]
    public void A_split_keeps_the_worth_and_pays_what_is_left_over()
    {
        // 3-for-2 of 101 at 12.00: 151.5 at 8.00. 151 stay, the half is paid 4.00. Cost 1212 stays; 151 × 8 = 1208 is 4 less.
        CarryRun run = new(new(), _share);
        run.Hold(101, "12.00").Action(2, CorporateActionKind.Split, newUnits: 3, oldUnits: 2).Finish();
        Assert.Equal(Quantity.FromUnits(151), run.Position.Quantity);
        Assert.Equal(1212m, run.Position.Cost);
        Assert.Equal((4m, -4m, 100_000m), (run.Account.Income, run.Account.Unrealised, run.Account.Equity));
        run.AssertCashAgrees();
    }

    [Fact]
    public void What_filled_before_a_split_is_heard_before_it_however_long_its_report_takes()
    {
        // 100 at 12.00 fill at 0 and would be heard at 5 ms; the split at 2 ms makes 200 at 6.00 of them. 1200 of cost, worth 200 × 6.50 at the end.
        CarryRun run = new(new(), new(), _slow, _share);
        run.Hold(100, "12.00").Action(2, CorporateActionKind.Split, newUnits: 2, oldUnits: 1).Quote(9, "6.50").Finish();
        Assert.Equal((Quantity.FromUnits(200), 1_200m), (run.Position.Quantity, run.Position.Cost));
        Assert.Equal((100m, 100_100m), (run.Account.Unrealised, run.Account.Equity));
        run.AssertCashAgrees();
    }

    [Fact]
    public void What_filled_before_an_expiry_settles_with_it()
    {
        // 2 contracts of 50 at 4500 fill 1 ms before the expiry and would be heard 4 ms behind it; the last mark is 4500, so that they end at nothing.
        Instrument future = new() { Symbol = "F1", Venue = "XTST", AssetClass = AssetClass.Future, Multiplier = 50, Expiry = Tape.At(1) };
        CarryRun run = new(new(), new(), _slow, future);
        run.Hold(2, "4500").Quote(9, "9999").Finish();
        Assert.True(run.Position.IsFlat);
        Assert.Equal((0m, 100_000m, 0), (run.Account.Realised, run.Account.Equity, run.Working));
        Assert.Equal(LedgerEntryKind.Settlement, Assert.Single(run.Entries).Kind);
        run.AssertCashAgrees();
    }

    [Fact]
    public void A_dividend_is_paid_on_what_filled_before_it()
    {
        CarryRun run = new(new(), new(), _slow, _share);
        run.Hold(100, "10.00").Action(2, CorporateActionKind.Dividend, amount: "0.50").Finish();
        Assert.Equal(50m, run.Account.Income);
        run.AssertCashAgrees();
    }

    [Fact]
    public void A_reverse_split_of_too_few_ends_the_position()
    {
        // 1-for-10 of 5 at 2.00: half a share at 20.00 is paid 10.00; the cost of 10.00 is realised against it.
        CarryRun run = new(new(), _share);
        run.Hold(5, "2.00").Action(2, CorporateActionKind.Split, newUnits: 1, oldUnits: 10).Finish();
        Assert.True(run.Position.IsFlat);
        Assert.Equal((10m, -10m, 100_000m), (run.Account.Income, run.Account.Realised, run.Account.Equity));
        run.AssertCashAgrees();
    }

    [Theory]
    [InlineData("0.0001", "30000", 2, "-6")] // 2 × 30,000 × 0.01 % are paid by the long
    [InlineData("0.0001", "30000", -2, "6")]
    [InlineData("-0.00025", "30000", 2, "15")]
    [InlineData("0.0001", "0", 2, "-6.2")] // without a price of its own at the mark of 31,000
    public void Funding_of_a_perpetual(string rate, string price, long held, string income)
    {
        Instrument perpetual = new() { Symbol = "BTC-PERP", Venue = "XTST", AssetClass = AssetClass.PerpetualFuture };
        CarryRun run = new(new(), perpetual);
        run.Hold(held, "30000").Quote(1, "31000").Action(2, CorporateActionKind.Funding, amount: rate, price: price).Finish();
        Assert.Equal(decimal.Parse(income, System.Globalization.CultureInfo.InvariantCulture), run.Account.Income);
        run.AssertCashAgrees();
    }

    [Fact]
    public void Borrow_is_charged_by_day_on_what_a_short_is_worth()
    {
        // 100 short at 36.00 × 10 % ÷ 360 = 1.00 a day; three midnights, the last at a mark of 72.00.
        CarryRun run = new(new CarryOptions { Borrow = 0.10m }, _share);
        run.Hold(-100, "36.00").Quote(2.2 * Day, "72.00").Quote(3 * Day, "72.00").Finish();
        Assert.Equal([-1m, -1m, -2m], run.Entries.Select(e => e.Amount));
        Assert.All(run.Entries, e => Assert.Equal((LedgerEntryKind.Borrow, 0L), (e.Kind, e.Time.NanosecondsOfDay)));
        Assert.Equal(-4m, run.Account.Income);
        run.AssertCashAgrees();

        CarryRun isLong = new(new CarryOptions { Borrow = 0.10m }, _share);
        isLong.Hold(100, "36.00").Quote(3 * Day, "36.00").Finish();
        Assert.Empty(isLong.Entries);
    }

    [Fact]
    public void Rollover_differs_by_side_and_by_pair()
    {
        // 1000 × 1.80 × 3.6 % ÷ 360 = 0.18 a day for a long, paid 0.09 for a short at −1.8 %; at 21:00, the run begins at 14:30.
        Instrument pair = new() { Symbol = "EURUSD", Venue = "XTST", AssetClass = AssetClass.Forex, TickSize = Price.Parse("0.00001") };
        CarryOptions options = new CarryOptions().With("rollover-long", "1").With("rollover-long:EURUSD", "0.036").With("rollover-short", "-0.018").With("day-ends", "21:00");
        CarryRun isLong = new(options, pair), isShort = new(options, pair);
        isLong.Hold(1_000, "1.80").Quote(7 * Hour, "1.80").Finish();
        isShort.Hold(-1_000, "1.80").Quote(7 * Hour, "1.80").Finish();
        Assert.Equal((-0.18m, 0.09m), (isLong.Account.Income, isShort.Account.Income));
        Assert.Equal("21:00", isLong.Entries[0].Time.ToString()[11..16]);
    }

    [Fact]
    public void A_future_settles_in_cash_at_its_last_mark()
    {
        // 2 contracts of 50 from 4500 to 4510: 2 × 50 × 10 = 1000.
        Instrument future = new() { Symbol = "F1", Venue = "XTST", AssetClass = AssetClass.Future, Multiplier = 50, Expiry = Tape.At(Hour) };
        CarryRun run = new(new(), future);
        run.Hold(2, "4500").Quote(1, "4510").Quote(2 * Hour, "9999").Finish();
        Assert.True(run.Position.IsFlat);
        Assert.Equal((1_000m, 101_000m), (run.Account.Realised, run.Account.Equity));
        LedgerEntry entry = Assert.Single(run.Entries);
        Assert.Equal((LedgerEntryKind.Settlement, Price.Parse("4510"), 1_000m, Tape.At(Hour)), (entry.Kind, entry.Price, entry.Amount, entry.Time));
        run.AssertCashAgrees();
    }

    [Fact]
    public void A_settlement_in_the_data_is_waited_for()
    {
        Instrument future = new() { Symbol = "F1", Venue = "XTST", AssetClass = AssetClass.Future, Multiplier = 50, Expiry = Tape.At(Hour) };
        CarryRun run = new(new CarryOptions().With("settle", "data"), future);
        run.Hold(2, "4500").Quote(2 * Hour, "4510").Action(3 * Hour, CorporateActionKind.Settlement, price: "4505.5").Finish();
        Assert.Equal((550m, 100_550m), (run.Account.Realised, run.Account.Equity)); // 2 × 50 × 5.5
    }

    [Fact]
    public void A_future_is_rolled_into_the_next_contract()
    {
        Instrument near = new() { Symbol = "F1", Venue = "XTST", AssetClass = AssetClass.Future, Underlying = "F", Expiry = Tape.At(Hour) };
        Instrument far = near with { Symbol = "F3", Expiry = Tape.At(9 * Hour) }, next = near with { Symbol = "F2", Expiry = Tape.At(5 * Hour) };
        CarryRun run = new(new CarryOptions().With("roll", "on"), near, far, next);
        run.Quote(0, "4600", instrument: 1).Quote(0, "4550", instrument: 2).Hold(2, "4500").Quote(1, "4510").Quote(2 * Hour, "4550", instrument: 2).Finish();

        // 2 × 10 are realised; then 2 of the next contract are bought at its ask, one tick above the bid.
        Assert.Equal(20m, run.Account.Realised);
        Assert.Equal((Quantity.Zero, Quantity.Zero, Quantity.FromUnits(2)), (run.Of(0).Quantity, run.Of(1).Quantity, run.Of(2).Quantity));
        Assert.Equal([LedgerEntryKind.Settlement, LedgerEntryKind.Roll], run.Entries.Select(e => e.Kind));
        run.AssertCashAgrees();
    }

    [Theory]
    [InlineData(OptionRight.Call, "105", 3, LedgerEntryKind.Exercise, "1500", "900")] // 3 × 100 × 5 against a premium of 600
    [InlineData(OptionRight.Call, "105", -3, LedgerEntryKind.Exercise, "-1500", "-900")]
    [InlineData(OptionRight.Call, "100", 3, LedgerEntryKind.Worthless, "0", "-600")] // at the strike is out of the money
    [InlineData(OptionRight.Put, "92.5", 3, LedgerEntryKind.Exercise, "2250", "1650")]
    [InlineData(OptionRight.Put, "105", -3, LedgerEntryKind.Worthless, "0", "600")]
    public void An_option_is_exercised_in_cash_or_worthless(OptionRight right, string spot, long held, LedgerEntryKind kind, string paid, string result)
    {
        CarryRun run = new(new(), Option(right), _share);
        run.Hold(held, "2.00").Quote(1, spot, instrument: 1).Quote(2 * Hour, spot, instrument: 1).Finish();
        LedgerEntry entry = Assert.Single(run.Entries);
        Assert.Equal((kind, Parse(paid)), (entry.Kind, entry.Amount));
        Assert.Equal((Parse(result), 100_000m + Parse(result)), (run.Account.Realised, run.Account.Equity));
        Assert.True(run.Position.IsFlat);
        run.AssertCashAgrees();
    }

    [Theory]
    [InlineData(OptionRight.Call, "105", 2, 200, "600")] // 200 shares bought at 100 are worth 105: 1000 less the premium of 400
    [InlineData(OptionRight.Call, "105", -2, -200, "-600")]
    [InlineData(OptionRight.Put, "95", 2, -200, "600")]
    [InlineData(OptionRight.Put, "95", -2, 200, "-600")]
    public void An_option_is_delivered(OptionRight right, string spot, long held, long shares, string result)
    {
        CarryRun run = new(new CarryOptions().With("exercise", "physical"), Option(right), _share);
        run.Hold(held, "2.00").Quote(1, spot, instrument: 1).Quote(2 * Hour, spot, instrument: 1).Finish();
        Assert.Equal((Quantity.Zero, Quantity.FromUnits(shares)), (run.Of(0).Quantity, run.Of(1).Quantity));
        Assert.Equal(100m, run.Of(1).AveragePrice(1m).ToDecimal());
        Assert.Equal(100_000m + Parse(result), run.Account.Equity);
        Assert.Equal([LedgerEntryKind.Exercise, LedgerEntryKind.Delivery], run.Entries.Select(e => e.Kind));
        run.AssertCashAgrees();
    }

    [Fact]
    public void A_margin_call_cancels_everything_and_reduces_the_largest_position()
    {
        // 15,000 at 20 = 300,000 on 100,000 of equity. At 16.60 equity is 49,000 and the exposure 249,000: 19.7 % is below 20 %.
        // To have 25 % it may hold 196,000; 53,000 ÷ 16.60 = 3192.8, so 3193 are sold.
        CarryRun run = new(new(), new MarginOptions { Maintenance = 0.20m, Initial = 0.25m }, _share);
        run.Hold(15_000, "20.00", limit: "1.00").Quote(1, "16.70").Quote(2 * Day, "16.60").Quote(2 * Day + 120_000, "16.60").Quote(2 * Day + 180_000, "16.60").Finish();
        LedgerEntry call = Assert.Single(run.Entries);
        Assert.Equal((LedgerEntryKind.MarginCall, (0.25m * 249_000m) - 49_000m), (call.Kind, call.Amount));
        Assert.Equal(Quantity.FromUnits(15_000 - 3_193), run.Position.Quantity);
        Assert.Equal(0, run.Working);
        Assert.Equal(1, run.Counters.MarginCalls);
        Assert.Equal([ReasonCode.MarginCallCancel], run.Cancelled);
        run.AssertCashAgrees();
    }

    [Theory]
    [InlineData("borrow", "cheap")]
    [InlineData("borrow:AAA", "x")]
    [InlineData("lending", "1")]
    [InlineData("day-ends", "25:00")]
    [InlineData("settle", "later")]
    [InlineData("exercise", "maybe")]
    [InlineData("roll", "yes")]
    public void A_wrong_option_is_named(string key, string value) =>
        Assert.Contains(key.Split(':')[0], Assert.Throws<ArgumentException>(() => new CarryOptions().With(key, value)).Message, StringComparison.Ordinal);

    private static Instrument Option(OptionRight right) => new()
    {
        Symbol = "OPT",
        Venue = "XTST",
        AssetClass = AssetClass.Option,
        Multiplier = 100,
        Underlying = "AAA",
        Strike = Price.Parse("100"),
        Right = right,
        Expiry = Tape.At(Hour),
    };

    private static decimal Parse(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
