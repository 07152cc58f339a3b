using System.Globalization;
using System.Text;
using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>
/// Splits and dividends from a LEAN factor file: lines of day, price factor, split factor and that day's close, the factors by which prices up to and
/// including that day are multiplied. Where a line's factors differ from the next one's, something happened between its day and the following one:
/// a split of (next / this) split factor, a dividend of close · (1 − this / next price factor). Stored for three o'clock of the next weekday: holders of the
/// day's close are entitled, nobody trades, and what was bought or ordered as the day ended has reached the market. One file; one thread.
/// </summary>
internal sealed class LeanFactors(IEventSink sink, FileAccount account, ZoneClock clock, Func<DateOnly, Instrument> instrumentOn)
{
    public const string Folder = "factor_files";
    private const int MaxUnits = 1_000;
    private static readonly TimeOnly _timeOfDay = new(3, 0);

    /// <summary>A factor is written to seven decimals.</summary>
    private const decimal FactorError = 0.000_000_05m;

    private const int MostDecimals = 4, FewestDecimals = 2;

    private readonly Dictionary<string, SeriesBuffer> _series = new(StringComparer.Ordinal);

    public static bool IsPath(string path) =>
        path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) && Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path))) == Folder;

    /// <summary>The daily file that would hold the prices of that symbol.</summary>
    /// <exception cref="ImportException">The folders above do not say class and market.</exception>
    public static LeanFile FileOf(string path, string symbol)
    {
        string[] parts = Path.GetFullPath(path).Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 4) throw new ImportException($"{path} lies in no folders that say its class and market. LEAN's factor files lie in class/market/factor_files/symbol.csv.");
        return new()
        {
            Path = path,
            Class = parts[^4].ToLowerInvariant(),
            Market = parts[^3].ToLowerInvariant(),
            Resolution = LeanResolution.Daily,
            Symbol = symbol.ToUpperInvariant(),
            Content = LeanContent.Trade,
        };
    }

    public void Read(SourcePart part)
    {
        LineReader lines = new(part.Stream, part.Name);
        (long Line, byte[] Text, Row Row)? former = null;
        long number = 0;
        while (lines.TryRead(out ReadOnlySpan<byte> text))
        {
            number++;
            if (text.IsEmpty)
            {
                account.Count(RowOutcome.LeftOut("blank line"), part.Name, number, text);
            }
            else if (Parse(text, former?.Row) is not { } row)
            {
                account.Count(RowOutcome.Refused("not a later day, two factors above zero and a close, as in LEAN's factor files"), part.Name, number, text);
            }
            else
            {
                if (former is { } at) account.Count(Store(at.Row, row), part.Name, at.Line, at.Text);
                former = (number, text.ToArray(), row);
            }
        }

        if (former is { } last) account.Count(RowOutcome.LeftOut("the last line, behind which nothing is known"), part.Name, last.Line, last.Text);
        foreach (SeriesBuffer series in _series.Values) series.Flush();
    }

    private RowOutcome Store(Row row, Row next)
    {
        if (row.Price == next.Price && row.Split == next.Split) return RowOutcome.LeftOut("the factors of the next line: nothing happened");
        decimal dividend = DividendOf(row, next);
        (long New, long Old)? split = UnitsOf(next.Split / row.Split, FactorError * 2 * ((1 / row.Split) + (1 / next.Split)));
        if (split is null) return RowOutcome.Refused("a split that is no ratio of whole numbers up to 1000");
        if (dividend < 0 || dividend >= Math.Max(row.Close, 0.0001m)) return RowOutcome.Refused("a dividend below zero, or of the whole price");
        DateOnly day = NextWeekday(row.Day);
        Instrument instrument = instrumentOn(day);
        if (!_series.TryGetValue(instrument.Name, out SeriesBuffer? series)) _series[instrument.Name] = series = new(sink, instrument, account);
        long wall = Timestamp.FromDateTime(day.ToDateTime(_timeOfDay, DateTimeKind.Utc)).Nanoseconds;
        if (!clock.TryToUtc(wall, series.Last, out Timestamp time)) return RowOutcome.Refused("three o'clock of a day on which the market's clock skipped it");
        if (series.IsBefore(time)) return RowOutcome.Refused("a day before that of the line ahead of it");

        // Before the split: the amount is for one of the units of that day's close.
        if (dividend > 0)
        {
            ref MarketEvent e = ref series.Next(new DateOnly(day.Year, 1, 1), EventKind.CorporateAction, time, time);
            e.Action.Kind = CorporateActionKind.Dividend;
            e.Action.Amount = Price.FromDecimal(dividend);
        }

        if (split.Value.New != split.Value.Old)
        {
            ref MarketEvent e = ref series.Next(new DateOnly(day.Year, 1, 1), EventKind.CorporateAction, time, time);
            e.Action.Kind = CorporateActionKind.Split;
            (e.Action.NewUnits, e.Action.OldUnits) = split.Value;
        }

        return dividend > 0 || split.Value.New != split.Value.Old ? RowOutcome.Stored : RowOutcome.LeftOut("factors that differ by less than a dividend of 0.0001");
    }

    /// <summary>Rounded to as many decimals as seven of the factors tell.</summary>
    private static decimal DividendOf(Row row, Row next)
    {
        decimal error = row.Close * FactorError * ((1 / row.Price) + (1 / next.Price)), half = 0.000_05m;
        int decimals = MostDecimals;
        for (; decimals > FewestDecimals && half <= error; half *= 10) decimals--;
        return decimal.Round(row.Close * (1 - (row.Price / next.Price)), decimals, MidpointRounding.ToEven);
    }

    /// <summary>The ratio of the smallest whole numbers within an error; null when there is none.</summary>
    internal static (long New, long Old)? UnitsOf(decimal ratio, decimal relativeError)
    {
        for (long old = 1; old <= MaxUnits; old++)
        {
            decimal units = decimal.Round(ratio * old);
            if (units is >= 1 and <= MaxUnits && Math.Abs((units / old) - ratio) <= ratio * relativeError) return ((long)units, old);
        }

        return null;
    }

    private static DateOnly NextWeekday(DateOnly day)
    {
        do day = day.AddDays(1);
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);
        return day;
    }

    private static Row? Parse(ReadOnlySpan<byte> text, Row? former)
    {
        string[] cells = Encoding.ASCII.GetString(text).Split(',', StringSplitOptions.TrimEntries);
        if (cells.Length < 4 || !DateOnly.TryParseExact(cells[0], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day)) return null;
        if (!TryNumber(cells[1], out decimal price) || !TryNumber(cells[2], out decimal split) || !TryNumber(cells[3], out decimal close)) return null;
        bool isSound = price > 0 && split > 0 && close >= 0 && price < MaxFactor && price > 1 / MaxFactor && split < MaxFactor && split > 1 / MaxFactor && (former is null || former.Day < day);
        return isSound ? new Row(day, price, split, close) : null;
    }

    private const decimal MaxFactor = 1_000_000m;

    private static bool TryNumber(string text, out decimal number) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out number) && number < 1_000_000_000m;

    private sealed record Row(DateOnly Day, decimal Price, decimal Split, decimal Close);
}
