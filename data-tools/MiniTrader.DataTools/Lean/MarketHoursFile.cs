using System.Text.Json;

namespace MiniTrader.DataTools;

/// <summary>The data time zones and trading hours of LEAN's <c>market-hours-database.json</c>, or built-in zones and no hours where there is no such file.</summary>
public sealed class MarketHoursFile
{
    private readonly Dictionary<string, JsonElement> _entries = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ZoneClock> _clocks = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<(string Keys, LeanHours Which), TradingCalendar?> _calendars = [];
    private readonly string _path;

    private MarketHoursFile(string path) => _path = path;

    public static MarketHoursFile BuiltIn { get; } = new("");

    /// <exception cref="ImportException">The file cannot be read as such a database.</exception>
    public static MarketHoursFile Load(string path)
    {
        try
        {
            MarketHoursFile file = new(path);
            using FileStream stream = File.OpenRead(RegularFile.Require(path));
            using JsonDocument document = JsonDocument.Parse(stream);
            foreach (JsonProperty entry in document.RootElement.GetProperty("entries").Clone().EnumerateObject()) file._entries[entry.Name] = entry.Value;
            return file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ImportException($"{path} is not a LEAN market hours database: {e.Message}", e);
        }
    }

    /// <summary>The clock of a file's data, and a sentence that says where the zone comes from.</summary>
    public (ZoneClock Clock, string Source) ClockOf(LeanFile file)
    {
        string? listed = KeysOf(file.Class, file).Select(ZoneOf).FirstOrDefault(zone => zone is not null);
        string name = listed ?? BuiltInZone(file);
        if (!_clocks.TryGetValue(name, out ZoneClock? clock)) _clocks[name] = clock = ZoneClock.Find(name);
        string source = listed is null ? "built in" : Path.GetFileName(_path);
        return (clock, $"times of {file.Class} at {file.Market} are in {name} ({source})");
    }

    /// <summary>When a file's instrument trades; null when the database does not say. The run is told from which entry it is.</summary>
    /// <exception cref="ImportException">The entry cannot be read as hours and dates.</exception>
    public TradingCalendar? CalendarOf(LeanFile file, LeanHours which, ImportRun run)
    {
        // Options keep the hours of what they are on where the database has none for them.
        string[] keys = [.. KeysOf(file.Class, file).Concat(KeysOf(UnderlyingClass(file.Class), file)).Where(_entries.ContainsKey)];
        if (keys.Length == 0)
        {
            run.Remark($"no market hours database lists {file.Class} at {file.Market}: without --sessions its day orders end at midnight UTC");
            return null;
        }

        (string, LeanHours) known = (string.Join(' ', keys), which);
        if (!_calendars.TryGetValue(known, out TradingCalendar? calendar)) _calendars[known] = calendar = Read(keys, which);
        string name = Path.GetFileName(_path), hours = which.ToString().ToLowerInvariant();
        if (calendar is null) run.Remark($"{name} has no {hours} hours of {keys[0]}: no sessions");
        else if (calendar.IsContinuous) run.Remark($"{keys[0]} is always open by {name}, which needs no sessions");
        else run.Remark($"{name} gives {file.Class} at {file.Market} the {hours} hours of {keys[0]}");
        return calendar;
    }

    private TradingCalendar? Read(string[] keys, LeanHours which)
    {
        try
        {
            return LeanCalendar.Read(_entries[keys[0]], keys.Skip(1).Select(k => _entries[k]), which);
        }
        catch (Exception e) when (e is FormatException or OverflowException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new ImportException($"{_path}: the entry {keys[0]} cannot be read as trading hours: {e.Message}", e);
        }
    }

    /// <summary>The symbol's own entry, and that of its whole market.</summary>
    private static string[] KeysOf(string kind, LeanFile file) => [$"{kind}-{file.Market}-{file.Symbol}", $"{kind}-{file.Market}-[*]"];

    private string? ZoneOf(string key) =>
        _entries.TryGetValue(key, out JsonElement entry) && entry.TryGetProperty("dataTimeZone", out JsonElement zone) ? zone.GetString() : null;

    private static string UnderlyingClass(string kind) => kind switch
    {
        "option" => "equity",
        "indexoption" => "index",
        "futureoption" => "future",
        _ => "",
    };

    /// <summary>Futures data is in UTC but for the markets that LEAN keeps in their own zone; US shares, options and indices are in New York.</summary>
    private static string BuiltInZone(LeanFile file) => (file.Class, file.Market) switch
    {
        (_, "india") => "Asia/Kolkata",
        (_, "eurex") => "Europe/Berlin",
        (_, "hkfe") => "Asia/Hong_Kong",
        (_, "krx") => "Asia/Seoul",
        (_, "ose") => "Asia/Tokyo",
        ("index", "usa") => "America/Chicago",
        ("forex" or "cfd", "fxcm") => "UTC-05",
        ("equity" or "option" or "indexoption" or "index", _) => "America/New_York",
        _ => "UTC",
    };
}
