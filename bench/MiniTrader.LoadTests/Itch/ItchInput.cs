using System.IO.Compression;
using MiniTrader.Feeds;

namespace MiniTrader.LoadTests;

/// <summary>An ITCH file in memory, and what is in it.</summary>
internal sealed class ItchInput
{
    /// <summary>What one array holds; a longer file is measured up to there.</summary>
    private const int MaxBytes = 2_000_000_000;

    private ItchInput(byte[] bytes) => Bytes = bytes;

    public byte[] Bytes { get; }

    /// <summary>One more than the highest locate.</summary>
    public int Locates { get; private set; }

    /// <summary>Most orders that are in the books at one time.</summary>
    public int MostOrders { get; private set; }

    /// <summary>Most prices that one stock's side may show at a time, bounded by the orders that it added.</summary>
    public int[] OrdersByLocate { get; } = new int[ushort.MaxValue + 1];

    public static ItchInput Read(string path)
    {
        using Stream file = File.OpenRead(path);
        using Stream stream = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
        byte[] bytes = new byte[1 << 24];
        int used = 0;
        for (int read; used < MaxBytes && (read = stream.Read(bytes.AsSpan(used))) > 0; used += read)
        {
            if (used + read == bytes.Length) Array.Resize(ref bytes, (int)Math.Min(MaxBytes, 2L * bytes.Length));
        }

        Array.Resize(ref bytes, used);
        ItchInput input = new(bytes);
        Survey survey = new(input);
        int taken = ItchDecoder.Decode(bytes, ref survey, out ItchStop stop);
        if (stop != ItchStop.NeedsMore || taken == 0) throw new InvalidDataException($"{path} is no sound ITCH file: at byte {taken} decoding stops ({stop}).");
        return input;
    }

    private struct Survey(ItchInput input) : IItchHandler
    {
        private int _orders;

        public readonly void OnSystemEvent(in ItchSystemEvent message)
        {
        }

        public readonly void OnStockDirectory(in ItchStockDirectory message) => See(message.Header);

        public readonly void OnTradingAction(in ItchTradingAction message)
        {
        }

        public void OnAddOrder(in ItchAddOrder message)
        {
            See(message.Header);
            input.OrdersByLocate[message.Header.Locate]++;
            input.MostOrders = Math.Max(input.MostOrders, ++_orders);
        }

        public readonly void OnOrderExecuted(in ItchOrderExecuted message)
        {
        }

        public readonly void OnOrderExecutedWithPrice(in ItchOrderExecutedWithPrice message)
        {
        }

        public readonly void OnOrderCancel(in ItchOrderCancel message)
        {
        }

        /// <summary>Orders that trade away are not taken off: the bound is a little high.</summary>
        public void OnOrderDelete(in ItchOrderDelete message) => _orders--;

        public readonly void OnOrderReplace(in ItchOrderReplace message)
        {
        }

        public readonly void OnTrade(in ItchTrade message)
        {
        }

        public readonly void OnCrossTrade(in ItchCrossTrade message)
        {
        }

        public readonly void OnBrokenTrade(in ItchBrokenTrade message)
        {
        }

        public readonly void OnNetOrderImbalance(in ItchNetOrderImbalance message)
        {
        }

        public readonly void OnOther(in ItchHeader message)
        {
        }

        private readonly void See(in ItchHeader header) => input.Locates = Math.Max(input.Locates, header.Locate + 1);
    }
}
