using CsCheck;
using MiniTrader.Model;
using MiniTrader.Strategies;
using Xunit;

namespace MiniTrader.Tests.Strategies;

/// <summary>Bar builders against a grouping of the whole series, and conservation of volume.</summary>
public sealed class BarBuilderPropertyTests
{
    private static readonly InstrumentId _instrument = new(0);

    private static readonly Gen<TradeTick[]> _trades =
        from steps in Gen.Select(Gen.Int[0, 90], Gen.Int[1, 50], Gen.Int[0, 9]).Array[1, 120]
        select Series(steps);

    [Fact]
    public void Minutes_are_the_groups_of_the_trades_by_minute() => _trades.Sample(
        trades =>
        {
            TimeBarBuilder builder = new(_instrument, BarInterval.Create(1, BarUnit.Minute));
            List<Bar> bars = [];
            foreach (TradeTick trade in trades)
            {
                builder.Add(trade);
                while (builder.TryTake(out Bar bar)) bars.Add(bar);
            }

            builder.Finish();
            while (builder.TryTake(out Bar bar)) bars.Add(bar);

            var groups = trades.GroupBy(t => t.VenueTime.Nanoseconds / Timestamp.NanosecondsPerMinute).ToList();
            return groups.Count == bars.Count && groups.Zip(bars).All(pair =>
                pair.Second.OpenTime.Nanoseconds == pair.First.Key * Timestamp.NanosecondsPerMinute
                && pair.Second.Open == pair.First.First().Price
                && pair.Second.High.Raw == pair.First.Max(t => t.Price.Raw)
                && pair.Second.Low.Raw == pair.First.Min(t => t.Price.Raw)
                && pair.Second.Close == pair.First.Last().Price
                && pair.Second.Volume.Raw == pair.First.Sum(t => t.Size.Raw));
        },
        iter: 500);

    [Fact]
    public void Repeated_closes_leave_no_minute_out() => _trades.Sample(
        trades =>
        {
            TimeBarBuilder builder = new(_instrument, BarInterval.Create(1, BarUnit.Minute), empty: EmptyBars.RepeatClose);
            List<Bar> bars = [];
            foreach (TradeTick trade in trades)
            {
                builder.Add(trade);
                while (builder.TryTake(out Bar bar)) bars.Add(bar);
            }

            HashSet<long> traded = [.. trades.Select(t => t.VenueTime.FloorTo(Timestamp.NanosecondsPerMinute).Nanoseconds)];
            for (int i = 1; i < bars.Count; i++)
            {
                Bar bar = bars[i], before = bars[i - 1];
                if (bar.OpenTime != before.VenueTime) return false;
                bool repeats = bar.Volume.IsZero && bar.Open == before.Close && bar.High == before.Close && bar.Low == before.Close && bar.Close == before.Close;
                if (!repeats && !traded.Contains(bar.OpenTime.Nanoseconds)) return false;
            }

            return true;
        },
        iter: 500);

    [Fact]
    public void Volume_bars_are_full_and_lose_no_unit() => Gen.Select(_trades, Gen.Int[1, 20]).Sample(
        (trades, size) =>
        {
            Quantity full = Quantity.FromUnits(size);
            VolumeBarBuilder builder = new(_instrument, full);
            long total = 0;
            foreach (TradeTick trade in trades)
            {
                builder.Add(trade);
                while (builder.TryTake(out Bar bar))
                {
                    if (bar.Volume != full || bar.Low > bar.High) return false;
                    total += bar.Volume.Raw;
                }
            }

            builder.Finish();
            if (builder.TryTake(out Bar last))
            {
                if (last.Volume >= full) return false;
                total += last.Volume.Raw;
            }

            return total == trades.Sum(t => t.Size.Raw) && !builder.TryTake(out _);
        },
        iter: 500);

    private static TradeTick[] Series((int Seconds, int Price, int Size)[] steps)
    {
        Timestamp time = Timestamp.Parse("2024-01-02");
        TradeTick[] trades = new TradeTick[steps.Length];
        for (int i = 0; i < steps.Length; i++)
        {
            time += steps[i].Seconds * Timestamp.NanosecondsPerSecond;
            trades[i] = new()
            {
                Header = new() { VenueTime = time, ReceivedTime = time, Instrument = _instrument, Kind = EventKind.Trade, Flags = EventFlags.ForBoth },
                Price = new(steps[i].Price * FixedPoint.One),
                Size = Quantity.FromUnits(steps[i].Size),
            };
        }

        return trades;
    }
}
