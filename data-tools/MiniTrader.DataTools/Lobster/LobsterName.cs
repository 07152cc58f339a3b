using System.Globalization;
using System.Text.RegularExpressions;

namespace MiniTrader.DataTools;

/// <summary>What a LOBSTER file's name says: <c>SYMBOL_2012-06-21_34200000_57600000_message_10.csv</c>, and the same with <c>orderbook</c>.</summary>
public sealed partial record LobsterName(string Path, string Symbol, DateOnly Date, bool IsMessages, int Levels)
{
    /// <summary>The file that belongs to this one.</summary>
    public string Partner
    {
        get
        {
            string name = System.IO.Path.GetFileName(Path);
            Match match = Pattern().Match(name);
            Group kind = match.Groups["kind"];
            string other = $"{name[..kind.Index]}{(IsMessages ? "orderbook" : "message")}{name[(kind.Index + kind.Length)..]}";
            return System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path) ?? "", other);
        }
    }

    /// <summary>Null for a name that is not LOBSTER's.</summary>
    public static LobsterName? Read(string path)
    {
        Match match = Pattern().Match(System.IO.Path.GetFileName(path));
        bool isDay = DateOnly.TryParseExact(match.Groups["day"].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date);
        bool hasLevels = int.TryParse(match.Groups["levels"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int levels) && levels is >= 1 and <= 1_000;
        return isDay && hasLevels ? new(path, match.Groups["symbol"].Value, date, match.Groups["kind"].Value == "message", levels) : null;
    }

    [GeneratedRegex(@"^(?<symbol>[^_]+)_(?<day>\d{4}-\d\d-\d\d)_\d+_\d+_(?<kind>message|orderbook)_(?<levels>\d+)\.csv(\.gz|\.zst)?$")]
    private static partial Regex Pattern();
}
