using MiniTrader.Model;
using MiniTrader.Strategies;
using Xunit;

namespace MiniTrader.Tests.Strategies;

/// <summary>The three bar builders on ticks that are worked out by hand.</summary>
public sealed class BarBuilderTests
{
    private static readonly InstrumentId _spy = new(3);
    private static readonly BarInterval _minute = BarInterval.Create(1, BarUnit.Minute);

    [Fact]
    public void A_minute_of_trades()
    {
        TimeBarBuilder bars = new(_spy, _minute);
        Assert.False(bars.Add(Trade("09:30:00", "100", "2")));
        Assert.False(bars.Add(Trade("09:30:20", "103", "1")));
        Assert.False(bars.Add(Trade("09:30:40", "99", "4")));
        Assert.False(bars.Add(Trade("09:30:59.999999999", "101", "1")));
        Assert.False(bars.TryTake(out _));
        Assert.True(bars.Add(Trade("09:31:00", "102", "5")));      // exactly on the boundary: the new bar's
        Assert.True(bars.TryTake(out Bar bar));
        AssertBar(bar, "09:31:00", "100 103 99 101 8");
        Assert.Equal(Time("09:30:00"), bar.OpenTime);
        Assert.Equal(_spy, bar.Instrument);
        Assert.Equal(EventKind.Bar, bar.Header.Kind);
        Assert.Equal(EventFlags.ForStrategy, bar.Header.Flags);
        Assert.Equal(_minute, bar.Interval);
        Assert.False(bars.TryTake(out _));
        Assert.True(bars.Finish());
        Assert.True(bars.TryTake(out bar));
        AssertBar(bar, "09:32:00", "102 102 102 102 5");
        Assert.False(bars.Finish());
    }

    [Fact]
    public void Empty_minutes_are_skipped_or_repeat_the_close()
    {
        foreach (EmptyBars empty in Enum.GetValues<EmptyBars>())
        {
            TimeBarBuilder bars = new(_spy, _minute, empty: empty);
            bars.Add(Trade("09:30:10", "100", "1"));
            Assert.True(bars.Add(Trade("09:33:00", "105", "2")));
            Assert.True(bars.TryTake(out Bar bar));
            AssertBar(bar, "09:31:00", "100 100 100 100 1");
            if (empty == EmptyBars.RepeatClose)
            {
                Assert.True(bars.TryTake(out bar));
                AssertBar(bar, "09:32:00", "100 100 100 100 0");
                Assert.True(bars.TryTake(out bar));
                AssertBar(bar, "09:33:00", "100 100 100 100 0");
            }

            Assert.False(bars.TryTake(out _));
            Assert.True(bars.Finish());
            Assert.True(bars.TryTake(out bar));
            AssertBar(bar, "09:34:00", "105 105 105 105 2");
        }
    }

    [Fact]
    public void Time_alone_finishes_a_bar()
    {
        TimeBarBuilder bars = new(_spy, _minute, empty: EmptyBars.RepeatClose);
        Assert.False(bars.AdvanceTo(Time("09:00:00")));            // before the first tick nothing is open
        bars.Add(Trade("09:30:10", "100", "1"));
        Assert.False(bars.AdvanceTo(Time("09:30:59.999999999")));
        Assert.True(bars.AdvanceTo(Time("09:31:00")));
        Assert.True(bars.TryTake(out Bar bar));
        AssertBar(bar, "09:31:00", "100 100 100 100 1");
        Assert.False(bars.TryTake(out _));
        Assert.False(bars.AdvanceTo(Time("09:31:30")));
        Assert.True(bars.AdvanceTo(Time("09:32:00")));             // an empty minute by the clock
        Assert.True(bars.TryTake(out bar));
        AssertBar(bar, "09:32:00", "100 100 100 100 0");
        Assert.False(bars.Add(Trade("09:32:10", "101", "1")));
        Assert.True(bars.Finish());
        Assert.True(bars.TryTake(out bar));
        AssertBar(bar, "09:33:00", "101 101 101 101 1");
    }

    [Fact]
    public void Time_alone_skips_empty_bars_by_default()
    {
        TimeBarBuilder bars = new(_spy, _minute);
        bars.Add(Trade("09:30:10", "100", "1"));
        Assert.True(bars.AdvanceTo(Time("09:35:30")));
        Assert.True(bars.TryTake(out _));
        Assert.False(bars.TryTake(out _));
        Assert.False(bars.AdvanceTo(Time("09:40:00")));
        Assert.False(bars.Add(Trade("09:41:30", "101", "1")));
        Assert.True(bars.Add(Trade("09:42:00", "102", "1")));
        Assert.True(bars.TryTake(out Bar bar));
        AssertBar(bar, "09:42:00", "101 101 101 101 1");
    }

