using System.CommandLine;
using System.Diagnostics;
using MiniTrader.Books;
using MiniTrader.Feeds;

namespace MiniTrader.LoadTests;

/// <summary><c>itch</c>: a file of ITCH messages in memory, decoded only, and decoded into the full books of all stocks with a strategy's hook.</summary>
internal static class ItchVerb
{
    private const int MaxLevels = 8_192;

    /// <summary>What a feed hands on at a time.</summary>
    private const int ChunkBytes = 1 << 16;

    private static readonly Option<FileInfo> _file = new("--file") { Description = "An ITCH 5.0 file, plain or .gz, as minitrader-data generate --format itch makes them.", Required = true };

    private static readonly Option<int> _rounds = new("--rounds") { Description = "Rounds of which the median counts.", DefaultValueFactory = _ => 7 };

    public static Command Create()
    {
        Command command = new("itch", "ITCH messages: decoded only, and decoded into the full order books of all stocks with a strategy's hook.") { _file, _rounds };
        command.SetAction(parsed =>
        {
            Measure(parsed.GetRequiredValue(_file).FullName, Math.Max(1, parsed.GetValue(_rounds))).Print(Console.Out, parsed.GetValue(ReportOptions.Json));
            return 0;
        });
        return command;
    }

    private static LoadTestReport Measure(string path, int rounds)
    {
        ItchInput input = ItchInput.Read(path);
        OrderStore store = new(Math.Max(1, input.MostOrders));
        OrderBook?[] books = MakeBooks(input, store, out int count);
        List<double> decoded = [], built = [], single = [];
        long messages = 0, refused = 0, allocated = 0;
        for (int round = 0; round <= rounds; round++)
        {
            Console.Error.WriteLine(round == 0 ? "warming up" : $"round {round} of {rounds}");
            double decodeRate = Decode(input.Bytes);
            foreach (OrderBook? book in books) book?.Clear();
            double singleRate = Build(input.Bytes, new BookHandler(books, new BestPrices(books), new(input.Bytes, store, isOn: false)), out messages, out refused, out allocated);
            foreach (OrderBook? book in books) book?.Clear();
            double bookRate = Build(input.Bytes, new BookHandler(books, new BestPrices(books), new(input.Bytes, store, isOn: true)), out messages, out refused, out allocated);
            if (round == 0) continue;
            decoded.Add(decodeRate);
            single.Add(singleRate);
            built.Add(bookRate);
        }

        Rate decode = Rate.Of("decode only, every field read", decoded);
        Rate blind = Rate.Of("decode, full books, hook", single);
        Rate ahead = Rate.Of($"the same, looking {OrderStore.Ahead} messages ahead", built);

        // To look ahead pays where the books do not fit into the caches; a file of few stocks does better without.
        Rate full = ahead.Median >= blind.Median ? ahead : blind;
        return new LoadTestReport
        {
            Test = "itch",
            About = $"{messages:N0} messages of {count:N0} stocks from memory, one core, medians of {rounds} rounds; {refused:N0} deltas that a book refused. The headline is the faster way to build full books, the ratio that over decoding alone.",
            EventsPerSecond = full.Median,
            BareRowsPerSecond = decode.Median,
            Ratio = full.Median / decode.Median,
            AllocatedBytesPerEvent = (double)allocated / messages,
            Rates = [decode, blind, ahead],
        };
    }

    private static OrderBook?[] MakeBooks(ItchInput input, OrderStore store, out int count)
    {
        OrderBook?[] books = new OrderBook?[ushort.MaxValue + 1];
        count = 0;
        for (int locate = 0; locate < input.Locates; locate++)
        {
            if (input.OrdersByLocate[locate] == 0) continue;
            books[locate] = new(store, Math.Clamp(input.OrdersByLocate[locate], 16, MaxLevels));
            count++;
        }

        return books;
    }

    private static double Decode(byte[] bytes)
    {
        SummingHandler handler = default;
        long start = Stopwatch.GetTimestamp();
        DecodeAll(bytes, ref handler);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        GC.KeepAlive(handler.Sum);
        return handler.Messages / seconds;
    }

    private static double Build(byte[] bytes, BookHandler handler, out long messages, out long refused, out long allocated)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        DecodeAll(bytes, ref handler);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        messages = handler.Messages;
        refused = handler.Refused;
        return messages / seconds;
    }

    /// <summary>By chunks, as a feed does; one call for the whole file would stay in code that the compiler replaced in mid-loop.</summary>
    private static void DecodeAll<THandler>(byte[] bytes, ref THandler handler)
        where THandler : struct, IItchHandler
    {
        int taken;
        for (int at = 0; at < bytes.Length; at += taken)
        {
            taken = ItchDecoder.Decode(bytes.AsSpan(at, Math.Min(ChunkBytes, bytes.Length - at)), ref handler, out _);
            if (taken == 0) return;
        }
    }
}
