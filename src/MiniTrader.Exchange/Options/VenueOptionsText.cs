using System.Globalization;
using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>The keys of <see cref="VenueOptions"/> and how each is read and written. Cold: used before a session starts.</summary>
internal static class VenueOptionsText
{
    private static readonly Option[] _options =
    [
        new("seed", o => o.Seed.ToString(CultureInfo.InvariantCulture), (o, v) => o with { Seed = ulong.Parse(v, CultureInfo.InvariantCulture) }),
        new("latency-new", o => o.NewLatency.ToString(), (o, v) => o with { NewLatency = LatencyModel.Parse(v) }),
        new("latency-replace", o => o.ReplaceLatency.ToString(), (o, v) => o with { ReplaceLatency = LatencyModel.Parse(v) }),
        new("latency-cancel", o => o.CancelLatency.ToString(), (o, v) => o with { CancelLatency = LatencyModel.Parse(v) }),
        new("latency-response", o => o.ResponseLatency.ToString(), (o, v) => o with { ResponseLatency = LatencyModel.Parse(v) }),
        new("match", o => Word(o.Match), (o, v) => o with { Match = Enumeration<MatchSource>(v) }),
        new("depth", o => Word(o.Depth), (o, v) => o with { Depth = Enumeration<DepthModel>(v) }),
        new("depth-levels", o => Number(o.DepthLevels), (o, v) => o with { DepthLevels = Integer(v) }),
        new("consume", o => o.ConsumeLiquidity ? "on" : "off", (o, v) => o with { ConsumeLiquidity = OnOff(v) }),
        new("queue", o => o.Queue.ToString(), (o, v) => o with { Queue = QueueModel.Parse(v) }),
        new("queue-unknown", o => o.UnknownQueue?.ToString() ?? "never", (o, v) => o with { UnknownQueue = v == "never" ? null : Quantity.Parse(v) }),
        new("bar-fill", o => Word(o.BarFill), (o, v) => o with { BarFill = Enumeration<BarFill>(v) }),
        new("bar-path", o => Word(o.BarPath), (o, v) => o with { BarPath = Enumeration<BarPath>(v) }),
        new("auctions", o => Word(o.Auctions), (o, v) => o with { Auctions = Enumeration<AuctionSource>(v) }),
        new("stale-after", o => new Duration(o.StaleAfterNanoseconds).ToString(), (o, v) => o with { StaleAfterNanoseconds = Duration.Parse(v).Nanoseconds }),
        new("fees", o => o.Fees.ToString(), (o, v) => o with { Fees = FeeModel.Parse(v) }),
        new("slippage", o => o.Slippage.ToString(), (o, v) => o with { Slippage = SlippageModel.Parse(v) }),
        new("order-capacity", o => Number(o.OrderCapacity), (o, v) => o with { OrderCapacity = Integer(v) }),
        new("command-capacity", o => Number(o.CommandCapacity), (o, v) => o with { CommandCapacity = Integer(v) }),
        new("book-levels", o => Number(o.BookLevelCapacity), (o, v) => o with { BookLevelCapacity = Integer(v) }),
        new("book-orders", o => Number(o.BookOrderCapacity), (o, v) => o with { BookOrderCapacity = Integer(v) }),
        new("report-capacity", o => Number(o.ReportCapacity), (o, v) => o with { ReportCapacity = Integer(v) }),
    ];

    public static VenueOptions With(VenueOptions options, string key, string value)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(value);
        string name = key.Trim();
        if (name == LatencyKeys.Feed) throw new ArgumentException("The feed's delay is no option of the venue: give --feed-latency, or \"feedLatency\" in the config.");
        if (Array.Find(_options, o => o.Key == name) is null && name.StartsWith(LatencyKeys.All, StringComparison.Ordinal))
        {
            IReadOnlyList<KeyValuePair<string, string>> legs = Legs(name, value);
            if (legs.Count > 1 || legs[0].Key != name) return legs.Aggregate(options, (o, leg) => With(o, leg.Key, leg.Value));
        }

        Option? option = Array.Find(_options, o => o.Key == name)
            ?? throw new ArgumentException($"The venue has no option '{name}'. It has: latency, {string.Join(", ", _options.Select(o => o.Key))}.");
        try
        {
            return option.Write(options, value.Trim()).InRanges();
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
        {
            throw new ArgumentException($"Venue option {name}: {e.Message}", e);
        }
    }

    private static IReadOnlyList<KeyValuePair<string, string>> Legs(string name, string value)
    {
        try
        {
            return LatencyKeys.Expand(name, value);
        }
        catch (FormatException e)
        {
            throw new ArgumentException($"Venue option {name}: {e.Message}", e);
        }
    }

    public static VenueOptions Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        VenueOptions options = new();
        foreach (string part in text.Split([';', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0) throw new ArgumentException($"'{part}' is not a venue option; write key=value.");
            options = With(options, part[..equals], part[(equals + 1)..]);
        }

        return options.Validated();
    }

    public static IReadOnlyList<KeyValuePair<string, string>> ToPairs(VenueOptions options) =>
        [.. _options.Select(o => KeyValuePair.Create(o.Key, o.Read(options)))];

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static int Integer(string text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
        ? value
        : throw new FormatException($"'{text}' is not a whole number.");

    private static bool OnOff(string text) => text switch
    {
        "on" => true,
        "off" => false,
        _ => throw new FormatException($"'{text}' is neither on nor off."),
    };

    private static T Enumeration<T>(string text)
        where T : struct, Enum
    {
        foreach (T value in Enum.GetValues<T>())
        {
            if (Word(value) == text) return value;
        }

        throw new FormatException($"'{text}' is none of {string.Join(", ", Enum.GetValues<T>().Select(Word))}.");
    }

    private static string Word<T>(T value)
        where T : struct, Enum
    {
        if (value is BarPath.OpenHighLowClose) return "ohlc";
        string name = value.ToString();
        return string.Concat(name.Select((c, i) => char.IsUpper(c) && i > 0 ? $"-{char.ToLowerInvariant(c)}" : char.ToLowerInvariant(c).ToString()));
    }

    private sealed record Option(string Key, Func<VenueOptions, string> Read, Func<VenueOptions, string, VenueOptions> Write);
}
