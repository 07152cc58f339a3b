using System.Diagnostics.CodeAnalysis;
using MiniTrader.Model;

namespace MiniTrader.Strategies;

/// <summary>What a bar builder says when it is used wrongly: each is a bug of the caller.</summary>
internal static class BarBuilderErrors
{
    [DoesNotReturn]
    public static void ThrowNotTaken() => throw new InvalidOperationException(
        "A finished bar has not been taken; call TryTake until it answers false before the next tick, or the bar would be lost.");

    [DoesNotReturn]
    public static void ThrowWrongTick(BarSource source, string tick) => throw new InvalidOperationException(
        $"A builder of {source} bars was given a {tick}; name the source of the bars in their interval.");
}
