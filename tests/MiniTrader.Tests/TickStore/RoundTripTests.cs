using CsCheck;
using MiniTrader.Model;
using MiniTrader.TickStore;
using Xunit;

namespace MiniTrader.Tests.TickStore;

/// <summary>What is written comes back, every byte of every event, whatever the batches, chunks and columns.</summary>
public sealed class RoundTripTests
{
    private static readonly Gen<(int Kind, int Rows, int BatchRows, int Chunk, int Shape, bool Lz4, ulong Seed)> _files =
        Gen.Select(Gen.Int[0, TickData.AllKinds.Length - 1], Gen.Int[0, 700], Gen.Int[1, 300], Gen.Int[1, 400], Gen.Int[0, 3], Gen.Bool, Gen.ULong);

    [Fact]
    public void Every_kind_comes_back_as_it_was_written()
    {
        using TemporaryFolder folder = new();
        int next = 0;
        _files.Sample(
            file =>
            {
                TickKind kind = TickData.AllKinds[file.Kind];
                MarketEvent[] events = TickData.Events(kind, file.Rows, file.Seed, (TickData.Shape)file.Shape);
                string path = folder.File($"{Interlocked.Increment(ref next)}.arrow");
                TickFileOptions options = new() { BatchRows = file.BatchRows, Compression = file.Lz4 ? TickCompression.Lz4 : TickCompression.None };
                TickData.Write(path, kind, events, options, file.Chunk);
                TickData.AssertSame(events, TickData.ReadFile(path, kind, file.Chunk));
                Assert.Empty(TickFileVerifier.Verify(path, kind));
            },
            iter: 300);
    }

    /// <summary>A file of more than one batch of the usual size, so that the vectorised loops run at full length.</summary>
    [Theory]
    [InlineData(TickCompression.None)]
    [InlineData(TickCompression.Lz4)]
    public void Batches_of_the_usual_size_come_back(TickCompression compression)
    {
        using TemporaryFolder folder = new();
        foreach (TickKind kind in TickData.AllKinds)
        {
            MarketEvent[] events = TickData.Events(kind, (2 * TickFileOptions.DefaultBatchRows) + 17, 7, TickData.Shape.Extras | TickData.Shape.TwoClocks);
            string path = folder.File($"{kind}.arrow");
            TickData.Write(path, kind, events, new() { Compression = compression });
            TickData.AssertSame(events, TickData.ReadFile(path, kind, 1000));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_late_row_that_needs_a_column_widens_the_file(bool lz4)
    {
        using TemporaryFolder folder = new();
        MarketEvent[] events = TickData.Events(TickKind.Trades, 1000, 3);
        events[700].Trade.Sequence = 5;
        events[900].Header.VenueTime = events[900].Header.ReceivedTime - 1;
        events[999].Trade.TradeId = 9;
        events[999].Trade.Condition = TradeCondition.ClosingAuction;
        string path = folder.File("trades.arrow");
        TickData.Write(path, TickKind.Trades, events, new() { BatchRows = 100, Compression = lz4 ? TickCompression.Lz4 : TickCompression.None }, chunk: 50);

        TickData.AssertSame(events, TickData.ReadFile(path, TickKind.Trades));
        Assert.Equal(TickColumns.ReceivedTime | TickColumns.Sequence | TickColumns.TradeId | TickColumns.Condition, TickFile.Open(path, TickKind.Trades).Schema.Present);
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Columns_that_no_row_needs_are_left_out()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("quotes.arrow");
        TickData.Write(path, TickKind.Quotes, TickData.Events(TickKind.Quotes, 10, 1), TickFileOptions.Default);
        Assert.Equal(TickColumns.None, TickFile.Open(path, TickKind.Quotes).Schema.Present);
    }

    [Fact]
    public void A_file_without_rows_is_a_file()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("empty.arrow");
        TickData.Write(path, TickKind.Quotes, [], TickFileOptions.Default);
        Assert.Empty(TickData.ReadFile(path, TickKind.Quotes));
        Assert.Empty(TickFileVerifier.Verify(path, TickKind.Quotes));
    }
}
