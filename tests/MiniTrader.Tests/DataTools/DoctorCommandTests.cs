using System.Text.Json;
using MiniTrader.Model;
using MiniTrader.TickStore;
using Xunit;
using static MiniTrader.Tests.DataTools.Tools;

namespace MiniTrader.Tests.DataTools;

/// <summary>What the doctor prints, on catalogs in a temporary folder.</summary>
public sealed class DoctorCommandTests
{
    [Fact]
    public void The_doctor_names_the_batch_that_a_row_lies_in()
    {
        using TempFolder folder = new();
        string catalog = folder.Path("catalog");
        Instrument share = new() { Symbol = "ABC", Venue = "X" };
        using (CatalogWriter writer = new(catalog, new() { BatchRows = 4 }))
        {
            MarketEvent[] quotes = new MarketEvent[10];
            for (int i = 0; i < quotes.Length; i++)
            {
                Timestamp time = Timestamp.Parse("2024-01-02T14:30") + (i * Timestamp.NanosecondsPerSecond);
                quotes[i].Header = new() { VenueTime = time, ReceivedTime = time, Kind = EventKind.Quote, Flags = EventFlags.ForBoth };
                (quotes[i].Quote.Bid, quotes[i].Quote.Ask) = (Price.Parse(i == 8 ? "12" : "10"), Price.Parse("11"));
                (quotes[i].Quote.BidSize, quotes[i].Quote.AskSize) = (Quantity.FromUnits(1), Quantity.FromUnits(i + 1));
            }

            writer.Append(share, quotes);
            writer.Complete();
        }

        (int code, string output, string errors) = Run("doctor", "--catalog", catalog, "--json");
        Assert.True(code == 0, errors);
        JsonElement finding = JsonDocument.Parse(output).RootElement.GetProperty("findings").EnumerateArray().Single(f => f.GetProperty("check").GetString() == "crossed");
        JsonElement example = finding.GetProperty("examples")[0];
        Assert.Equal((2, 8), (example.GetProperty("batch").GetInt32(), example.GetProperty("row").GetInt32()));
    }

