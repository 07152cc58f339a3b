using System.Text.Json;
using System.Text.Json.Serialization;

namespace MiniTrader.TickStore;

/// <summary>A whole file that is to take its name; both paths relative to the catalog.</summary>
internal sealed record PlannedMove(string From, string To, long Bytes);

/// <summary>
/// Brings all files of an import into a catalog, or none. Names can only be given one after the other, so what is to be done is written down first: once
/// <c>import.journal</c> is there the import counts as done, and whoever comes next finishes what a killed writer left. Until then no reader opens the catalog.
/// Every call under the catalog's lock.
/// </summary>
internal static class Placement
{
    public const string JournalFile = "import.journal";

    /// <exception cref="TickDataException">An import was cut off and nobody has finished it yet.</exception>
    public static void ThrowIfUnfinished(string catalog)
    {
        if (!File.Exists(Path.Combine(catalog, JournalFile))) return;
        throw new TickDataException(
            $"An import into {catalog} was cut off while its files took their places, so only a part of it can be seen. Run minitrader-data doctor --catalog {catalog}, or any "
            + $"import into it: either finishes it from {JournalFile}.");
    }

    /// <summary>Writes the plan down. From here on the files belong to the catalog, whatever becomes of this process.</summary>
    public static void Begin(string catalog, List<PlannedMove> moves)
    {
        string path = Path.Combine(catalog, JournalFile), unfinished = path + TickFileWriter.UnfinishedSuffix;
        using (FileStream stream = File.Create(unfinished))
        {
            JsonSerializer.Serialize(stream, moves, PlacementJson.Default.ListPlannedMove);
            stream.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path);
    }

    /// <summary>Gives every planned file that has not got it yet its name. Returns how many the plan had; zero without one.</summary>
    /// <param name="catalog">The folder.</param>
    /// <param name="placing">Told of every file before it moves.</param>
    /// <exception cref="TickDataException">The plan cannot be read, or a file is not the one that was planned.</exception>
    public static int Finish(string catalog, Action<string>? placing = null)
    {
        string journal = Path.Combine(catalog, JournalFile);
        if (!File.Exists(journal)) return 0;
        List<PlannedMove> moves = Read(journal);
        foreach (PlannedMove move in moves)
        {
            string from = Within(catalog, move.From, journal), to = Within(catalog, move.To, journal);
            bool isWaiting = File.Exists(from);
            FileInfo file = new(isWaiting ? from : to);
            if (!file.Exists || file.Length != move.Bytes)
            {
                throw new TickDataException(
                    $"{journal} plans {move.To} with {move.Bytes} bytes, but {file.FullName} {(file.Exists ? $"has {file.Length}" : "is gone")}. "
                    + $"Remove {JournalFile} and import that data again (--overwrite).");
            }

            if (!isWaiting) continue;
            placing?.Invoke(to);
            File.Move(from, to, overwrite: true);
        }

        File.Delete(journal);
        return moves.Count;
    }

    private static List<PlannedMove> Read(string journal)
    {
        try
        {
            using FileStream stream = File.OpenRead(journal);
            return JsonSerializer.Deserialize(stream, PlacementJson.Default.ListPlannedMove) ?? [];
        }
        catch (JsonException fault)
        {
            throw new TickDataException($"{journal} is not sound: {fault.Message} Remove it and import the latest data again (--overwrite).", fault);
        }
    }

    /// <summary>A plan names files of its own catalog only.</summary>
    private static string Within(string catalog, string relative, string journal)
    {
        string path = Path.GetFullPath(Path.Combine(catalog, relative));
        return path.StartsWith(Path.TrimEndingDirectorySeparator(catalog) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new TickDataException($"{journal} is not sound: {relative} lies outside of the catalog. Remove it and import the latest data again (--overwrite).");
    }
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(List<PlannedMove>))]
internal sealed partial class PlacementJson : JsonSerializerContext;
