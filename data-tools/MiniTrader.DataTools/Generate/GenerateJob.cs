using System.Diagnostics;
using MiniTrader.Feeds;
using MiniTrader.Model;
using MiniTrader.TickStore;

namespace MiniTrader.DataTools;

/// <summary>Writes a generated market into a catalog. Events are made on a task of their own while the former ones are written.</summary>
public sealed record GenerateJob
{
    public required string Catalog { get; init; }

    public required GeneratedMarketOptions Market { get; init; }

    public TickFileOptions FileOptions { get; init; } = TickFileOptions.Default;

    public void Run(ToolConsole console)
    {
        ArgumentNullException.ThrowIfNull(console);
        Stopwatch clock = Stopwatch.StartNew();
        GeneratedMarket market = new(Market);
        TickFileOptions options = FileOptions with { MaxOpenFiles = Math.Max(2, 2 * market.Instruments.Count) };
        using CatalogSink sink = new(Catalog, options);
        ToolProgress.Run(console, "generating", Market.Rows, progress => Write(market, sink, progress));
        CatalogWriteSummary written = sink.Complete();
        console.Line($"{Market}");
        console.Line($"wrote {ToolConsole.Count(written.Rows, "event")} of {ToolConsole.Count(market.Instruments.Count, "instrument")} over {ToolConsole.Count(market.Days, "day")} in {ToolConsole.Count(written.Files.Count, "file")}, {ToolConsole.Bytes(written.Bytes)}, in {clock.Elapsed.TotalSeconds:F1} s ({ToolProgress.Rate(written.Rows, clock.Elapsed)})");
    }

    private static void Write(GeneratedMarket market, CatalogSink sink, ToolProgress progress)
    {
        foreach (Instrument instrument in market.Instruments) sink.Register(instrument);
        using GeneratedFeed feed = market.OpenFeed();
        GeneratedBlock filling = new(market), writing = new(market);
        filling.Fill(feed);
        while (filling.Count > 0)
        {
            (filling, writing) = (writing, filling);
            GeneratedBlock next = filling;
            Task ahead = Task.Run(() => next.Fill(feed));
            try
            {
                writing.Write(sink);
            }
            finally
            {
                ahead.Wait();
            }

            progress.Advance(writing.Count);
        }
    }
}
