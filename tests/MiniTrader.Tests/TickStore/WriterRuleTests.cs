using MiniTrader.Model;
using MiniTrader.TickStore;
using Xunit;

namespace MiniTrader.Tests.TickStore;

/// <summary>What a writer refuses, in which words, and what it leaves behind.</summary>
public sealed class WriterRuleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_row_before_the_row_ahead_of_it_is_refused_by_file_and_row()
    {
        MarketEvent[] events = TickData.Events(TickKind.Quotes, 10, 1, meanGap: 100);
        events[7].Header.ReceivedTime = events[6].Header.ReceivedTime - 1;
        events[7].Header.VenueTime = events[7].Header.ReceivedTime;
        TickDataException fault = Refused(TickKind.Quotes, events);
        Assert.StartsWith($"{_folder.File("x.arrow")}, row 7: received at ", fault.Message, StringComparison.Ordinal);
        Assert.Contains("before the row ahead of it", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_row_number_counts_earlier_calls_and_the_refused_call_leaves_nothing()
    {
        MarketEvent[] events = TickData.Events(TickKind.Quotes, 10, 1);
        string path = _folder.File("x.arrow");
        using (TickFileWriter writer = TickFileWriter.Create(path, TickData.Info(TickKind.Quotes), TickFileOptions.Default))
        {
            writer.Append(events);
            MarketEvent[] wrong = [events[9], events[0]];
            TickDataException fault = Assert.Throws<TickDataException>(() => writer.Append(wrong));
            Assert.Contains(", row 11: ", fault.Message, StringComparison.Ordinal);
            writer.Complete();
        }

        TickData.AssertSame(events, TickData.ReadFile(path, TickKind.Quotes));
    }

    [Fact]
    public void A_file_to_which_columns_could_not_be_added_is_not_completed_and_leaves_nothing()
    {
        MarketEvent[] events = TickData.Events(TickKind.Quotes, 300, 1);
        MarketEvent later = events[^1];
        later.Quote.Sequence = 7;
        string path = _folder.File("x.arrow");
        string obstacle = $"{path}.1{TickFileWriter.UnfinishedSuffix}";
        Directory.CreateDirectory(obstacle);
        using (TickFileWriter writer = TickFileWriter.Create(path, TickData.Info(TickKind.Quotes), TickFileOptions.Default with { BatchRows = 100 }))
        {
            writer.Append(events);
            Assert.ThrowsAny<SystemException>(() => writer.Append([later]));
            Directory.Delete(obstacle);

            // The way is free now, but the first rows are in a file that has its footer.
            Assert.Contains("adding columns to it failed before", Assert.Throws<IOException>(() => writer.Append([later])).Message, StringComparison.Ordinal);
            Assert.Throws<IOException>(() => writer.Append(events.AsSpan(299)));
            Assert.Throws<IOException>(writer.Complete);
        }

        Assert.Empty(Directory.GetFileSystemEntries(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void A_feed_that_was_given_back_is_not_read()
    {
        string path = _folder.File("x.arrow");
        TickData.Write(path, TickKind.Quotes, TickData.Events(TickKind.Quotes, 10, 1), TickFileOptions.Default);
        MappedFeed feed = MappedFeed.OverFile(TickFile.Open(path, TickKind.Quotes));
        feed.Dispose();
        Assert.Throws<ObjectDisposedException>(() => feed.Fill(new MarketEvent[1]));
    }

    [Fact]
    public void A_received_time_before_the_venue_time_is_refused()
    {
        MarketEvent[] events = TickData.Events(TickKind.Trades, 3, 1);
        events[1].Header.VenueTime = events[1].Header.ReceivedTime + 1;
        Assert.Contains("row 1: received at", Refused(TickKind.Trades, events).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_of_another_kind_is_refused()
    {
        MarketEvent[] events = [.. TickData.Events(TickKind.Trades, 1, 1), .. TickData.Events(TickKind.Quotes, 1, 1)];
        Assert.Contains("row 1: the event is a Quote, but the file holds trades", Refused(TickKind.Trades, events).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bar_of_another_interval_is_refused()
    {
        TickKind minutes = TickKind.Bars(BarInterval.Create(1, BarUnit.Minute)), hours = TickKind.Bars(BarInterval.Create(1, BarUnit.Hour));
        Assert.Contains("interval is 1h", Refused(minutes, TickData.Events(hours, 1, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_time_that_means_never_is_refused()
    {
        MarketEvent[] events = TickData.Events(TickKind.Quotes, 1, 1);
        events[0].Header.ReceivedTime = Timestamp.MaxValue;
        Assert.Contains("later than a tick file holds", Refused(TickKind.Quotes, events).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_existing_file_stays_unless_overwriting_was_asked_for()
    {
        string path = _folder.File("x.arrow");
        MarketEvent[] former = TickData.Events(TickKind.Quotes, 5, 1), later = TickData.Events(TickKind.Quotes, 6, 2);
        TickData.Write(path, TickKind.Quotes, former, TickFileOptions.Default);
        TickDataException fault = Assert.Throws<TickDataException>(() => TickData.Write(path, TickKind.Quotes, later, TickFileOptions.Default));
        Assert.Contains("exists already", fault.Message, StringComparison.Ordinal);
        TickData.AssertSame(former, TickData.ReadFile(path, TickKind.Quotes));

        TickData.Write(path, TickKind.Quotes, later, new() { Overwrite = true });
        TickData.AssertSame(later, TickData.ReadFile(path, TickKind.Quotes));
    }

    [Fact]
    public void A_writer_that_is_not_completed_leaves_no_file()
    {
        using (TickFileWriter writer = TickFileWriter.Create(_folder.File("x.arrow"), TickData.Info(TickKind.Quotes), new() { BatchRows = 2 }))
        {
            writer.Append(TickData.Events(TickKind.Quotes, 9, 1));
            Assert.False(File.Exists(_folder.File("x.arrow")));
        }

        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_file_that_could_not_be_written_is_never_completed()
    {
        string path = _folder.File("x.arrow");
        MarketEvent[] events = TickData.Events(TickKind.Quotes, 300, 1);
        using TickFileWriter writer = TickFileWriter.Create(path, TickData.Info(TickKind.Quotes), new() { BatchRows = 300 });
        writer.Append(events.AsSpan(0, 200));
        writer.Suspend();
        File.Delete(writer.UnfinishedPath);
        Assert.Throws<FileNotFoundException>(writer.Flush);
        File.WriteAllBytes(writer.UnfinishedPath, []);
        Assert.Throws<IOException>(() => writer.Append(events.AsSpan(200)));
        Assert.Throws<IOException>(writer.Flush);
        Assert.Throws<IOException>(writer.Complete);
        Assert.False(File.Exists(path));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(TickFileOptions.MaxBatchRows + 1, 1)]
    [InlineData(1, 0)]
    public void Settings_out_of_range_are_refused(int batchRows, int openFiles) =>
        Assert.Throws<TickDataException>(() => new TickFileOptions { BatchRows = batchRows, MaxOpenFiles = openFiles }.Validated());

    private TickDataException Refused(TickKind kind, MarketEvent[] events) =>
        Assert.Throws<TickDataException>(() => TickData.Write(_folder.File("x.arrow"), kind, events, TickFileOptions.Default));
}
