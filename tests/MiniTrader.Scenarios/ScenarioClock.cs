using System.Globalization;
using MiniTrader.Model;

namespace MiniTrader.Scenarios;

/// <summary>Times of a scenario: a clock time of 2 January 2024, UTC, or of the n-th day after it with <c>n+</c> in front.</summary>
internal static class ScenarioClock
{
    private static readonly Timestamp _start = Timestamp.Parse("2024-01-02");

    public static Timestamp Parse(string text)
    {
        int plus = text.IndexOf('+', StringComparison.Ordinal);
        int days = plus < 0 ? 0 : int.Parse(text.AsSpan(0, plus), CultureInfo.InvariantCulture);
        return Timestamp.Parse($"2024-01-02T{text[(plus + 1)..]}") + (days * Timestamp.NanosecondsPerDay);
    }

    public static string Format(Timestamp time)
    {
        long days = (time - _start) / Timestamp.NanosecondsPerDay;
        string clock = new Timestamp(time.NanosecondsOfDay).ToString()[11..^1];
        return days == 0 ? clock : string.Create(CultureInfo.InvariantCulture, $"{days}+{clock}");
    }
}
