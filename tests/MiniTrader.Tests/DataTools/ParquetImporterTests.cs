using MiniTrader.DataTools;
using MiniTrader.Model;
using MiniTrader.TickStore;
using Parquet;
using Parquet.Schema;
using Xunit;

namespace MiniTrader.Tests.DataTools;

public sealed class ParquetImporterTests
{
    private static readonly DateTime _noon = new(2024, 1, 5, 12, 0, 0, DateTimeKind.Utc);

    private static async Task<MemorySink> Import(TableOptions options, bool skipBad, ImportRun? run, params (DataField Field, Func<ParquetRowGroupWriter, DataField, Task> Write)[] columns)
    {
        using TempFolder folder = new();
        string path = folder.Path("abc.parquet");
        await using (FileStream file = File.Create(path))
        await using (ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(columns.Select(c => c.Field)), file))
        {
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            foreach ((DataField field, Func<ParquetRowGroupWriter, DataField, Task> write) in columns) await write(group, field);
        }

        MemorySink sink = (MemorySink?)run?.Sink ?? new();
        new ParquetImporter(options).Import(run ?? new(sink, skipBad), [path]);
        return sink;
    }

    private static (DataField, Func<ParquetRowGroupWriter, DataField, Task>) Column<T>(string name, params T[] values)
        where T : struct => (new DataField<T>(name), (group, field) => group.WriteAsync<T>(field, values));

    private static (DataField, Func<ParquetRowGroupWriter, DataField, Task>) Nullable<T>(string name, params T?[] values)
        where T : struct => (new DataField<T?>(name), (group, field) => group.WriteAsync<T>(field, values));

    private static (DataField, Func<ParquetRowGroupWriter, DataField, Task>) Text(string name, params string[] values) =>
        (new DataField<string>(name), (group, field) => group.WriteAsync(field, values));

    [Fact]
    public async Task Floats_timestamps_and_words_become_trades()
    {
        MemorySink sink = await Import(new() { Kind = TickKind.Trades }, false, null,
            (new DateTimeDataField("timestamp", DateTimeFormat.DateAndTimeMicros, true), (group, field) => group.WriteAsync<DateTime>(field, new[] { _noon, _noon.AddTicks(10) })),
            Column("price", 1.07219, 1.0722), Column("qty", 2.5f, 3f), Text("side", "buy", "SELL"));
        TradeTick[] trades = [.. sink.Of("ABC.CSV", "trades").Select(e => e.Trade)];
        Assert.Equal(("2024-01-05T12:00:00Z", "1.07219", "2.5", AggressorSide.Buyer),
            (trades[0].VenueTime.ToString(), trades[0].Price.ToString(), trades[0].Size.ToString(), trades[0].Aggressor));
        Assert.Equal(("2024-01-05T12:00:00.000001Z", AggressorSide.Seller), (trades[1].VenueTime.ToString(), trades[1].Aggressor));
        Assert.Equal("0.00001", sink.Instruments["ABC.CSV"].TickSize.ToString());
    }

    [Fact]
    public async Task Decimals_whole_numbers_and_empty_cells_become_quotes()
    {
        MemorySink sink = await Import(new() { Symbol = "X" }, false, null,
            Column("ts", 1_704_456_000_123L, 1_704_456_000_124L),
            (new DecimalDataField("bid", 19, 9, isNullable: true), (group, field) => group.WriteAsync<decimal>(field, new decimal?[] { null, 10.123456789m })),
            Nullable<int>("ask", 11, 12), Nullable<long>("bid_size", null, 4), Column("ask_size", 5L, 6L));
        QuoteTick[] quotes = [.. sink.Of("X.CSV", "quotes").Select(e => e.Quote)];
        Assert.Equal(("2024-01-05T12:00:00.123Z", Quantity.Zero, "11", "5"), (quotes[0].VenueTime.ToString(), quotes[0].BidSize, quotes[0].Ask.ToString(), quotes[0].AskSize.ToString()));
        Assert.Equal(("10.123456789", "4"), (quotes[1].Bid.ToString(), quotes[1].BidSize.ToString()));
    }

    [Fact]
    public async Task Whole_numbers_that_are_dates_are_not_seconds_of_1970()
    {
        MemorySink sink = await Import(new() { Kind = TickKind.Trades }, false, null, Column("time", 20131007L, 20131008L), Column("price", 1.0, 2.0), Column("size", 1, 1));
        Assert.Equal(["2013-10-07T00:00:00Z", "2013-10-08T00:00:00Z"], sink.Of("ABC.CSV", "trades").Select(e => e.Header.VenueTime.ToString()));
        sink = await Import(new() { Kind = TickKind.Trades, TimeFormat = "unix-s" }, false, null, Column("time", 20131007L), Column("price", 1.0), Column("size", 1));
        Assert.Equal("1970-08-21T23:56:47Z", sink.Of("ABC.CSV", "trades")[0].Header.VenueTime.ToString());
        sink = await Import(new() { Kind = TickKind.Trades, TimeFormat = "ddMMyyyy" }, false, null, Column("time", 17102013L), Column("price", 1.0), Column("size", 1));
        Assert.Equal("2013-10-17T00:00:00Z", sink.Of("ABC.CSV", "trades")[0].Header.VenueTime.ToString());
    }

    [Fact]
    public async Task Progress_is_told_for_each_row_group_and_sums_to_the_files_length()
    {
        using TempFolder folder = new();
        string path = folder.Path("abc.parquet");
        DataField[] fields = [new DataField<long>("time"), new DataField<double>("price"), new DataField<long>("size")];
        await using (FileStream stream = File.Create(path))
        await using (ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream))
        {
            for (long part = 0; part < 4; part++)
            {
                using ParquetRowGroupWriter group = writer.CreateRowGroup();
                await group.WriteAsync<long>(fields[0], new[] { 1_704_456_000L + part });
                await group.WriteAsync<double>(fields[1], new[] { 1.5 });
                await group.WriteAsync<long>(fields[2], new[] { 1L });
            }
        }

        MemorySink sink = new();
        ImportRun run = new(sink);
        List<long> told = [];
        run.BytesRead += told.Add;
        new ParquetImporter(new() { Kind = TickKind.Trades }).Import(run, [path]);
        Assert.Equal(4, sink.Events);
        Assert.Equal(new FileInfo(path).Length, told.Sum());
        Assert.True(told.Count(b => b > 0) >= 4, string.Join(' ', told));
    }

    [Fact]
    public async Task Bad_cells_are_refused_with_their_row()
    {
        ImportRun run = new(new MemorySink(), true);
        await Import(new() { Kind = TickKind.Trades }, true, run,
            Column("time", 1_704_456_000L, 1_704_456_001L, 1_704_455_999L, 1_704_456_002L), Column("price", 1.0, double.NaN, 2.0, 1e30), Column("size", 1, 1, 1, 1));
        FileAccount account = run.Accounts[0];
        Assert.Equal((4, 1), (account.Rows, account.Stored));
        Assert.Equal(["its time is before the row above; --sort puts a file in order", "price is empty", "price is not a number in range"], account.Refused.Keys.Order());

        ImportException e = await Assert.ThrowsAsync<ImportException>(() => Import(new() { Kind = TickKind.Trades }, false, null,
            Column("time", 1_704_456_000L, 1_704_456_001L), Column("price", 1.0, -1.0)));
        Assert.Contains("abc.parquet, line 2: the price is not above zero", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fixed_size_binary_of_eight_and_sixteen_bytes_is_fixed_point()
    {
        byte[] narrow = BitConverter.GetBytes(112_120_000_000L), wide = new byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteInt128LittleEndian(wide, (Int128)1_121_300_000_000_000_000);
        (DataField, Func<ParquetRowGroupWriter, DataField, Task>) Bytes(string name, byte[] value) => (new DataField<byte[]>(name), (group, field) => group.WriteAsync(field, [value]));
        MemorySink sink = await Import(new(), false, null, Column("ts_event", 1_704_456_000_000_000_001L), Bytes("bid_price", narrow), Bytes("ask_price", wide));
        QuoteTick quote = sink.Of("ABC.CSV", "quotes")[0].Quote;
        Assert.Equal(("112.12", "112.13", 1L), (quote.Bid.ToString(), quote.Ask.ToString(), quote.VenueTime.Nanoseconds % 10));
    }

    [Fact]
    public void What_is_no_parquet_file_is_refused()
    {
        using TempFolder folder = new();
        Random random = new(1);
        byte[] whole = new byte[4000];
        for (int i = 0; i < 50; i++)
        {
            random.NextBytes(whole);
            "PAR1"u8.CopyTo(whole);
            "PAR1"u8.CopyTo(whole.AsSpan(whole.Length - 4));
            if (i % 2 == 0) BitConverter.TryWriteBytes(whole.AsSpan(whole.Length - 8), 500);
            string path = folder.Write($"{i}.parquet", whole);
            Assert.Throws<ImportException>(() => new ParquetImporter(new()).Import(new(new MemorySink(), true), [path]));
        }
    }
}
