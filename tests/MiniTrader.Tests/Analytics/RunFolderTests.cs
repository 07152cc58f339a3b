using MiniTrader.Analytics;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.Analytics;

/// <summary>The run folder's files: what goes in comes out, in batches, and never half of it.</summary>
public sealed class RunFolderTests : IDisposable
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), "minitrader-" + Guid.NewGuid().ToString("N"));

    public void Dispose()
    {
        if (Directory.Exists(_directory)) Directory.Delete(_directory, recursive: true);
    }

    [Theory]
    [InlineData(1, 8)]
    [InlineData(8, 8)]
    [InlineData(100, 7)]
    [InlineData(5_000, 1_024)]
    public void Every_row_comes_back_as_it_went_in(int rows, int batchRows)
    {
        List<OrderRow> orders = [.. Enumerable.Range(1, rows).Select(i => Sample.Order(i, (OrderStatus)(1 + (i % 12)), i % 3 == 0 ? ReasonCode.KillSwitch : ReasonCode.None))];
        List<FillRow> fills = [.. Enumerable.Range(0, rows).Select(i => Sample.Fill(i % 2 == 0 ? OrderSide.Buy : OrderSide.Sell, 1.000000001m + i, -3.25m + i, i % 5 == 0 ? -0.000000000001m : 12_345_678_901.123456789012m, i, i % 2, 1.0857m, 0))];
        List<PositionRow> positions = [.. Enumerable.Range(0, rows).Select(i => new PositionRow { Time = Sample.Minute(i), Strategy = new(1), Instrument = new(i % 2), Quantity = new(-i), AveragePrice = 1m / 8 * i, Realised = -i, Fees = i * 0.01m })];
        List<EquityPoint> equity = [.. Enumerable.Range(0, rows).Select(i => new EquityPoint { Time = Sample.Minute(i), Equity = 100 + i, Cash = 50, Unrealised = -i, Realised = 2 * i, Fees = 0.000001m * i, GrossExposure = i, NetExposure = -i })];

        using (RunFolderWriter writer = Writer(batchRows))
        {
            orders.ForEach(o => writer.Add(in o));
            fills.ForEach(f => writer.Add(in f));
            positions.ForEach(p => writer.Add(in p));
            equity.ForEach(e => writer.Add(in e));
            writer.Complete(Sample.Summary(writer.BuildStatistics()));
        }

        RunFolder folder = RunFolder.Open(_directory);
        Assert.Equal(orders, folder.Orders());
        Assert.Equal(fills, folder.Fills());
        Assert.Equal(positions, folder.Positions());
        Assert.Equal(equity, folder.Equity());
        Assert.Equal(equity, folder.Equity());
    }

    [Fact]
    public void Drawdown_is_worked_out_on_the_way()
    {
        using (RunFolderWriter writer = Writer())
        {
            decimal[] values = [100, 80, 120, 90];
            for (int i = 0; i < values.Length; i++) writer.Add(Sample.Equity(Sample.Minute(i), values[i]));
            writer.Complete(Sample.Summary(writer.BuildStatistics()));
        }

        Assert.Equal([0, 0.2, 0, 0.25], RunFolder.Open(_directory).Equity().Select(p => p.Drawdown));
    }

    [Fact]
    public void An_empty_run_has_every_file_and_no_rows()
    {
        using (RunFolderWriter writer = Writer()) writer.Complete(Sample.Summary(writer.BuildStatistics()));

        RunFolder folder = RunFolder.Open(_directory);
        Assert.Empty(folder.Orders());
        Assert.Empty(folder.Fills());
        Assert.Empty(folder.Positions());
        Assert.Empty(folder.Equity());
        Assert.Empty(folder.Prices());
        Assert.Empty(folder.Entries());
        Assert.Empty(folder.Denials());
        Assert.Equal(
            ["denials.arrow", "equity.arrow", "fills.arrow", "ledger.arrow", "orders.arrow", "positions.arrow", "prices.arrow", "report.html", "summary.json"],
            Directory.GetFiles(_directory).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Statistics_and_report_come_out_of_the_files_as_they_went_in()
    {
        ReportModel written;
        RunSummary summary;
        using (RunFolderWriter writer = Writer(batchRows: 64))
        {
            SeededRandom random = new(5);
            for (int i = 0; i < 2_000; i++)
            {
                decimal price = 100 + (random.NextInt64(1_000) / 100m);
                writer.Add(Sample.Equity(Sample.Minute(i), 10_000 + random.NextInt64(500), random.NextInt64(2)));
                writer.Add(new PricePoint { Time = Sample.Minute(i), Instrument = new(0), Price = Price.FromDecimal(price) });
                if (i % 7 == 0) writer.Add(random.NextInt64(2) == 0 ? Sample.Buy(1, price, 0.01m, i) : Sample.Sell(1, price, 0.01m, i));
            }

            summary = Sample.Summary(writer.BuildStatistics());
            written = writer.Complete(summary, [new("fast", "12")]);
        }

        RunFolder folder = RunFolder.Open(_directory);
        Assert.Equal(SummaryJson.Write(summary), SummaryJson.Write(folder.Summary));
        Assert.Equal(SummaryJson.Write(summary), SummaryJson.Write(Sample.Summary(folder.BuildStatistics() with { Orders = 0 })));
        ReportModel read = folder.BuildReport();
        Assert.Equal(written.Equity, read.Equity);
        Assert.Equal(written.Drawdown, read.Drawdown);
        Assert.Equal(written.Trades, read.Trades);
        Assert.Equal(written.PriceCharts[0].Fills, read.PriceCharts[0].Fills);
        Assert.Equal(written.PriceCharts[0].Prices.Max(p => p.Value), read.PriceCharts[0].Prices.Max(p => p.Value));
        Assert.Empty(read.Settings);
    }

    [Fact]
    public void Until_it_is_complete_no_file_has_its_name_and_a_writer_that_gives_up_leaves_nothing()
    {
        using (RunFolderWriter writer = Writer(batchRows: 1))
        {
            writer.Add(Sample.Buy(1, 10));
            writer.Add(Sample.Sell(1, 10));
            Assert.False(Directory.Exists(_directory));
            Assert.NotEmpty(Directory.GetFiles(_directory + ".part"));
        }

        Assert.False(Directory.Exists(_directory));
        Assert.False(Directory.Exists(_directory + ".part"));
        Directory.CreateDirectory(_directory);
        InvalidDataException e = Assert.Throws<InvalidDataException>(() => RunFolder.Open(_directory));
        Assert.Contains("summary.json", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_run_in_the_same_folder_is_refused_and_the_first_stays()
    {
        using (RunFolderWriter writer = Writer())
        {
            writer.Add(Sample.Buy(1, 10));
            writer.Complete(Sample.Summary(writer.BuildStatistics()));
        }

        ArgumentException e = Assert.Throws<ArgumentException>(() => Writer());
        Assert.Contains("exists and is not empty", e.Message, StringComparison.Ordinal);
        Assert.Single(RunFolder.Open(_directory).Fills());
        Assert.False(Directory.Exists(_directory + ".part"));
    }

    [Fact]
    public void A_folder_that_exists_but_is_empty_is_taken()
    {
        Directory.CreateDirectory(_directory);
        using RunFolderWriter writer = Writer();
        writer.Complete(Sample.Summary(writer.BuildStatistics()));
        Assert.Empty(RunFolder.Open(_directory).Fills());
    }

    [Fact]
    public void A_run_that_is_under_way_or_was_cut_off_is_not_written_over()
    {
        using RunFolderWriter first = Writer();
        first.Add(Sample.Buy(1, 10));
        ArgumentException e = Assert.Throws<ArgumentException>(() => Writer());
        Assert.Contains(".part is of a run", e.Message, StringComparison.Ordinal);
        first.Complete(Sample.Summary(first.BuildStatistics()));
        Assert.Single(RunFolder.Open(_directory).Fills());
    }

    [Fact]
    public void A_folder_that_vanishes_under_the_writer_fails_the_run_and_leaves_nothing()
    {
        using (RunFolderWriter writer = Writer())
        {
            Directory.Delete(writer.WorkDirectory, recursive: true);
            Assert.ThrowsAny<IOException>(() => writer.Complete(Sample.Summary(writer.BuildStatistics())));
        }

        Assert.False(Directory.Exists(_directory));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(300)]
    [InlineData(-1)]
    public void A_file_cut_short_is_named(int length)
    {
        using (RunFolderWriter writer = Writer())
        {
            writer.Add(Sample.Buy(1, 10));
            writer.Complete(Sample.Summary(writer.BuildStatistics()));
        }

        string path = Path.Combine(_directory, "fills.arrow");
        using (FileStream file = new(path, FileMode.Open)) file.SetLength(length < 0 ? file.Length + length : length);
        InvalidDataException e = Assert.Throws<InvalidDataException>(() => RunFolder.Open(_directory).Fills().Count());
        Assert.Contains("fills.arrow", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_another_kind_is_named_with_the_column_that_it_lacks()
    {
        using (RunFolderWriter writer = Writer())
        {
            writer.Add(Sample.Equity(Sample.Minute(0), 1));
            writer.Complete(Sample.Summary(writer.BuildStatistics()));
        }

        File.Copy(Path.Combine(_directory, "equity.arrow"), Path.Combine(_directory, "fills.arrow"), overwrite: true);
        InvalidDataException e = Assert.Throws<InvalidDataException>(() => RunFolder.Open(_directory).Fills().Count());
        Assert.StartsWith(Path.Combine(_directory, "fills.arrow") + " has no column 'venue_time': another version of MiniTrader wrote it", e.Message, StringComparison.Ordinal);
        Assert.EndsWith("or run it again with 'minitrader backtest --config RUN_DIR/config.json'.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Records_of_instruments_strategies_and_currencies_that_the_run_does_not_know_are_refused()
    {
        using RunFolderWriter writer = Writer();
        FillRow fill = Sample.Buy(1, 10);
        Assert.Throws<ArgumentException>(() => writer.Add(fill with { Instrument = new(2) }));
        using RunFolderWriter second = Writer("second");
        Assert.Throws<ArgumentException>(() => second.Add(fill with { Strategy = new(2) }));
        using RunFolderWriter third = Writer("third");
        Assert.Throws<ArgumentException>(() => third.Add(fill with { Currency = Currency.Parse("JPY") }));
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_named()
    {
        InvalidDataException e = Assert.Throws<InvalidDataException>(() => RunFolder.Open(_directory));
        Assert.Contains(_directory, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_come_from_the_config_of_the_run()
    {
        using RunFolderWriter writer = Writer();
        File.WriteAllText(Path.Combine(writer.WorkDirectory, "config.json"), """{"strategy":"EmaCross","parameters":{"fast":12,"on":true,"none":null},"instruments":["A","B"],"legs":[{"ms":1}]}""");
        ReportModel model = writer.Complete(Sample.Summary(writer.BuildStatistics()));
        Assert.Equal(
            [new("strategy", "EmaCross"), new("parameters.fast", "12"), new("parameters.on", "true"), new("instruments", "A, B"), new("legs[0].ms", "1")],
            model.Settings);
    }

    [Fact]
    public void Appending_a_fill_takes_no_memory()
    {
        using RunFolderWriter writer = Writer(batchRows: 8_192);
        FillRow buy = Sample.Buy(1, 10, 0.01m), sell = Sample.Sell(1, 10, 0.01m);
        PositionRow position = new() { Time = Sample.Start, Strategy = new(0), Instrument = new(0), Quantity = new(1) };
        void Append(int times)
        {
            for (int i = 0; i < times; i++)
            {
                writer.Add(in buy);
                writer.Add(in sell);
                writer.Add(in position);
                writer.Add(Sample.Equity(Sample.Minute(0), 100));
            }
        }

        Append(1_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Append(2_000);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // The trades table takes its 200 rows before that; one allocation context of 8 kB may be retired meanwhile.
        Assert.InRange(allocated, 0, 8_192);
    }

    private RunFolderWriter Writer(int batchRows = 16) => Writer("", batchRows);

    private RunFolderWriter Writer(string folder, int batchRows = 16) => new(Path.Combine(_directory, folder), new()
    {
        Instruments = Sample.Instruments,
        Strategies = ["EmaCross", "Pair"],
        BaseCurrency = Currency.Usd,
        BatchRows = batchRows,
    });
}
