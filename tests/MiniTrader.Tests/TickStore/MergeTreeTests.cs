using CsCheck;
using MiniTrader.TickStore;
using Xunit;

namespace MiniTrader.Tests.TickStore;

/// <summary>The tournament against a plain search for the earliest head, also with times too far apart for one base.</summary>
public sealed class MergeTreeTests
{
    private static readonly Gen<long> _times = Gen.OneOf(
        Gen.Long[0, 20], Gen.Long[0, long.MaxValue - 1], Gen.Int[0, 4].Select(i => i == 4 ? long.MaxValue - 1 : 1L << (40 + (9 * i) - (i == 3 ? 6 : 0))));

    private static readonly Gen<long[][]> _streams = _times.Array[0, 30].Array[1, 70];

    [Fact]
    public void Winners_come_in_the_order_of_time_then_of_stream()
    {
        _streams.Sample(
            streams =>
            {
                foreach (long[] stream in streams) Array.Sort(stream);
                (long, int)[] expected = [.. streams.SelectMany((s, i) => s.Select(due => (due, i))).OrderBy(h => h)];
                Assert.Equal(expected, Merge(streams));
            },
            iter: 300);
    }

    private static List<(long Due, int Stream)> Merge(long[][] streams)
    {
        int[] heads = new int[streams.Length];
        long?[] Dues() => [.. streams.Select((s, i) => heads[i] < s.Length ? s[heads[i]] : (long?)null)];
        using MergeTree tree = new(Dues());
        List<(long, int)> merged = [];
        while (!tree.IsEnded(tree.Winner))
        {
            if (!tree.IsTime(tree.Winner)) tree.Rebase(Dues());
            int stream = tree.StreamOf(tree.Winner);
            merged.Add((streams[stream][heads[stream]++], stream));
            bool isMore = heads[stream] < streams[stream].Length;
            tree.Winner = tree.Replace(stream, isMore ? tree.KeyOf(stream, streams[stream][heads[stream]]) : tree.EndedKeyOf(stream));
        }

        return merged;
    }
}
