using MiniTrader.Model;
using MiniTrader.Sessions;
using Xunit;

namespace MiniTrader.Tests.Sessions;

/// <summary>How much of the market is due at which instant of the machine's time.</summary>
public sealed class MarketReplayTests
{
    private const long Second = Timestamp.NanosecondsPerSecond;
    private static readonly Timestamp _wall = Timestamp.Parse("2026-11-23T09:00:00Z");

    [Fact]
    public void At_double_speed_an_event_a_second_later_is_due_after_half_a_second()
    {
        MarketReplay market = new(new Tape(0, Second, 2 * Second), new() { Speed = 2 });
        Assert.Equal(1, Due(market, 0));
        Assert.Equal(0, Due(market, (Second / 2) - 1));
        Assert.Equal(1, Due(market, Second / 2));
        Assert.Equal(1, Due(market, Second));
        Assert.Equal(0, Due(market, Second + 1));
        Assert.True(market.IsOver);
        Assert.Equal(3, market.Events);
    }

    [Fact]
    public void A_silence_longer_than_the_longest_is_left_out_and_the_pace_goes_on_from_there()
    {
        const long night = 15 * 3600 * Second;
        MarketReplay market = new(new Tape(0, night, night + Second), new() { MaxGapNanoseconds = 10 * Second });
        Assert.Equal(2, Due(market, 0));
        Assert.Equal(Tape.Start + night, market.Now);
        Assert.Equal(0, Due(market, Second - 1));
        Assert.Equal(1, Due(market, Second));
    }

    [Fact]
    public void As_fast_as_it_can_be_read_everything_is_due_and_time_never_goes_back()
    {
        MarketReplay market = new(new Tape(0, Second, 3600 * Second), new() { Speed = double.PositiveInfinity });
        Assert.Equal(3, Due(market, 0));
        Timestamp end = market.Now;
        Assert.Equal(0, Due(market, -5 * Second));
        Assert.True(market.Now >= end);
    }

    private static int Due(MarketReplay market, long wall)
    {
        int due = 0;
        while (true)
        {
            market.Advance(_wall + wall);
            if (!market.TryPeek(out _)) return due;
            market.Taken();
            due++;
        }
    }

    /// <summary>Quotes at given nanoseconds behind a start.</summary>
    private sealed class Tape(params long[] at) : IFeed
    {
        public static readonly Timestamp Start = Timestamp.Parse("2024-01-02T15:00:00Z");
        private int _next;

        public bool IsFinished => _next == at.Length;

        public int Fill(Span<MarketEvent> slots)
        {
            int count = 0;
            for (; count < slots.Length && _next < at.Length; count++, _next++)
            {
                slots[count] = default;
                slots[count].Header = new() { VenueTime = Start + at[_next], ReceivedTime = Start + at[_next], Kind = EventKind.Quote, Flags = EventFlags.ForBoth };
            }

            return count;
        }

        public void Dispose()
        {
        }
    }
}
