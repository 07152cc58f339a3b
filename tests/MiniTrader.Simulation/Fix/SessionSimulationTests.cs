using Xunit;

namespace MiniTrader.Simulation.Fix;

/// <summary>Whatever the wire and the processes do, each message reaches the other application once, in order. A failing seed is the reproduction.</summary>
public sealed class SessionSimulationTests
{
    private const int Steps = 3_000;

    public static TheoryData<ulong> Seeds { get; } = [.. Enumerable.Range(1, 24).Select(i => (ulong)i)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void No_message_is_lost_or_delivered_twice(ulong seed)
    {
        using SessionWorld world = new(seed);
        for (int step = 0; step < Steps; step++) world.Step();
        world.Settle();
        Assert.True(world.Wrong is null, $"seed {seed}: {world.Wrong}; {world.Summary}");
        Assert.True(world.Delivered > 200 && world.Breaks > 5 && world.Crashes > 3, world.Summary);
    }
}
