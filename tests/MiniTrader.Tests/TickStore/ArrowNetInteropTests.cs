using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using MiniTrader.Model;
using MiniTrader.TickStore;
using Xunit;

namespace MiniTrader.Tests.TickStore;

/// <summary>Apache.Arrow for .NET reads our files, we read its files, and what cannot be read of them is said exactly.</summary>
public sealed class ArrowNetInteropTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(TickCompression.None)]
    [InlineData(TickCompression.Lz4)]
    public void Apache_arrow_reads_our_files(TickCompression compression)
    {
        MarketEvent[] events = TickData.Events(TickKind.Trades, 1000, 3, TickData.Shape.TwoClocks | TickData.Shape.Extras);
        string path = _folder.File("trades.arrow");
        TickData.Write(path, TickKind.Trades, events, new() { BatchRows = 300, Compression = compression });

        using FileStream stream = File.OpenRead(path);
        using ArrowFileReader reader = new(stream, new CompressionCodecFactory());
        int row = 0;
        while (reader.ReadNextRecordBatch() is { } batch)
        {
            using (batch)
            {
                Assert.Equal("TEST.SIM", batch.Schema.Metadata["instrument"]);
                Assert.Equal(TimeUnit.Nanosecond, ((TimestampType)batch.Schema.GetFieldByName("venue_time").DataType).Unit);
                TimestampArray venue = (TimestampArray)batch.Column("venue_time"), received = (TimestampArray)batch.Column("received_time");
                Int64Array price = (Int64Array)batch.Column("price"), sequence = (Int64Array)batch.Column("sequence");
                Int8Array aggressor = (Int8Array)batch.Column("aggressor");
                for (int i = 0; i < batch.Length; i++, row++)
                {
                    Assert.Equal(events[row].Header.VenueTime.Nanoseconds, venue.GetValue(i));
                    Assert.Equal(events[row].Header.ReceivedTime.Nanoseconds, received.GetValue(i));
                    Assert.Equal(events[row].Trade.Price.Raw, price.GetValue(i));
                    Assert.Equal(events[row].Trade.Sequence, sequence.GetValue(i));
                    Assert.Equal((sbyte)events[row].Trade.Aggressor, aggressor.GetValue(i));
                }
            }
        }

        Assert.Equal(1000, row);
    }

    [Theory]
    [InlineData(false, TimeUnit.Nanosecond, 4, false)]
    [InlineData(true, TimeUnit.Nanosecond, 9, false)]
    [InlineData(false, TimeUnit.Microsecond, 0, true)]
    [InlineData(true, TimeUnit.Microsecond, 2, true)]
    public void Files_of_apache_arrow_are_read(bool isLz4, TimeUnit unit, int scale, bool hasNote)
    {
        ForeignQuotes quotes = new() { IsLz4 = isLz4, Unit = unit, PriceScale = scale, HasNote = hasNote };
        string path = Written(quotes);
        TickData.AssertSame(quotes.Expected(), TickData.ReadFile(path, TickKind.Quotes, 33));
        Assert.Empty(TickFileVerifier.Verify(path, TickKind.Quotes));
    }

    [Fact]
    public void A_foreign_file_seeks_and_merges_like_our_own()
    {
        ForeignQuotes quotes = new() { IsLz4 = true, Rows = 500 };
        string path = Written(quotes);
        CursorSettings settings = new() { Instrument = new(0), Side = CursorSide.Both, From = quotes.Time(123) * 1000, To = quotes.Time(456) * 1000 };
        using MappedFeed feed = new(new SeriesCursor([TickFile.Open(path, TickKind.Quotes)], settings, null), null);
        TickData.AssertSame(quotes.Expected().AsSpan(123..456), TickData.Drain(feed));
    }

    [Fact]
    public void A_missing_column_is_named() => Refused(new() { LeftOut = "ask_size" }, "has no column 'ask_size'");

    [Fact]
    public void A_column_of_another_type_is_named() => Refused(new() { HasDoubleBid = true }, "column 'bid' must be of type int64");

    [Fact]
    public void A_missing_scale_is_named() => Refused(new() { PriceScale = null }, "no 'price_scale'");

    [Fact]
    public void A_scale_out_of_range_is_named() => Refused(new() { PriceScale = 12 }, "price_scale='12'; it must be 0 to 9");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_missing_value_is_named_by_batch(bool isLz4) => Refused(new() { NullBid = 55, IsLz4 = isLz4 }, "batch 1: its column 'bid' has 1 missing values");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_row_out_of_order_is_named_by_batch_and_row(bool isLz4) => Refused(new() { EarlyRow = 57, IsLz4 = isLz4 }, "batch 1, row 17: its time ");

    [Fact]
    public void A_batch_that_begins_before_the_last_one_ends_is_named() => Refused(new() { EarlyRow = 40 }, "batch 1, row 0: it begins before the batch ahead of it ends");

    [Fact]
    public void A_price_beyond_64_bits_is_named_by_row() => Refused(new() { BidFactor = 1_000_000_000_000_000, PriceScale = 4 }, "batch 0, row 0: column 'bid' has 1000000000000000000, which is beyond 64 bits");

    [Fact]
    public void Every_changed_byte_of_a_foreign_file_is_an_error_or_as_many_rows()
    {
        foreach (bool isLz4 in (ReadOnlySpan<bool>)[false, true])
        {
            ForeignQuotes quotes = new() { Rows = 20, BatchRows = 12, IsLz4 = isLz4 };
            byte[] sound = File.ReadAllBytes(Written(quotes));
            string path = _folder.File("damaged.arrow");
            foreach (byte mask in (ReadOnlySpan<byte>)[0x01, 0xFF])
            {
                for (int at = 0; at < sound.Length; at++)
                {
                    byte[] damaged = (byte[])sound.Clone();
                    damaged[at] ^= mask;
                    File.WriteAllBytes(path, damaged);
                    try
                    {
                        Assert.Equal(20, TickData.ReadFile(path, TickKind.Quotes).Length);
                    }
                    catch (TickFileException)
                    {
                    }
                }
            }
        }
    }

    private string Written(ForeignQuotes quotes)
    {
        string path = _folder.File("foreign.arrow");
        quotes.Write(path);
        return path;
    }

    private void Refused(ForeignQuotes quotes, string sentence)
    {
        string path = Written(quotes);
        TickFileException fault = Assert.Throws<TickFileException>(() => TickData.ReadFile(path, TickKind.Quotes));
        Assert.StartsWith(path, fault.Message, StringComparison.Ordinal);
        Assert.Contains(sentence, fault.Message, StringComparison.Ordinal);
    }
}
