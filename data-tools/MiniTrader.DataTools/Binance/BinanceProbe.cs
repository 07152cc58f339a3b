using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>A first pass over a capture: the smallest difference of the two clocks, and the finest decimals of each symbol.</summary>
public sealed class BinanceProbe
{
    private readonly Dictionary<string, (int Price, int Size)> _decimals = new(StringComparer.Ordinal);

    /// <summary>Receive time less venue time of the fastest message, in nanoseconds; negative when the recorder's clock was behind.</summary>
    public long FastestLatency { get; private set; } = long.MaxValue;

    /// <summary>Decimals of the finest price and size of a symbol.</summary>
    public (int Price, int Size) DecimalsOf(string symbol) => _decimals.GetValueOrDefault(symbol);

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
                bool isUsed = BinanceImporter.Split(line, message, out long received) is null && message.Kind is "bookTicker" or "trade";
                if (isUsed) probe.Add(message, received);
            }
        }

        return probe;
    }

    private void Add(BinanceMessage message, long received)
    {
        (int price, int size) = _decimals.GetValueOrDefault(message.Symbol);
        if (message.PriceDecimals > price || message.SizeDecimals > size || !_decimals.ContainsKey(message.Symbol))
            _decimals[message.Symbol] = (Math.Max(price, message.PriceDecimals), Math.Max(size, message.SizeDecimals));
        if (message.VenueMilliseconds is > 0 and < BinanceImporter.MaxTime / Timestamp.NanosecondsPerMillisecond)
            FastestLatency = Math.Min(FastestLatency, received - (message.VenueMilliseconds * Timestamp.NanosecondsPerMillisecond));
    }
}
