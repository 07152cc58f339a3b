using System.Globalization;

namespace MiniTrader.Feeds;

/// <summary>
/// What a synthetic market is made of. Immutable; equal options give equal events on every machine. The text form is
/// <c>generated:seed=7,rows=2000000,instruments=2</c>; keys that are left out keep their defaults.
/// </summary>
public sealed record GeneratedMarketOptions
{
    /// <summary>What the text form starts with.</summary>
    public const string Prefix = "generated";

    public const int MaxInstruments = 1_000;

    /// <summary>Most trading days: 250 years of weekdays stay inside the range of a <see cref="Model.Timestamp"/>.</summary>
    public const int MaxDays = 50_000;

    /// <summary>Most events of one day, so that every event has an instant of its own.</summary>
    public const long MaxRowsPerDay = 1_000_000_000;

    /// <summary>Events of one instrument on one day when <see cref="Days"/> is left to be derived.</summary>
    public const long UsualRowsPerInstrumentDay = 500_000;

    private static readonly DateOnly _firstStart = new(1970, 1, 1);
    private static readonly DateOnly _lastStart = new(2050, 12, 31);

    public ulong Seed { get; init; } = 1;

    public int Instruments { get; init; } = 2;

    /// <summary>Quotes and trades of all instruments together.</summary>
    public long Rows { get; init; } = 1_000_000;

    /// <summary>The first trading day; a Saturday or Sunday means the Monday after it.</summary>
    public DateOnly Start { get; init; } = new(2024, 1, 2);

    /// <summary>Trading days (weekdays) that share the rows evenly; zero derives them from the rows.</summary>
    public int Days { get; init; }

    /// <summary>Share of the events that are trades, 0 to 0.9; the rest are quotes.</summary>
    public double TradeShare { get; init; } = 0.2;

    /// <summary>Standard deviation of an instrument's return over one usual day, 0.0001 to 0.2.</summary>
    public double DailyVolatility { get; init; } = 0.015;

    /// <summary>Share of an instrument's variance that comes from the factor common to all, 0 to 1.</summary>
    public double Correlation { get; init; } = 0.7;

    /// <summary>Trading days that the rows are spread over: <see cref="Days"/>, or as many as keep a day at its usual size.</summary>
    public int EffectiveDays => Days > 0 ? Days : (int)Math.Clamp(Rows / (UsualRowsPerInstrumentDay * Instruments), 1, MaxDays);

    /// <summary>Reads the text form; a <see cref="FormatException"/> names the key that is wrong and what it takes.</summary>
    public static GeneratedMarketOptions Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string body = text.Trim();
        if (body.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && (body.Length == Prefix.Length || body[Prefix.Length] == ':'))
            body = body[Math.Min(body.Length, Prefix.Length + 1)..];

        GeneratedMarketOptions options = new();
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        foreach (string part in body.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0) throw new FormatException($"'{part}' in '{text}' is not key=value. Keys are: {GeneratedMarketKeys.Names}.");
            string key = part[..equals].Trim();
            if (!seen.Add(key)) throw new FormatException($"The key '{key}' is given twice in '{text}'.");
            options = GeneratedMarketKeys.With(options, key, part[(equals + 1)..].Trim(), text);
        }

        return options.Validated();
    }

    /// <summary>Throws a <see cref="FormatException"/> that names the first key whose value is out of range.</summary>
    public GeneratedMarketOptions Validated()
    {
        Require(Instruments is >= 1 and <= MaxInstruments, "instruments", Instruments, $"1 to {MaxInstruments}");
        Require(Rows >= 1, "rows", Rows, "at least 1");
        Require(Days is >= 0 and <= MaxDays, "days", Days, $"0 (derived) to {MaxDays}");
        Require(Start >= _firstStart && Start <= _lastStart, "start", Start, "a date from 1970-01-01 to 2050-12-31");
        Require(TradeShare is >= 0 and <= 0.9, "trades", TradeShare, "a share from 0 to 0.9");
        Require(DailyVolatility is >= 0.0001 and <= 0.2, "volatility", DailyVolatility, "0.0001 to 0.2 a day");
        Require(Correlation is >= 0 and <= 1, "correlation", Correlation, "0 to 1");
        Require((Rows + EffectiveDays - 1) / EffectiveDays <= MaxRowsPerDay, "rows", Rows, $"at most {MaxRowsPerDay} a day; raise days");
        return this;
    }

    /// <summary>The text form with every key, so that it can be stored and read back.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Prefix}:seed={Seed},rows={Rows},instruments={Instruments},start={Start:yyyy-MM-dd},days={EffectiveDays},trades={TradeShare:R},volatility={DailyVolatility:R},correlation={Correlation:R}");

    private static void Require(bool holds, string key, IFormattable value, string range)
    {
        if (!holds) throw new FormatException($"The key '{key}' of a generated market cannot be {value.ToString(null, CultureInfo.InvariantCulture)}; it takes {range}.");
    }
}