    [Fact]
    public void Bars_align_with_their_origin()
    {
        TimeBarBuilder bars = new(_spy, BarInterval.Create(1, BarUnit.Hour), origin: Time("09:30:00"));
        bars.Add(Trade("09:15:00", "1", "1"));                     // before the origin: [08:30, 09:30)
        Assert.True(bars.Add(Trade("09:30:00", "2", "1")));
        Assert.True(bars.TryTake(out Bar bar));
        AssertBar(bar, "09:30:00", "1 1 1 1 1");
        Assert.True(bars.Add(Trade("11:29:00", "3", "1")));
        Assert.True(bars.TryTake(out bar));
        AssertBar(bar, "10:30:00", "2 2 2 2 1");
    }

    [Fact]
    public void A_late_trade_counts_to_the_open_bar()
    {
        TimeBarBuilder bars = new(_spy, _minute);
        bars.Add(Trade("09:31:10", "100", "1"));
        Assert.False(bars.Add(Trade("09:30:59", "90", "2")));
        bars.Finish();
        Assert.True(bars.TryTake(out Bar bar));
        AssertBar(bar, "09:32:00", "100 100 90 90 3");
    }

    [Fact]
    public void A_gap_repeats_the_close_only_so_often()
    {
        TimeBarBuilder bars = new(_spy, BarInterval.Create(1, BarUnit.Second), empty: EmptyBars.RepeatClose);
        bars.Add(Trade("00:00:00", "100", "1"));
        TradeTick later = Trade("00:00:00", "101", "1");
        later.Header.VenueTime += 10 * Timestamp.NanosecondsPerDay;
        Assert.True(bars.Add(later));
        int count = 0;
        while (bars.TryTake(out _)) count++;
        Assert.Equal(1 + TimeBarBuilder.MaxRepeats, count);
        Assert.False(bars.Add(later));
    }

    [Fact]
    public void Quotes_make_bars_of_the_side_that_the_interval_names()
    {
        (BarSource, string)[] expected = [(BarSource.Bid, "10 12 10 12 0"), (BarSource.Ask, "12 16 12 16 0"), (BarSource.Mid, "11 14 11 14 0")];
        foreach ((BarSource source, string figures) in expected)
        {
            TimeBarBuilder bars = new(_spy, _minute.WithSource(source));
            bars.Add(Quote("09:30:00", "10", "12"));
            bars.Add(Quote("09:30:30", "12", "16"));
            QuoteTick nothing = Quote("09:30:40", "0", "0");
            nothing.BidSize = nothing.AskSize = Quantity.Zero;
            bars.Add(nothing);
            Assert.True(bars.Finish());
            Assert.True(bars.TryTake(out Bar bar));
            AssertBar(bar, "09:31:00", figures);
            Assert.Equal(source, bar.Interval.Source);
            Assert.Throws<InvalidOperationException>(() => bars.Add(Trade("09:30:00", "1", "1")));
        }

        Assert.Throws<InvalidOperationException>(() => new TimeBarBuilder(_spy, _minute).Add(Quote("09:30:00", "10", "12")));
    }

    [Fact]
    public void Three_trades_a_bar()
    {
        TickBarBuilder bars = new(_spy, 3);
        Assert.False(bars.Add(Trade("09:30:00", "10", "1")));
        Assert.False(bars.Add(Trade("09:30:01", "12", "2")));
        Assert.True(bars.Add(Trade("09:30:07", "11", "3")));
        Assert.True(bars.TryTake(out Bar bar));
        AssertBar(bar, "09:30:07", "10 12 10 11 6");
        Assert.Equal(0, bar.Interval.Count);
        Assert.False(bars.TryTake(out _));
        Assert.False(bars.Add(Trade("09:30:08", "9", "1")));
        Assert.True(bars.Finish());
        Assert.True(bars.TryTake(out bar));
        AssertBar(bar, "09:30:08", "9 9 9 9 1");
        Assert.False(bars.Finish());
    }

    [Fact]
    public void A_trade_is_divided_among_the_volume_bars_that_it_fills()
    {
        VolumeBarBuilder bars = new(_spy, Quantity.Parse("10"));
        Assert.False(bars.Add(Trade("09:30:00", "100", "4")));
        Assert.False(bars.Add(Trade("09:30:01", "101", "0")));     // no size: moves the price only
        Assert.True(bars.Add(Trade("09:30:02", "99", "28")));      // 6 + 10 + 10 + 2
        Assert.True(bars.TryTake(out Bar bar));
        AssertBar(bar, "09:30:02", "100 101 99 99 10");
        Assert.True(bars.TryTake(out bar));
        AssertBar(bar, "09:30:02", "99 99 99 99 10");
        Assert.True(bars.TryTake(out bar));
        AssertBar(bar, "09:30:02", "99 99 99 99 10");
        Assert.False(bars.TryTake(out _));
        Assert.True(bars.Add(Trade("09:30:09", "98", "8")));       // 2 + 8: full to the unit
        Assert.True(bars.TryTake(out bar));
        AssertBar(bar, "09:30:09", "99 99 98 98 10");
        Assert.False(bars.TryTake(out _));
        Assert.False(bars.Finish());
    }

