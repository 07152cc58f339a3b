using System.Buffers.Binary;
using System.Globalization;
using MiniTrader.DataTools;
using MiniTrader.Model;
using MiniTrader.TickStore;
using Xunit;
using ZstdSharp;

namespace MiniTrader.Tests.DataTools;

/// <summary>
/// A file of a whole venue: thousands of instruments, their orders and trades in turn. What comes out of the import, and out of the catalog that was written,
/// is held against books that the test kept while it wrote the file.
/// </summary>
public sealed class DbnManyInstrumentsTests
{
    private const uint FirstId = 100_000;

    [Fact]
    public void Every_instruments_book_and_trades_come_back()
    {
        const int Records = 30_000;
        Venue venue = new(2_500, Records);
        using TempFolder folder = new();
        MemorySink sink = new();
        ImportRun run = new(sink);
        new DbnImporter(new()).Import(run, [folder.Write("venue.mbo.dbn.zst", venue.File())]);

        FileAccount account = Assert.Single(run.Accounts);
        Assert.Equal((Records, 0), (account.Rows, account.RefusedRows));
        Assert.Equal(account.Rows, account.Stored + account.LeftOutRows);
        Assert.Equal(venue.Names, sink.Instruments.Keys.Order(StringComparer.Ordinal));
        for (uint i = 0; i < venue.Markets.Length; i++)
        {
            (string name, Market market) = (NameOf(i), venue.Markets[i]);
            NaiveOrders book = new();
            foreach (ref readonly MarketEvent e in Of(sink, name, "BookDelta").AsSpan()) book.Apply(e.BookDelta);
            Assert.Equal(market.Queues, book.Queues);
            Assert.Equal(market.Trades, Of(sink, name, "trades").Select(t => (t.Trade.Price.Raw, t.Trade.Size.Raw)));
        }
    }

    [Fact]
    public void A_catalog_of_them_is_read_back_row_by_row()
    {
        // Fewer, since each series is a file.
        Venue venue = new(400, 3_000);
        using TempFolder folder = new();
        string file = folder.Write("venue.mbo.dbn", venue.File(isPacked: false)), directory = folder.Path("catalog");
        MemorySink memory = new();
        new DbnImporter(new()).Import(new(memory), [file]);
        using (CatalogSink sink = new(directory, TickFileOptions.Default))
        {
            new DbnImporter(new()).Import(new(sink), [file]);
            Assert.Equal(memory.Events, sink.Complete().Rows);
        }

        TickCatalog catalog = TickCatalog.Open(directory);
        Assert.Equal(memory.Instruments.Keys.Order(StringComparer.Ordinal), catalog.Instruments.Select(i => i.Name));
        Assert.Equal(memory.Series.Count, catalog.Series.Count);
        using CatalogFeed feed = CatalogFeed.Open(catalog, catalog.Instruments, new());
        Dictionary<string, List<MarketEvent>> read = [];
        MarketEvent[] slots = new MarketEvent[512];
        while (!feed.IsFinished)
        {
            foreach (ref readonly MarketEvent e in slots.AsSpan(0, feed.Fill(slots)))
            {
                // Each row comes twice, at the venue and to the strategy; the time of the second is the file's order.
                if ((e.Header.Flags & EventFlags.ForStrategy) == 0) continue;
                string key = $"{catalog.Instruments[e.Header.Instrument].Name} {e.Header.Kind}";
                if (!read.TryGetValue(key, out List<MarketEvent>? list)) read[key] = list = [];
                list.Add(e);
            }
        }

        Assert.Equal(memory.Events, read.Values.Sum(l => l.Count));
        foreach (((string instrument, string _), List<(DateOnly, MarketEvent Event)> series) in memory.Series)
        {
            List<MarketEvent> back = read[$"{instrument} {series[0].Event.Header.Kind}"];
            Assert.Equal(series.Select(s => Text(s.Event)), back.Select(Text));
        }
    }

    private static string Text(MarketEvent e) => e.Header.Kind == EventKind.Trade
        ? $"{e.Header.VenueTime} {e.Header.ReceivedTime} {e.Trade.Price} {e.Trade.Size} {e.Trade.Aggressor}"
        : $"{e.Header.VenueTime} {e.Header.ReceivedTime} {e.BookDelta.Action} {e.BookDelta.Side} {e.BookDelta.OrderId} {e.BookDelta.Price} {e.BookDelta.Size} {e.Header.Flags & EventFlags.Partial}";

