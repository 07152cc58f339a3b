using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>
/// Imports captures of Binance's WebSocket streams: on each line the local receive time in nanoseconds, a blank, and the message
/// as it came. <c>bookTicker</c> becomes quotes, <c>trade</c> trades, snapshot and <c>depthUpdate</c> the book; other messages are counted by kind.
/// <para>
/// Venue time is the message's <c>T</c> (matching), else <c>E</c> (sending), else the receive time. A file is read twice, first for its symbols, the steps
/// of its prices, its snapshots, and how far the recorder's clock was behind: no event may be received before it happened.
/// </para>
/// </summary>
public sealed class BinanceImporter(BinanceOptions options)
{
    private readonly BinanceInstruments _instruments = new(options.Venue);

    public void Import(ImportRun run, IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(paths);
        foreach (string path in InputFiles.Find(paths, ".gz", ".zst", ".txt", ".json", ".jsonl", ".log", ".zip"))
        {
            FileAccount account = run.Begin(path);
            BinanceProbe probe = BinanceProbe.Read(path);
            long offset = options.ClockOffset ?? Measure(run, path, probe);
            Dictionary<string, BinanceSeries> series = new(StringComparer.Ordinal);
            foreach (SourcePart part in SourceFile.Parts(path, run))
                ImportPart(run, part, account, probe, series, offset);
            foreach (BinanceSeries one in series.Values) one.Flush();
            run.End(account);
        }
    }

    private long Measure(ImportRun run, string path, BinanceProbe probe)
    {
        if (probe.FastestLatency >= 0) return 0;
        long offset = options.BaseLatency - probe.FastestLatency;
        run.Remark($"{Path.GetFileName(path)}: the recorder's clock was behind the exchange's; {offset} ns are added to receive times (--clock-offset sets it)");
        return offset;
    }

    private void ImportPart(
        ImportRun run, SourcePart part, FileAccount account, BinanceProbe probe, Dictionary<string, BinanceSeries> series, long offset)
    {
        LineReader lines = new(part.Stream, part.Name);
        BinanceMessage message = new();
        while (lines.TryRead(out ReadOnlySpan<byte> line))
        {
            RowOutcome outcome = line.IsEmpty ? RowOutcome.LeftOut("blank line") : ReadLine(run, line, message, account, probe, series, offset);
            account.Count(outcome, part.Name, lines.Line, line);
        }

        account.IsLastLineOpen |= lines.IsOpen;
    }

    private RowOutcome ReadLine(
        ImportRun run, ReadOnlySpan<byte> line, BinanceMessage message, FileAccount account, BinanceProbe probe,
        Dictionary<string, BinanceSeries> series, long offset)
    {
        if (Split(line, message, out long received) is { } reason) return RowOutcome.Refused(reason);
        if (message.Kind is not ("bookTicker" or "trade" or "depthUpdate" or "snapshot"))
            return RowOutcome.LeftOut($"not imported: {(message.Kind.Length == 0 ? "replies" : message.Kind)}");
        if (message.Symbol.Length == 0 && message.Kind == "snapshot" && probe.OnlyDepthSymbol is { } only) message.Symbol = only;
        if (message.Symbol.Length == 0) return RowOutcome.Refused("the message has no symbol");
        if (!series.TryGetValue(message.Symbol, out BinanceSeries? one))
        {
            Instrument instrument = _instruments.Find(message, probe);
            run.Sink.Register(instrument);
            run.Remark(BinanceInstruments.Describe(instrument));
            series[message.Symbol] = one = new(run.Sink, instrument, account, new(run.Sink, instrument, account, options, probe.SnapshotsOf(message.Symbol)));
        }

        return one.Store(message, received + offset);
    }

    /// <summary>Reads the receive time and the message; null, or what is wrong.</summary>
    internal static string? Split(ReadOnlySpan<byte> line, BinanceMessage message, out long received)
    {
        received = 0;
        int blank = line.IndexOf((byte)' ');
        if (blank <= 0 || !NumberText.TryParseWhole(line[..blank], out received)) return "the line does not start with a receive time in nanoseconds";
        if (received is <= 0 or > MaxTime) return "the receive time is not in nanoseconds since 1970";
        return message.Read(line[(blank + 1)..]);
    }

    /// <summary>The year 2200.</summary>
    internal const long MaxTime = 7_258_118_400L * Timestamp.NanosecondsPerSecond;
}
