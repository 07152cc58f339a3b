using System.Globalization;
using MiniTrader.Model;

namespace MiniTrader.Risk;

/// <summary>Reads limits from text: <c>key=value</c> pairs with commas between them, <c>INSTRUMENT:key=value</c> for an exception.</summary>
internal static class RiskLimitsText
{
    public static RiskLimits Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<Pair> pairs = [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(ParsePair)];
        foreach (Pair pair in pairs)
        {
            int times = pairs.Count(p => p.Instrument == pair.Instrument && p.Key == pair.Key);
            if (times > 1) throw new FormatException($"Risk limit '{pair.Key}' is set {times} times; set it once.");
        }

        // The general limits come first, wherever they stand, because an exception starts from them.
        RiskLimits limits = new();
        InstrumentLimits general = new();
        foreach ((_, string key, string value) in pairs.Where(p => p.Instrument.Length == 0))
        {
            if (LimitKeys.OfSessions.Contains(key)) limits = With(limits, key, value);
            else general = With(general, key, value);
        }

        Dictionary<string, InstrumentLimits> exceptions = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string instrument, string key, string value) in pairs.Where(p => p.Instrument.Length > 0))
        {
            if (LimitKeys.OfSessions.Contains(key))
                throw new FormatException($"Risk limit '{key}' is one of the whole session; write it without '{instrument}:'.");
            exceptions[instrument] = With(exceptions.GetValueOrDefault(instrument, general), key, value);
        }

        limits = limits with { Instruments = general, Exceptions = exceptions.AsReadOnly() };
        try
        {
            return limits.Validated();
        }
        catch (ArgumentException error)
        {
            throw new FormatException(error.Message, error);
        }
    }

    public static string NameOf(DailyLossAction action) => action == DailyLossAction.Kill ? "kill" : "reduce-only";

    private static Pair ParsePair(string pair)
    {
        int equals = pair.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0) throw new FormatException($"'{pair}' is not a risk limit; write key=value, such as {LimitKeys.MaxPosition}=100.");
        string name = pair[..equals].Trim();
        int colon = name.LastIndexOf(':');
        string key = name[(colon + 1)..].Trim();
        if (!LimitKeys.OfInstruments.Contains(key) && !LimitKeys.OfSessions.Contains(key))
        {
            throw new FormatException(
                $"'{key}' is not a risk limit. There are: {string.Join(", ", LimitKeys.OfInstruments.Concat(LimitKeys.OfSessions))}.");
        }

        return new Pair(colon < 0 ? "" : name[..colon].Trim().ToUpperInvariant(), key, pair[(equals + 1)..].Trim());
    }

    private static InstrumentLimits With(InstrumentLimits limits, string key, string value) => key switch
    {
        LimitKeys.MaxOrderQuantity => limits with { MaxOrderQuantity = ParseQuantity(key, value) },
        LimitKeys.MaxOrderNotional => limits with { MaxOrderNotional = ParseDecimal(key, value) },
        LimitKeys.CollarBasisPoints => limits with { CollarBasisPoints = ParseInt(key, value) },
        LimitKeys.CollarTicks => limits with { CollarTicks = ParseInt(key, value) },
        LimitKeys.MaxPosition => limits with { MaxPosition = ParseQuantity(key, value) },
        _ => limits with { MaxOpenOrders = ParseInt(key, value) },
    };

    private static RiskLimits With(RiskLimits limits, string key, string value) => key switch
    {
        LimitKeys.MaxMessagesPerSecond => limits with { MaxMessagesPerSecond = ParseInt(key, value) },
        LimitKeys.MaxDailyLoss => limits with { MaxDailyLoss = ParseDecimal(key, value) },
        LimitKeys.DailyLossAction => limits with { DailyLossAction = ParseAction(key, value) },
        LimitKeys.CashAccount => limits with { CashAccountFeeBasisPoints = ParseInt(key, value) },
        _ => limits with { DayStartsAt = ParseTime(key, value) },
    };

    private static Quantity? ParseQuantity(string key, string value)
    {
        if (value == LimitKeys.Off) return null;
        FixedPointStatus status = FixedPoint.TryParse(value, out long raw);
        return status == FixedPointStatus.Ok ? new Quantity(raw) : throw Wrong(key, FixedPoint.Explain(status, value));
    }

    private static decimal? ParseDecimal(string key, string value)
    {
        if (value == LimitKeys.Off) return null;
        return decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
            ? number
            : throw Wrong(key, $"'{value}' is not an amount of money.");
    }

    private static int? ParseInt(string key, string value)
    {
        if (value == LimitKeys.Off) return null;
        return int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw Wrong(key, $"'{value}' is not a whole number.");
    }

    private static DailyLossAction ParseAction(string key, string value) => value switch
    {
        "reduce-only" => DailyLossAction.ReduceOnly,
        "kill" => DailyLossAction.Kill,
        _ => throw Wrong(key, $"'{value}' is neither 'reduce-only' nor 'kill'."),
    };

    private static TimeSpan ParseTime(string key, string value) =>
        TimeSpan.TryParseExact(value, ["hh\\:mm", "hh\\:mm\\:ss"], CultureInfo.InvariantCulture, out TimeSpan time)
            ? time
            : throw Wrong(key, $"'{value}' is not a time of day such as 21:00.");

    private static FormatException Wrong(string key, string why) => new($"Risk limit '{key}': {why} Use '{LimitKeys.Off}' to switch a limit off.");

    private sealed record Pair(string Instrument, string Key, string Value);
}
