using System.Globalization;
using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>
/// What the name of a CSV inside a futures or options zip says of the contract:
/// <c>20131007_gc_tick_trade_201312[_20131227].csv</c>, <c>20130702_foxa_minute_quote_american_call_200000_20130720.csv</c>.
/// </summary>
/// <param name="Symbol">Such as <c>GC-201312</c>, or <c>FOXA-20130720-C-20</c>.</param>
/// <param name="Expiry">The expiry date; null where the name has only the contract's month.</param>
/// <param name="Right">Call or put of an option.</param>
/// <param name="Strike">Strike of an option.</param>
public sealed record LeanContract(string Symbol, DateOnly? Expiry, OptionRight Right, Price? Strike)
{
    private const int StrikeScale = 10_000;

    /// <summary>Reads an entry's name; null when it names no contract.</summary>
    public static LeanContract? FromEntry(string underlying, string entry)
    {
        string[] words = Path.GetFileNameWithoutExtension(entry).ToLowerInvariant().Split('_');
        int right = Array.FindIndex(words, w => w is "call" or "put");
        return right >= 0 ? FromOption(underlying, words, right) : FromFuture(underlying, words);
    }

    private static LeanContract? FromFuture(string underlying, string[] words)
    {
        bool hasDay = TryDate(words[^1], out DateOnly expiry);
        string month = hasDay && words.Length > 1 && TryMonth(words[^2]) ? words[^2] : words[^1];
        if (hasDay) return new($"{underlying}-{expiry:yyyyMMdd}", expiry, OptionRight.None, null);
        return TryMonth(month) ? new($"{underlying}-{month}", null, OptionRight.None, null) : null;
    }

    private static LeanContract? FromOption(string underlying, string[] words, int right)
    {
        if (right + 2 >= words.Length || !TryDate(words[^1], out DateOnly expiry)) return null;
        bool isStrike = long.TryParse(words[right + 1], NumberStyles.None, CultureInfo.InvariantCulture, out long scaled) && scaled < long.MaxValue / FixedPoint.One;
        if (!isStrike) return null;
        Price strike = new(scaled * (FixedPoint.One / StrikeScale));
        bool isCall = words[right] == "call";
        return new($"{underlying}-{expiry:yyyyMMdd}-{(isCall ? 'C' : 'P')}-{strike}", expiry, isCall ? OptionRight.Call : OptionRight.Put, strike);
    }

    private static bool TryDate(string text, out DateOnly date) =>
        DateOnly.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);

    private static bool TryMonth(string text) => text.Length == 6 && TryDate(text + "01", out _);
}
