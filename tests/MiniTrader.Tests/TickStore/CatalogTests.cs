using MiniTrader.Model;
using MiniTrader.TickStore;
using Xunit;

namespace MiniTrader.Tests.TickStore;

/// <summary>Folders, partitions, reference data, and what a catalog refuses.</summary>
public sealed class CatalogTests : IDisposable
{
    private static readonly Instrument _spy = new() { Symbol = "SPY", Venue = "XNAS" };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_lie_in_hive_folders_by_partition()
    {
        using CatalogWriter writer = new(_folder.Path, TickFileOptions.Default);
        TickKind minutes = TickKind.Bars(BarInterval.Create(1, BarUnit.Minute)), days = TickKind.Bars(BarInterval.Create(1, BarUnit.Day, BarSource.Bid));
        writer.Append(_spy, new DateOnly(2024, 3, 1), TickData.Events(TickKind.Quotes, 3, 1));
        writer.Append(_spy, new DateOnly(2024, 3, 4), TickData.Events(minutes, 3, 1));
        writer.Append(_spy, new DateOnly(2024, 3, 4), TickData.Events(days, 3, 1));
        writer.Append(new() { Symbol = "BTC/USD", Venue = "A B" }, TickData.Events(TickKind.Trades, 3, 1));
        CatalogWriteSummary summary = writer.Complete();
        Assert.Equal(
            [
                "kind=bars-1d-bid/venue=XNAS/symbol=SPY/2024.arrow",
                "kind=bars-1m/venue=XNAS/symbol=SPY/2024-03-04.arrow",
                "kind=quotes/venue=XNAS/symbol=SPY/2024-03-01.arrow",
                "kind=trades/venue=A%20B/symbol=BTC%2FUSD/2024-03-04.arrow",
            ],
            summary.Files.Select(f => f.Path.Replace('\\', '/')));
        Assert.Equal(12, summary.Rows);

        TickCatalog catalog = TickCatalog.Open(_folder.Path);
        Assert.Equal(["BTC/USD.A B", "SPY.XNAS"], catalog.Instruments.Select(i => i.Name));
        Assert.Equal(["trades of BTC/USD.A B", "quotes of SPY.XNAS", "bars-1m of SPY.XNAS", "bars-1d-bid of SPY.XNAS"], catalog.Series.Select(s => s.ToString()));
        Assert.All(catalog.Series, s => Assert.Equal(3, catalog.FilesOf(s).Single().Rows));
    }

    [Fact]
    public void Rows_without_a_partition_go_to_their_utc_date_and_read_as_one_series()
    {
        MarketEvent[] events = TickData.Events(TickKind.Trades, 500, 4, meanGap: Timestamp.NanosecondsPerHour / 10);
        using (CatalogWriter writer = new(_folder.Path, TickFileOptions.Default))
        {
            writer.Append(_spy, events);
            Assert.True(writer.Complete().Files.Count > 1);
        }

        TickCatalog catalog = TickCatalog.Open(_folder.Path);
        using CatalogFeed feed = CatalogFeed.Open(catalog, catalog.Instruments, new());
        TickData.AssertSame(events, TickData.Drain(feed));
        IReadOnlyList<TickFileEntry> files = catalog.FilesOf(catalog.Series[0]);
        Assert.Equal(500, files.Sum(f => f.Rows));
        Assert.Equal(events[0].Header.ReceivedTime, files[0].First);
        Assert.Equal(events[^1].Header.ReceivedTime, files[^1].Last);
    }

    [Fact]
    public void Every_field_of_an_instrument_comes_back()
    {
        Instrument option = new()
        {
            Symbol = "SPY 240315C500",
            Venue = "XCBO",
            AssetClass = AssetClass.Option,
            Currency = Currency.Eur,
            TickSize = Price.Parse("0.05"),
            LotSize = Quantity.Parse("0.000000001"),
            Multiplier = 12.5m,
            Expiry = Timestamp.Parse("2024-03-15T20:00:00.000000001Z"),
            Strike = Price.Parse("500.5"),
            Right = OptionRight.Call,
            Underlying = "SPY.XNAS",
            Sessions = new([(Timestamp.Parse("2024-03-04T14:30"), Timestamp.Parse("2024-03-04T21:00")), (Timestamp.Parse("2024-03-05T14:30"), Timestamp.Parse("2024-03-05T21:00"))]),
        };
        using (CatalogWriter writer = new(_folder.Path, TickFileOptions.Default))
        {
            writer.Register(option);
            writer.Complete();
        }

        Instrument read = TickCatalog.Open(_folder.Path).Instruments[0];
        Assert.Equal(option with { Sessions = null }, read with { Sessions = null });
        Assert.Equal(2, read.Sessions!.Count);
        Assert.Equal(option.Sessions[1], read.Sessions[1]);
    }

