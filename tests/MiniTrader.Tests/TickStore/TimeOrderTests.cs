using CsCheck;
using MiniTrader.TickStore;
using Xunit;

namespace MiniTrader.Tests.TickStore;

/// <summary>The vectorised passes over time columns against loops that compare row by row.</summary>
public sealed unsafe class TimeOrderTests
{
    // Nearly ordered, so that the one step that is not lies anywhere, in the vectors and behind them.
    private static readonly Gen<(long Venue, long Received)[]> _rows = Gen.Select(
        Gen.Select(Gen.Long[0, 3], Gen.Long[0, 2]).Array[1, 40], Gen.Int[0, 60], Gen.Int[0, 2], (steps, at, what) =>
        {
            long venue = 0;
            (long Venue, long Received)[] rows = [.. steps.Select(s => (venue += s.Item1, venue + 9 + s.Item2))];
            for (int i = 1; i < rows.Length; i++) rows[i].Received = Math.Max(rows[i].Received, rows[i - 1].Received);
            if (at < rows.Length) rows[at] = what switch { 0 => rows[at] with { Venue = -1 }, 1 => rows[at] with { Received = rows[at].Venue }, _ => rows[at] with { Received = rows[at].Venue - 1 } };
            return rows;
        });

    [Fact]
    public void Ordered_means_ordered_in_both_columns_and_never_received_early() => _rows.Sample(
        rows =>
        {
            bool expected = rows.All(r => r.Received >= r.Venue) && rows.Zip(rows.Skip(1)).All(p => p.First.Venue <= p.Second.Venue && p.First.Received <= p.Second.Received);
            fixed (long* venue = rows.Select(r => r.Venue).ToArray(), received = rows.Select(r => r.Received).ToArray())
            {
                Assert.Equal(expected, TimeOrder.AreOrdered(venue, received, rows.Length));
                Assert.Equal(rows.Zip(rows.Skip(1)).All(p => p.First.Venue <= p.Second.Venue), TimeOrder.AreOrdered(venue, venue, rows.Length));
            }
        },
        iter: 3_000);
}