    private static MarketEvent[] Of(MemorySink sink, string name, string kind) => sink.Series.ContainsKey((name, kind)) ? sink.Of(name, kind) : [];

    private static string NameOf(uint index) => string.Create(CultureInfo.InvariantCulture, $"I{index}.GLBX");

    /// <summary>Writes the records and keeps what they mean.</summary>
    private sealed class Venue
    {
        private readonly List<byte[]> _records = [];

        public Venue(int instruments, int records)
        {
            Markets = [.. Enumerable.Range(0, instruments).Select(_ => new Market())];
            SeededRandom random = new(5);
            ulong order = 0;
            for (int i = 0; i < records; i++)
            {
                // Every instrument once, then whichever: some have many records, others one.
                uint index = i < instruments ? (uint)i : (uint)Math.Min(random.NextInt64(instruments), random.NextInt64(instruments));
                byte[] record = Markets[index].Next(ref random, ref order, (ulong)i * 100);
                BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(4), FirstId + index);
                _records.Add(record);
            }
        }

        public Market[] Markets { get; }

        public IEnumerable<string> Names => Enumerable.Range(0, Markets.Length).Select(i => NameOf((uint)i)).Order(StringComparer.Ordinal);

        public byte[] File(bool isPacked = true)
        {
            (uint, string, int, int)[] mappings = [.. Enumerable.Range(0, Markets.Length).Select(i => (FirstId + (uint)i, string.Create(CultureInfo.InvariantCulture, $"I{i}"), 20231225, 20231226))];
            byte[] file = DbnText.File(3, 0, sendTime: false, mappings, [.. _records]);
            if (!isPacked) return file;
            using Compressor compressor = new();
            return compressor.Wrap(file).ToArray();
        }
    }

    /// <summary>One instrument's orders: side, price, size and turn in the queue.</summary>
    private sealed class Market
    {
        private readonly Dictionary<ulong, (OrderSide Side, long Price, uint Size, long Turn)> _orders = [];
        private long _turn;

        public List<(long Price, long Size)> Trades { get; } = [];

        public IEnumerable<(long Id, OrderSide Side, long Price, long Size)> Queues => _orders
            .OrderBy(o => (o.Value.Side, o.Value.Price, o.Value.Turn)).Select(o => ((long)o.Key, o.Value.Side, o.Value.Price, o.Value.Size * 1_000_000_000L));

        public byte[] Next(ref SeededRandom random, ref ulong lastOrder, ulong at)
        {
            long what = _orders.Count == 0 ? 0 : random.NextInt64(10);
            uint size = (uint)(2 + random.NextInt64(50));
            bool isBid = random.NextInt64(2) == 0;
            decimal price = (isBid ? 100m : 101m) + ((isBid ? -1 : 1) * 0.25m * random.NextInt64(8));
            if (what == 9)
            {
                Trades.Add(((long)(price * 1_000_000_000), size * 1_000_000_000L));
                return DbnText.Mbo('T', isBid ? 'B' : 'A', 0, price, size, at);
            }

            if (what < 5)
            {
                _orders[++lastOrder] = (isBid ? OrderSide.Buy : OrderSide.Sell, (long)(price * 1_000_000_000), size, _turn++);
                return DbnText.Mbo('A', isBid ? 'B' : 'A', lastOrder, price, size, at);
            }

            (ulong id, (OrderSide side, long raw, uint shown, long turn)) = _orders.OrderBy(o => o.Key).ElementAt((int)random.NextInt64(_orders.Count));
            (char word, decimal old) = (side == OrderSide.Buy ? 'B' : 'A', raw / 1_000_000_000m);
            if (what >= 7)
            {
                uint taken = what == 7 ? shown : 1 + (uint)random.NextInt64(shown - 1 > 0 ? shown - 1 : 1);
                if (taken >= shown) _orders.Remove(id);
                else _orders[id] = (side, raw, shown - taken, turn);
                return DbnText.Mbo('C', word, id, old, taken, at);
            }

            // Smaller at its price keeps the place, anything else goes to the back.
            (decimal next, uint changed) = what == 5 ? (old, Math.Max(1, shown - 1)) : (old + (side == OrderSide.Buy ? -0.25m : 0.25m), size);
            bool keeps = what == 5;
            _orders[id] = (side, (long)(next * 1_000_000_000), changed, keeps ? turn : _turn++);
            return DbnText.Mbo('M', word, id, next, changed, at);
        }
    }
}
