using System.Numerics;
using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>
/// What a made-up stock is worth, in ticks within its window of prices: a random walk that takes a step with each of its messages, so that busy
/// hours move more. Orders come around it, and what it has passed is taken or taken back. Part of a <see cref="MadeUpStock"/>.
/// </summary>
internal struct MadeUpPrice
{
    /// <summary>How near the ends of the window it may come, in ticks.</summary>
    private const double Margin = 128;

    /// <summary>Largest step as a share of the price: a stock of few messages moves less in a day, rather than by leaps.</summary>
    private const double MaxStep = 0.0002;

    /// <param name="ticks">The price at the start of the day, in ticks.</param>
    /// <param name="messages">How many messages the stock is expected to have.</param>
    /// <param name="deviation">Standard deviation of the day's return.</param>
    public MadeUpPrice(double ticks, double messages, double deviation)
    {
        Step = ticks * Math.Min(deviation / Math.Sqrt(messages), MaxStep);
        Value = MadeUpOrders.Levels / 2;
    }

    /// <summary>In levels of the window, between them mostly.</summary>
    public double Value { get; private set; }

    /// <summary>Standard deviation of what a message moves, in ticks.</summary>
    public readonly double Step { get; }

    public void Move(ref SeededRandom random)
    {
        // Of 64 bits the number of ones has mean 32 and deviation 4: as good as a normal step, and nearly free.
        double moved = Value + (Step * 0.25 * (BitOperations.PopCount(random.NextUInt64()) - 32));
        Value = Math.Clamp(moved, Margin, MadeUpOrders.Levels - Margin);
    }
}
