using MiniTrader.Model;
using MiniTrader.TickStore;
using Xunit;

namespace MiniTrader.Tests.TickStore;

/// <summary>
/// A file that was cut, or of which any byte changed, gives a clear error or the rows that were written: never other rows of
/// other times, never fewer, never a crash of the process.
/// </summary>
public sealed class DamagedFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(TickCompression.None)]
    [InlineData(TickCompression.Lz4)]
    public void A_file_cut_short_at_any_byte_is_an_error(TickCompression compression)
    {
        byte[] sound = Sound(compression, out _);
        for (int length = 0; length < sound.Length; length++)
        {
            string path = Save(sound.AsSpan(0, length));
            TickFileException fault = Assert.Throws<TickFileException>(() => TickData.ReadFile(path, TickKind.Quotes));
            Assert.StartsWith(path, fault.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(TickCompression.None, 0x01)]
    [InlineData(TickCompression.None, 0xFF)]
    [InlineData(TickCompression.Lz4, 0x01)]
    public void Every_changed_byte_is_found_by_verifying(TickCompression compression, byte mask)
    {
        byte[] sound = Sound(compression, out _);
        for (int at = 0; at < sound.Length; at++)
        {
            // Bytes 6 and 7 fill the head's magic up to a word; the head's hash covers them too.
            byte[] damaged = (byte[])sound.Clone();
            damaged[at] ^= mask;
            string path = Save(damaged);
            IReadOnlyList<TickFileFault> faults = TickFileVerifier.Verify(path, TickKind.Quotes);
            Assert.True(faults.Count > 0, $"Byte {at} of {sound.Length} changed unnoticed.");
        }
    }

    [Theory]
    [InlineData(TickCompression.None)]
    [InlineData(TickCompression.Lz4)]
    public void A_changed_byte_outside_the_data_is_found_without_verifying(TickCompression compression)
    {
        byte[] sound = Sound(compression, out MarketEvent[] events);
        for (int at = 0; at < sound.Length; at++)
        {
            byte[] damaged = (byte[])sound.Clone();
            damaged[at] ^= 0x10;
            string path = Save(damaged);
            bool isData = Bodies.Any(b => at >= b.BodyOffset && at < b.End);
            if (isData)
            {
                // The rows may differ, but there are as many, or there is an error.
                try
                {
                    Assert.Equal(events.Length, TickData.ReadFile(path, TickKind.Quotes).Length);
                }
                catch (TickFileException)
                {
                }
            }
            else
            {
                Assert.Throws<TickFileException>(() => TickData.ReadFile(path, TickKind.Quotes));
            }
        }
    }

    [Fact]
    public void Verifying_names_file_and_batch_of_changed_data_and_goes_on()
    {
        byte[] damaged = Sound(TickCompression.None, out _);
        damaged[Bodies[1].BodyOffset + 64]++;
        damaged[Bodies[2].End - 1] ^= 1;
        string path = Save(damaged);
        Assert.Equal([(path, 1), (path, 2)], TickFileVerifier.Verify(path, TickKind.Quotes).Select(f => (f.Path, f.Batch)));
    }

    [Fact]
    public void A_verifying_feed_hands_out_the_rows_ahead_of_the_damage_and_then_keeps_throwing()
    {
        byte[] damaged = Sound(TickCompression.None, out MarketEvent[] events);
        damaged[Bodies[1].BodyOffset + 64 + 200]++;
        string path = Save(damaged);
        CursorSettings settings = new() { Instrument = new(0), Verify = true };
        using SeriesCursor cursor = new([TickFile.Open(path, TickKind.Quotes)], settings, null);
        using MappedFeed feed = new(cursor, null);
        MarketEvent[] slots = new MarketEvent[100];
        Assert.Equal(16, feed.Fill(slots));
        TickData.AssertSame(events.AsSpan(0, 16), slots.AsSpan(0, 16));
        for (int i = 0; i < 3; i++)
        {
            TickFileException fault = Assert.Throws<TickFileException>(() => feed.Fill(slots));
            Assert.StartsWith($"{path}, batch 1: its data does not match the checksum", fault.Message, StringComparison.Ordinal);
            Assert.False(feed.IsFinished);
        }
    }

    [Fact]
    public void Rows_out_of_order_are_named_by_batch_and_row()
    {
        byte[] damaged = Sound(TickCompression.None, out _);

        // The top byte of the fifth venue time of batch 2 makes it a time long ago.
        damaged[Bodies[2].BodyOffset + (4 * 8) + 7] = 0;
        string path = Save(damaged);
        TickFileException fault = Assert.Throws<TickFileException>(() => TickData.ReadFile(path, TickKind.Quotes));
        Assert.StartsWith($"{path}, batch 2, row 4: its time ", fault.Message, StringComparison.Ordinal);
        Assert.Equal((path, 2, 4L), (fault.Path, fault.Batch, fault.Row));
    }

    [Fact]
    public void Another_kind_of_file_is_refused_by_name()
    {
        string path = Save(Sound(TickCompression.None, out _));
        TickFileException fault = Assert.Throws<TickFileException>(() => TickFile.Open(path, TickKind.Trades));
        Assert.Contains("holds quotes, but trades are expected", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not an arrow file at all, but long enough to be taken for one")]
    [InlineData("ARROW1  and then nothing of the sort, yet it ends as it should: ARROW1")]
    [InlineData("")]
    public void Other_files_are_refused(string text)
    {
        string path = Save(System.Text.Encoding.ASCII.GetBytes(text));
        Assert.Throws<TickFileException>(() => TickFile.Open(path, TickKind.Quotes));
    }

    [Fact]
    public void A_file_that_changes_length_behind_its_footer_is_refused()
    {
        byte[] sound = Sound(TickCompression.None, out _);
        string path = Save(sound);
        TickFile file = TickFile.Open(path, TickKind.Quotes);
        File.WriteAllBytes(path, sound.AsSpan(0, 100));
        using MappedFeed feed = MappedFeed.OverFile(file);
        MarketEvent[] slots = new MarketEvent[10];
        TickFileException fault = Assert.Throws<TickFileException>(() => feed.Fill(slots));
        Assert.Contains("its length changed", fault.Message, StringComparison.Ordinal);
    }

    private BatchBlock[] Bodies { get; set; } = [];

    /// <summary>A small file of three batches.</summary>
    private byte[] Sound(TickCompression compression, out MarketEvent[] events)
    {
        events = TickData.Events(TickKind.Quotes, 40, 11);
        string path = _folder.File("sound.arrow");
        TickData.Write(path, TickKind.Quotes, events, new() { BatchRows = 16, Compression = compression });
        Bodies = TickFile.Open(path, TickKind.Quotes).Blocks;
        return File.ReadAllBytes(path);
    }

    private string Save(ReadOnlySpan<byte> bytes)
    {
        string path = _folder.File("damaged.arrow");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