    [Fact]
    public void A_finished_bar_cannot_be_lost()
    {
        TickBarBuilder ticks = new(_spy, 1);
        ticks.Add(Trade("09:30:00", "10", "1"));
        Assert.Throws<InvalidOperationException>(() => ticks.Add(Trade("09:30:01", "10", "1")));
        VolumeBarBuilder volume = new(_spy, Quantity.Parse("1"));
        volume.Add(Trade("09:30:00", "10", "5"));
        Assert.Throws<InvalidOperationException>(() => volume.Add(Trade("09:30:01", "10", "1")));
        TimeBarBuilder time = new(_spy, _minute);
        time.Add(Trade("09:30:00", "10", "5"));
        time.Add(Trade("09:31:00", "10", "5"));
        Assert.Throws<InvalidOperationException>(() => time.Add(Trade("09:31:00", "10", "5")));
        Assert.Throws<InvalidOperationException>(() => time.AdvanceTo(Time("09:40:00")));
    }

    [Fact]
    public void Ticks_of_other_instruments_are_ignored()
    {
        TradeTick other = Trade("09:30:00", "10", "1");
        other.Header.Instrument = new(4);
        Assert.False(new TickBarBuilder(_spy, 1).Add(other));
        Assert.False(new VolumeBarBuilder(_spy, Quantity.Parse("1")).Add(other));
        TimeBarBuilder time = new(_spy, _minute);
        time.Add(other);
        Assert.False(time.Finish());
    }

    [Fact]
    public void A_volume_past_the_largest_quantity_stays_there()
    {
        TickBarBuilder bars = new(_spy, 2);
        TradeTick trade = Trade("09:30:00", "10", "1");
        trade.Size = Quantity.MaxValue;
        bars.Add(trade);
        bars.Add(trade);
        bars.TryTake(out Bar bar);
        Assert.Equal(Quantity.MaxValue, bar.Volume);
    }

    [Fact]
    public void Impossible_settings_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TickBarBuilder(_spy, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new VolumeBarBuilder(_spy, Quantity.Zero));
        Assert.Throws<ArgumentException>(() => new TimeBarBuilder(_spy, default));
    }

    [Fact]
    public void No_tick_and_no_bar_allocates()
    {
        TimeBarBuilder time = new(_spy, _minute, empty: EmptyBars.RepeatClose);
        TickBarBuilder ticks = new(_spy, 7);
        VolumeBarBuilder volume = new(_spy, Quantity.Parse("3"));
        TradeTick trade = Trade("09:30:00", "10", "8");
        int taken = 0;
        Assert.Equal(0, Allocations.Of(() =>
        {
            for (int i = 0; i < 1000; i++)
            {
                trade.Header.VenueTime += 40 * Timestamp.NanosecondsPerSecond;
                time.Add(trade);
                while (time.TryTake(out _)) taken++;
                ticks.Add(trade);
                while (ticks.TryTake(out _)) taken++;
                volume.Add(trade);
                while (volume.TryTake(out _)) taken++;
            }
        }));
        Assert.True(taken > 3000);
    }

    private static void AssertBar(in Bar bar, string end, string figures)
    {
        Assert.Equal(figures, $"{bar.Open} {bar.High} {bar.Low} {bar.Close} {bar.Volume}");
        Assert.Equal(Time(end), bar.VenueTime);
    }

    private static Timestamp Time(string time) => Timestamp.Parse("2024-01-02T" + time);

    private static TradeTick Trade(string time, string price, string size) => new()
    {
        Header = new() { VenueTime = Time(time), ReceivedTime = Time(time), Instrument = _spy, Kind = EventKind.Trade, Flags = EventFlags.ForBoth },
        Price = Price.Parse(price),
        Size = Quantity.Parse(size),
    };

    private static QuoteTick Quote(string time, string bid, string ask) => new()
    {
        Header = new() { VenueTime = Time(time), ReceivedTime = Time(time), Instrument = _spy, Kind = EventKind.Quote, Flags = EventFlags.ForBoth },
        Bid = Price.Parse(bid),
        Ask = Price.Parse(ask),
        BidSize = Quantity.Parse("1"),
        AskSize = Quantity.Parse("1"),
    };
}
