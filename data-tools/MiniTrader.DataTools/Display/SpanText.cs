using System.Globalization;

namespace MiniTrader.DataTools;

/// <summary>A length of time for a person: <c>31 d</c>, <c>1 h 23 min 56.141 s</c>, <c>250 us</c>. Nothing is rounded.</summary>
internal static class SpanText
{
    private const decimal Second = 1_000_000_000m;

    private static readonly (long Nanoseconds, string Unit)[] _whole = [(86_400_000_000_000, "d"), (3_600_000_000_000, "h"), (60_000_000_000, "min")];

    public static string Of(long nanoseconds)
    {
        if (Math.Abs(nanoseconds) < Second) return Below(nanoseconds);
        List<string> parts = [];
        long left = Math.Abs(nanoseconds);
        foreach ((long length, string unit) in _whole)
        {
            if (left >= length) parts.Add($"{left / length} {unit}");
            left %= length;
        }

        if (left > 0) parts.Add($"{Number(left / Second)} s");
        return (nanoseconds < 0 ? "-" : "") + string.Join(' ', parts);
    }

    private static string Below(long nanoseconds) => Math.Abs(nanoseconds) switch
    {
        0 => "0 s",
        >= 1_000_000 => $"{Number(nanoseconds / 1e6m)} ms",
        >= 1_000 => $"{Number(nanoseconds / 1e3m)} us",
        _ => $"{nanoseconds} ns",
    };

    private static string Number(decimal value) => value.ToString("0.#########", CultureInfo.InvariantCulture);
}
