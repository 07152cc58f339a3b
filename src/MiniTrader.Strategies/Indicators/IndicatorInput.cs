using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace MiniTrader.Strategies;

/// <summary>
/// What every indicator takes. A NaN, an infinity or a number beyond ±<see cref="Largest"/> is refused with an exception and
/// changes nothing: kept, one such number would sit in every later value, and ignored, it would hide the fault that made it.
/// </summary>
public static class IndicatorInput
{
    /// <summary>The largest magnitude taken: squares of it, summed over the longest window, are still finite.</summary>
    public const double Largest = 1e100;

    /// <summary>The longest window or smoothing period.</summary>
    public const int MaxPeriod = 1 << 24;

    // Negated, so that the one comparison refuses NaN as well.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Require(double value)
    {
        if (!(Math.Abs(value) <= Largest)) ThrowNotUsable(value);
    }

    internal static int RequirePeriod(int period, int least = 1)
    {
        if (period < least || period > MaxPeriod) ThrowPeriod(period, least);
        return period;
    }

    [DoesNotReturn]
    internal static void ThrowNotConstructed(string type) =>
        throw new InvalidOperationException($"This {type} was never constructed; write 'new {type}(period)' instead of 'default'.");

    [DoesNotReturn]
    private static void ThrowNotUsable(double value) => throw new ArgumentOutOfRangeException(
        nameof(value),
        string.Create(CultureInfo.InvariantCulture, $"An indicator was given {value}; it takes finite numbers up to ±{Largest}. Check the data, or the division, that made it."));

    [DoesNotReturn]
    private static void ThrowPeriod(int period, int least) => throw new ArgumentOutOfRangeException(
        nameof(period),
        string.Create(CultureInfo.InvariantCulture, $"A period of {period} is not possible here; use {least} to {MaxPeriod}."));
}
