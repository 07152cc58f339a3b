using System.Diagnostics;
using System.IO.Compression;

namespace MiniTrader.DataTools;

/// <summary>Writes a made-up day as an ITCH file, packed where its name ends in <c>.gz</c>. The file is seen only when it is complete.</summary>
public sealed record ItchGenerateJob
{
    public required string Path { get; init; }

    public required ItchMarketOptions Market { get; init; }

    public bool Overwrite { get; init; }

    public void Run(ToolConsole console)
    {
        ArgumentNullException.ThrowIfNull(console);
        if (!Overwrite && File.Exists(Path)) throw new ImportException($"{Path} exists already. Remove it, or ask to --overwrite.");
        Stopwatch clock = Stopwatch.StartNew();
        MadeUpDay day = new(Market);
        string unfinished = Path + ".tmp";
        try
        {
            (long messages, long bytes) = (0, 0);
            using (FileStream file = File.Create(unfinished))
            using (Stream stream = Path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionLevel.Fastest) : file)
            {
                ItchOutput output = new(stream);
                ToolProgress.Run(console, "generating", Market.Rows, progress => day.Write(output, rows => progress.Advance(rows)));
                (messages, bytes) = (output.Messages, output.Bytes);
            }

            File.Move(unfinished, Path, Overwrite);
            console.Line($"wrote {ToolConsole.Count(messages, "message")} of {ToolConsole.Count(Market.Stocks, "stock")} to {Path}, {ToolConsole.Bytes(bytes)} unpacked, in {clock.Elapsed.TotalSeconds:F1} s ({ToolProgress.Rate(messages, clock.Elapsed)})");
        }
        finally
        {
            File.Delete(unfinished);
        }
    }
}