    [Fact]
    public void The_doctor_names_files_that_a_killed_writer_left()
    {
        using TempFolder folder = new();
        string catalog = folder.Path("catalog");
        Works("generate", "--rows", "1k", "--catalog", catalog);
        string left = Path.Combine(Directory.EnumerateFiles(catalog, "*.arrow", SearchOption.AllDirectories).First() + ".tmp");
        File.WriteAllBytes(left, new byte[2048]);
        (int code, string output, string errors) = Run("doctor", "--catalog", catalog);
        Assert.Equal(0, code);
        Assert.Contains("unfinished", output, StringComparison.Ordinal);
        Assert.Contains("1 unfinished file (2.0 KiB)", errors, StringComparison.Ordinal);
        Assert.Contains(Path.GetFileName(left), errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1960-01-02T10:00:00Z", "2 ", "dated before 1970")]
    [InlineData("2150-01-02T10:00:00Z", "1 ", "dated in the future")]
    public void Far_dates_are_imported_and_said_by_importer_and_doctor(string far, string count, string said)
    {
        using TempFolder folder = new();
        string catalog = folder.Path("catalog");
        bool isPast = far[0] == '1';
        string[] times = isPast ? [far, far.Replace("02T", "03T", StringComparison.Ordinal), "2024-01-02T10:00:00Z"] : ["2024-01-02T10:00:00Z", far];
        string table = folder.Write("t.csv", "time,bid,ask\n" + string.Concat(times.Select(t => $"{t},10,11\n")));
        (int code, string output, string errors) = Run("import", "csv", table, "--catalog", catalog);
        Assert.True(code == 0, errors);
        Assert.Contains(output.Split('\n'), l => l.Contains(count, StringComparison.Ordinal) && l.Contains(said, StringComparison.Ordinal));
        (_, output, _) = Run("doctor", "--catalog", catalog);
        Assert.Contains(output.Split('\n'), l => l.Contains("far-time", StringComparison.Ordinal) && l.Contains(said, StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_in_the_place_of_a_series_only_file_is_told_by_the_doctor()
    {
        using TempFolder folder = new();
        string catalog = folder.Path("catalog");
        Works("generate", "--rows", "100", "--instruments", "1", "--catalog", catalog);
        string file = Directory.EnumerateFiles(catalog, "*.arrow", SearchOption.AllDirectories).First();
        File.Delete(file);
        Directory.CreateDirectory(file);
        (int code, string output, _) = Run("doctor", "--catalog", catalog);
        Assert.Equal(1, code);
        Assert.Contains("a folder where a tick file should be", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_doctor_finishes_an_import_that_was_cut_off()
    {
        using TempFolder folder = new();
        string catalog = folder.Path("catalog");
        Works("generate", "--rows", "1k", "--catalog", catalog);
        string placed = Directory.EnumerateFiles(catalog, "*.arrow", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();
        File.Move(placed, placed + ".tmp");
        string name = Path.GetRelativePath(catalog, placed).Replace('\\', '/');
        File.WriteAllText(Path.Combine(catalog, "import.journal"), $$"""[ { "from": "{{name}}.tmp", "to": "{{name}}", "bytes": {{new FileInfo(placed + ".tmp").Length}} } ]""");
        (int code, _, string errors) = Run("info", "--catalog", catalog);
        Assert.Equal(2, code);
        Assert.Contains("was cut off", errors, StringComparison.Ordinal);
        (code, string output, errors) = Run("doctor", "--catalog", catalog);
        Assert.Equal(0, code);
        Assert.Contains("cut-off", output, StringComparison.Ordinal);
        Assert.Contains("all 1 are there now", errors, StringComparison.Ordinal);
        Assert.True(File.Exists(placed));
        Works("info", "--catalog", catalog);
    }

    [Fact]
    public void A_flipped_byte_is_found_and_fails_the_doctor()
    {
        using TempFolder folder = new();
        string catalog = folder.Path("catalog");
        Works("generate", "--rows", "20k", "--catalog", catalog);
        string file = Directory.GetFiles(Path.Combine(catalog, "kind=quotes"), "*.arrow", SearchOption.AllDirectories)[0];
        byte[] bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(file, bytes);
        (int code, string output, _) = Run("doctor", "--catalog", catalog, "--json");
        Assert.Equal(1, code);
        JsonElement finding = JsonDocument.Parse(output).RootElement.GetProperty("findings").EnumerateArray().First();
        Assert.Equal(("error", "damage"), (finding.GetProperty("severity").GetString(), finding.GetProperty("check").GetString()));
        Assert.Equal(file, finding.GetProperty("examples")[0].GetProperty("file").GetString());
    }

    [Fact]
    public void The_doctor_names_check_file_row_and_time()
    {
        using TempFolder folder = new();
        string catalog = folder.Path("catalog");
        string quotes = folder.Write("abc.csv", """
            time,bid,ask,bid_size,ask_size
            2024-01-05T14:00:00Z,10.00,10.01,1,1
            2024-01-05T14:00:01Z,10.02,10.01,1,1
            2024-01-05T14:00:02Z,10.01,10.01,1,1
            2024-01-05T14:00:02Z,10.01,10.01,1,1
            2024-01-05T14:00:03Z,20.00,20.01,1,1
            2024-01-05T14:20:00Z,20.00,20.01,0,0
            2024-01-05T20:00:00Z,20.00,20.01,1,1
            """);
        Works("import", "csv", quotes, "--catalog", catalog);
        (int code, string output, _) = Run("doctor", "--catalog", catalog, "--json");
        Assert.Equal(0, code);
        Dictionary<string, (long Count, long Row, string Time)> findings = JsonDocument.Parse(output).RootElement.GetProperty("findings").EnumerateArray().ToDictionary(
            f => f.GetProperty("check").GetString()!,
            f => (f.GetProperty("count").GetInt64(), f.GetProperty("examples")[0].GetProperty("row").GetInt64(), f.GetProperty("examples")[0].GetProperty("time").GetString()!));
        Assert.Equal((1, 1, "2024-01-05T14:00:01Z"), findings["crossed"]);
        Assert.Equal((2, 2, "2024-01-05T14:00:02Z"), findings["locked"]);
        Assert.Equal((1, 3, "2024-01-05T14:00:02Z"), findings["duplicate"]);
        Assert.Equal((1, 4, "2024-01-05T14:00:03Z"), findings["outlier"]);
        Assert.Equal((1, 5, "2024-01-05T14:20:00Z"), findings["gap"]);
        Assert.Equal((1, 5, "2024-01-05T14:20:00Z"), findings["zero-size"]);
        Assert.Equal((1, 6, "2024-01-05T20:00:00Z"), findings["session-break"]);
    }
}
