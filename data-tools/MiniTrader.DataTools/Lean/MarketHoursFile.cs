using System.Text.Json;

namespace MiniTrader.DataTools;

/// <summary>The data time zones of LEAN's <c>market-hours-database.json</c>, or built-in ones where there is no such file.</summary>
public sealed class MarketHoursFile
{
    private readonly Dictionary<string, string> _zones = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ZoneClock> _clocks = new(StringComparer.OrdinalIgnoreCase);
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
            foreach (JsonProperty entry in document.RootElement.GetProperty("entries").EnumerateObject())
            {
                if (entry.Value.TryGetProperty("dataTimeZone", out JsonElement zone)) file._zones[entry.Name] = zone.GetString() ?? "";
            }

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
        string? listed = Listed($"{file.Class}-{file.Market}-{file.Symbol}") ?? Listed($"{file.Class}-{file.Market}-[*]");
        string name = listed ?? BuiltInZone(file);
        if (!_clocks.TryGetValue(name, out ZoneClock? clock)) _clocks[name] = clock = ZoneClock.Find(name);
        string source = listed is null ? "built in" : Path.GetFileName(_path);
        return (clock, $"times of {file.Class} at {file.Market} are in {name} ({source})");
    }

    private string? Listed(string key) => _zones.GetValueOrDefault(key);

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
