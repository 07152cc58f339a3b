using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>A first pass over a capture: the smallest difference of the two clocks, and the finest decimals of each symbol.</summary>
public sealed class BinanceProbe
{
    private readonly Dictionary<string, (int Price, int Size)> _decimals = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<long>> _snapshots = new(StringComparer.Ordinal);
    private readonly HashSet<string> _depthSymbols = new(StringComparer.Ordinal);

    /// <summary>Receive time less venue time of the fastest message, in nanoseconds; negative when the recorder's clock was behind.</summary>
    public long FastestLatency { get; private set; } = long.MaxValue;

    /// <summary>Decimals of the finest price and size of a symbol.</summary>
    public (int Price, int Size) DecimalsOf(string symbol) => _decimals.GetValueOrDefault(symbol);

    /// <summary>The only symbol with depth updates: whose snapshot it is where the snapshot does not say; null with several.</summary>
    public string? OnlyDepthSymbol => _depthSymbols.Count == 1 ? _depthSymbols.First() : null;

    /// <summary>The numbers of a symbol's snapshots in the order of the file.</summary>
    public IReadOnlyList<long> SnapshotsOf(string symbol) =>
        [.. _snapshots.GetValueOrDefault(symbol) ?? [], .. symbol == OnlyDepthSymbol ? _snapshots.GetValueOrDefault("") ?? [] : []];

    public static BinanceProbe Read(string path)
    {
        BinanceProbe probe = new();
        BinanceMessage message = new();
        ImportRun silent = new(NullSink.Instance);
        foreach (SourcePart part in SourceFile.Parts(path, silent))
        {
            LineReader lines = new(part.Stream, part.Name);
            while (lines.TryRead(out ReadOnlySpan<byte> line))
            {
                bool isUsed = BinanceImporter.Split(line, message, out long received) is null && message.Kind is "bookTicker" or "trade" or "depthUpdate" or "snapshot";
                if (isUsed) probe.Add(message, received);
            }
        }

        return probe;
    }

    private void Add(BinanceMessage message, long received)
    {
        if (message.Kind == "depthUpdate") _depthSymbols.Add(message.Symbol);
        if (message.Kind == "snapshot")
        {
            if (!_snapshots.TryGetValue(message.Symbol, out List<long>? list)) _snapshots[message.Symbol] = list = [];
            list.Add(message.SnapshotId);
            return;
        }

        (int price, int size) = _decimals.GetValueOrDefault(message.Symbol);
        if (message.PriceDecimals > price || message.SizeDecimals > size || !_decimals.ContainsKey(message.Symbol))
            _decimals[message.Symbol] = (Math.Max(price, message.PriceDecimals), Math.Max(size, message.SizeDecimals));
        if (message.VenueMilliseconds is > 0 and < BinanceImporter.MaxTime / Timestamp.NanosecondsPerMillisecond)
            FastestLatency = Math.Min(FastestLatency, received - (message.VenueMilliseconds * Timestamp.NanosecondsPerMillisecond));
    }
}
