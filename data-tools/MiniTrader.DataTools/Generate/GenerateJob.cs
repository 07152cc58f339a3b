using System.Diagnostics;
using MiniTrader.Feeds;
using MiniTrader.Model;
using MiniTrader.TickStore;

namespace MiniTrader.DataTools;

/// <summary>Writes a generated market into a catalog.</summary>
public sealed record GenerateJob
{
    private const int Batch = 2048;

    public required string Catalog { get; init; }

    public required GeneratedMarketOptions Market { get; init; }

    public TickFileOptions FileOptions { get; init; } = TickFileOptions.Default;

    public void Run(ToolConsole console)
    {
        ArgumentNullException.ThrowIfNull(console);
        Stopwatch clock = Stopwatch.StartNew();
        GeneratedMarket market = new(Market);
        FileAccount account = new(Market.ToString(), false);
        TickFileOptions options = FileOptions with { MaxOpenFiles = Math.Max(2, 2 * market.Instruments.Count) };
        using CatalogSink sink = new(Catalog, options);
        ToolProgress.Run(console, "generating", Market.Rows, progress => Write(market, sink, account, progress));
        CatalogWriteSummary written = sink.Complete();
        console.Line($"{Market}");
        console.Line($"wrote {ToolConsole.Count(written.Rows)} events of {market.Instruments.Count} instruments over {market.Days} days in {ToolConsole.Count(written.Files.Count)} files, {ToolConsole.Bytes(written.Bytes)}, in {clock.Elapsed.TotalSeconds:F1} s ({ToolProgress.Rate(written.Rows, clock.Elapsed)})");
    }

    /// <summary>Series by instrument and kind, so that each block handed on is one file's.</summary>
    private static void Write(GeneratedMarket market, CatalogSink sink, FileAccount account, ToolProgress progress)
    {
        foreach (Instrument instrument in market.Instruments) sink.Register(instrument);
        SeriesBuffer[] quotes = market.Instruments.Select(i => new SeriesBuffer(sink, i, account)).ToArray();
        SeriesBuffer[] trades = market.Instruments.Select(i => new SeriesBuffer(sink, i, account)).ToArray();
        using GeneratedFeed feed = market.OpenFeed();
        MarketEvent[] events = new MarketEvent[Batch];
        (DateOnly date, Timestamp next) = (default, Timestamp.MinValue);
        while (!feed.IsFinished)
        {
            int count = feed.Fill(events);
            for (int i = 0; i < count; i++)
            {
                ref MarketEvent e = ref events[i];
                if (e.Header.VenueTime >= next)
                {
                    // A day's files are done before the next day's begin, so that few are open at a time.
                    foreach (SeriesBuffer series in quotes.Concat(trades)) series.Flush();
                    date = e.Header.VenueTime.Date;
                    next = e.Header.VenueTime.FloorTo(Timestamp.NanosecondsPerDay) + Timestamp.NanosecondsPerDay;
                }

                SeriesBuffer buffer = (e.Header.Kind == EventKind.Quote ? quotes : trades)[e.Header.Instrument.Index];
                buffer.Next(date, e.Header.Kind, e.Header.VenueTime, e.Header.ReceivedTime) = e;
            }

            progress.Advance(count);
        }

        foreach (SeriesBuffer series in quotes.Concat(trades)) series.Flush();
    }
}