    [Fact]
    public void Other_reference_data_of_a_known_instrument_needs_overwriting()
    {
        using (CatalogWriter writer = new(_folder.Path, TickFileOptions.Default))
        {
            writer.Register(_spy);
            writer.Register(_spy with { });
            writer.Complete();
        }

        Instrument changed = _spy with { TickSize = Price.Parse("0.05") };
        using (CatalogWriter writer = new(_folder.Path, TickFileOptions.Default))
        {
            Assert.Contains("other reference data for SPY.XNAS", Assert.Throws<TickDataException>(() => writer.Register(changed)).Message, StringComparison.Ordinal);
        }

        using (CatalogWriter writer = new(_folder.Path, new() { Overwrite = true }))
        {
            writer.Register(changed);
            writer.Complete();
        }

        Assert.Equal(changed, TickCatalog.Open(_folder.Path).Instruments[0]);
    }

    [Fact]
    public void Nothing_appears_before_completion_and_nothing_stays_without_it()
    {
        using (CatalogWriter writer = new(_folder.Path, TickFileOptions.Default))
        {
            writer.Append(_spy, TickData.Events(TickKind.Quotes, 3, 1));
            Assert.Empty(TickCatalog.Open(_folder.Path).Series);
        }

        Assert.Empty(Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Files_of_a_series_must_not_overlap_in_time_and_both_are_named()
    {
        MarketEvent[] events = TickData.Events(TickKind.Quotes, 100, 1);
        Write(new DateOnly(2024, 3, 4), events.AsSpan(0, 60));
        TickFileException fault = Assert.Throws<TickFileException>(() => Write(new DateOnly(2024, 3, 5), events.AsSpan(50)));
        Assert.Contains("2024-03-05.arrow", fault.Message, StringComparison.Ordinal);
        Assert.Contains("2024-03-04.arrow ends at", fault.Message, StringComparison.Ordinal);

        // The refused import left the catalog as it was, and one that touches without overlapping is taken.
        Write(new DateOnly(2024, 3, 5), events.AsSpan(60));
        TickCatalog catalog = TickCatalog.Open(_folder.Path);
        using CatalogFeed feed = CatalogFeed.Open(catalog, catalog.Instruments, new());
        TickData.AssertSame(events, TickData.Drain(feed));
    }

    [Fact]
    public void Overlapping_files_that_came_from_elsewhere_are_refused_when_they_are_read()
    {
        Write(new DateOnly(2024, 3, 4), TickData.Events(TickKind.Quotes, 10, 1));
        string path = Directory.GetFiles(_folder.Path, "*.arrow", SearchOption.AllDirectories).Single();
        File.Copy(path, path.Replace("03-04", "03-05", StringComparison.Ordinal));
        TickCatalog catalog = TickCatalog.Open(_folder.Path);
        Assert.Contains("must not overlap", Assert.Throws<TickFileException>(() => catalog.FilesOf(catalog.Series[0])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_in_another_instruments_folder_is_refused()
    {
        Write(new DateOnly(2024, 3, 4), TickData.Events(TickKind.Quotes, 10, 1));
        string path = Directory.GetFiles(_folder.Path, "*.arrow", SearchOption.AllDirectories).Single();
        using (CatalogWriter writer = new(_folder.Path, TickFileOptions.Default))
        {
            writer.Append(_spy with { Symbol = "QQQ" }, TickData.Events(TickKind.Quotes, 10, 2));
            writer.Complete();
        }

        File.Copy(path, path.Replace("SPY", "QQQ", StringComparison.Ordinal), overwrite: true);
        TickCatalog catalog = TickCatalog.Open(_folder.Path);
        Assert.Contains("holds SPY.XNAS, but it lies in the folder of QQQ.XNAS", Assert.Throws<TickFileException>(() => catalog.FilesOf(catalog.Series[0])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_partitions_than_open_files_are_closed_in_turn()
    {
        MarketEvent[] events = TickData.Events(TickKind.Quotes, 300, 5, meanGap: Timestamp.NanosecondsPerHour);
        using CatalogWriter writer = new(_folder.Path, new() { MaxOpenFiles = 2 });
        writer.Append(_spy, events);
        Assert.Contains("Sort the rows", Assert.Throws<TickDataException>(() => writer.Append(_spy, events.AsSpan(0, 1))).Message, StringComparison.Ordinal);
        Assert.Equal(300, writer.Complete().Rows);
        TickCatalog catalog = TickCatalog.Open(_folder.Path);
        using CatalogFeed feed = CatalogFeed.Open(catalog, catalog.Instruments, new());
        TickData.AssertSame(events, TickData.Drain(feed));
    }

    /// <summary>
    /// Five hundred series in turns, a row each time, with room for 4 handles and 200 kB of rows: everything is there, in order, in batches that are as long as the
    /// memory allows, and never more is open or held. A column that comes late is added to what was written before.
    /// </summary>
    [Theory]
    [InlineData(TickCompression.None)]
    [InlineData(TickCompression.Lz4)]
    public void Any_number_of_series_in_turns_are_written_with_few_handles_and_little_memory(TickCompression compression)
    {
        const int Series = 500, Rows = 40;
        MarketEvent[][] rows = [.. Enumerable.Range(0, Series).Select(i => TickData.Events(TickKind.Trades, Rows, (ulong)i, shape: i % 50 == 0 ? TickData.Shape.TwoClocks : TickData.Shape.Plain, instrument: i))];
        for (int i = 0; i < Series; i += 7) rows[i][^1].Trade.TradeId = 99;
        Instrument[] table = [.. Enumerable.Range(0, Series).Select(i => new Instrument { Symbol = $"S{i:D4}", Venue = "SIM" })];
        int descriptors = OpenDescriptors();
        using (CatalogWriter writer = new(_folder.Path, new() { MaxOpenFiles = 4, MaxHeldBytes = 30 << 20, Compression = compression }))
        {
            for (int r = 0; r < Rows; r++)
            {
                for (int i = 0; i < Series; i++) writer.Append(table[i], rows[i].AsSpan(r, 1));
                Assert.True(writer.HeldBytes <= (30 << 20) + (1 << 20), $"{writer.HeldBytes} bytes are held.");
                Assert.True(OpenDescriptors() <= descriptors + 40, "Handles are left open.");
            }

            Assert.Equal(Series * Rows, writer.Complete().Rows);
        }

        TickCatalog catalog = TickCatalog.Open(_folder.Path);
        for (int i = 0; i < Series; i += 7)
        {
            using CatalogFeed feed = CatalogFeed.Open(catalog, new InstrumentTable([table[i]]), new() { Verify = true });
            MarketEvent[] read = [.. TickData.Drain(feed).Where(e => (e.Header.Flags & EventFlags.ForVenue) != 0)];
            Assert.Equal(rows[i].Select(e => (e.Trade.Price, e.Trade.Size, e.Trade.TradeId)), read.Select(e => (e.Trade.Price, e.Trade.Size, e.Trade.TradeId)));
        }
    }

    private static int OpenDescriptors() => Directory.Exists("/proc/self/fd") ? Directory.GetFiles("/proc/self/fd").Length : 0;

    [Fact]
    public void What_is_not_there_is_said()
    {
        Assert.Contains("does not exist", Assert.Throws<TickDataException>(() => TickCatalog.Open(_folder.File("none"))).Message, StringComparison.Ordinal);
        Write(new DateOnly(2024, 3, 4), TickData.Events(TickKind.Quotes, 10, 1));
        TickCatalog catalog = TickCatalog.Open(_folder.Path);
        Assert.EndsWith("has no trades of SPY.XNAS: it has only quotes.", Open(new() { Kinds = [TickKind.Trades] }).Message, StringComparison.Ordinal);
        Assert.Contains("no events of the instruments between", Open(new() { From = TickData.Start + Timestamp.NanosecondsPerDay }).Message, StringComparison.Ordinal);
        Assert.Contains("From must be before To", Open(new() { From = TickData.Start, To = TickData.Start }).Message, StringComparison.Ordinal);
        Assert.Contains("feed latency", Open(new() { FeedLatencyNanoseconds = -1 }).Message, StringComparison.Ordinal);
        Assert.Contains("DecodeThreads", Open(new() { DecodeThreads = 1000 }).Message, StringComparison.Ordinal);

        File.Delete(_folder.File("instruments.json"));
        Assert.Contains("does not list it", Assert.Throws<TickDataException>(() => TickCatalog.Open(_folder.Path)).Message, StringComparison.Ordinal);
        File.WriteAllText(_folder.File("instruments.json"), "{ not json");
        Assert.Contains("is not sound", Assert.Throws<TickDataException>(() => TickCatalog.Open(_folder.Path)).Message, StringComparison.Ordinal);
        File.WriteAllText(_folder.File("instruments.json"), """[{ "symbol": "SPY", "venue": "XNAS", "assetClass": "Equity", "currency": "USD", "tickSize": "0.01", "lotSize": "1", "multiplier": "0,5" }]""");
        Assert.Contains("'0,5'", Assert.Throws<TickDataException>(() => TickCatalog.Open(_folder.Path)).Message, StringComparison.Ordinal);

        TickDataException Open(FeedRequest request) => Assert.Throws<TickDataException>(() => CatalogFeed.Open(catalog, catalog.Instruments, request));
    }

    [Theory]
    [InlineData("quotes")]
    [InlineData("trades")]
    [InlineData("book")]
    [InlineData("status")]
    [InlineData("signals")]
    [InlineData("bars-1m")]
    [InlineData("bars-30s")]
    [InlineData("bars-1d-bid")]
    [InlineData("bars-4h-ask")]
    [InlineData("bars-5m-mid")]
    public void Kinds_read_what_they_write(string text)
    {
        Assert.True(TickKind.TryParse(text, out TickKind kind));
        Assert.Equal(text, kind.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("quote")]
    [InlineData("bars-")]
    [InlineData("bars-1x")]
    [InlineData("bars-1m-last")]
    [InlineData("bars-0m")]
    public void Other_texts_are_no_kinds(string text) => Assert.False(TickKind.TryParse(text, out _));

    private void Write(DateOnly partition, ReadOnlySpan<MarketEvent> events)
    {
        using CatalogWriter writer = new(_folder.Path, TickFileOptions.Default);
        writer.Append(_spy, partition, events);
        writer.Complete();
    }
}
