using System.Diagnostics;
using MiniTrader.Books;
using MiniTrader.DataTools;
using MiniTrader.Model;

namespace MiniTrader.LoadTests;

/// <summary>The loops that <c>mbo</c> measures, over the records of one file in memory. Each returns messages per second. One thread.</summary>
internal sealed class MboReplay
{
    private const int LevelCapacity = 16_384, OrderCapacity = 1 << 18;

    private readonly byte[] _records;
    private readonly MarketEvent[] _made = new MarketEvent[MboBook.MaxDeltas];
    private readonly MarketEvent[] _deltas;
    private readonly MboBook _orders = new();
    private readonly OrderStore _store = new(OrderCapacity);
    private readonly OrderBook _book;
    private readonly BookHook _hook = new TouchHook();

    public MboReplay(byte[] records)
    {
        _records = records;
        _book = new(_store, LevelCapacity);
        List<MarketEvent> deltas = [];
        DbnMboCursor cursor = new(records);
        while (cursor.MoveNext())
        {
            Messages++;
            _orders.Read(cursor.Current, _made, out int count);
            for (int i = 0; i < count; i++) deltas.Add(_made[i]);
        }

        _deltas = [.. deltas];
        foreach (ref readonly MarketEvent delta in _deltas.AsSpan()) _book.Apply(delta.BookDelta);
        Summary = $"which end with {_book.OrderCount:N0} orders, {_book.BestBidSize} at {_book.BestBid} bid and {_book.BestAskSize} at {_book.BestAsk} asked, and {_book.Anomalies - _book.CountOf(BookResult.Crossed)} deltas that the book refused";
    }

    public long Messages { get; }

    public int Deltas => _deltas.Length;

    /// <summary>What the book shows after the file.</summary>
    public string Summary { get; }

    /// <summary>Every field of every record is loaded and folded, so that nothing is left out.</summary>
    public double Decode(int passes)
    {
        Stopwatch clock = Stopwatch.StartNew();
        ulong fold = 0;
        for (int pass = 0; pass < passes; pass++)
        {
            DbnMboCursor cursor = new(_records);
            while (cursor.MoveNext())
            {
                ref readonly DbnMboRecord r = ref cursor.Current;
                fold += r.OrderId ^ (ulong)r.Price ^ r.OrderSize ^ r.Flags ^ r.Action ^ ((ulong)r.Side << 8) ^ r.Header.EventTime ^ r.ReceivedTime ^ r.Sequence ^ r.Header.Instrument;
            }
        }

        _hook.Seen += (long)(fold & 1);
        return Rate(passes, clock);
    }

    public double DecodeToDeltas(int passes)
    {
        Stopwatch clock = Stopwatch.StartNew();
        for (int pass = 0; pass < passes; pass++)
        {
            DbnMboCursor cursor = new(_records);
            while (cursor.MoveNext())
            {
                _orders.Read(cursor.Current, _made, out int count);
                _hook.Seen += count;
            }
        }

        return Rate(passes, clock);
    }

    public double DecodeToBook(int passes)
    {
        Stopwatch clock = Stopwatch.StartNew();
        for (int pass = 0; pass < passes; pass++)
        {
            DbnMboCursor cursor = new(_records);
            MboLookahead ahead = new(_records, _store);
            while (cursor.MoveNext())
            {
                ahead.Advance();
                _orders.Read(cursor.Current, _made, out int count);
                for (int i = 0; i < count; i++)
                {
                    _book.Apply(_made[i].BookDelta);
                    _hook.OnBookDelta(_made[i].BookDelta, _book);
                }
            }
        }

        return Rate(passes, clock);
    }

    public double DeltasToBook(int passes)
    {
        Stopwatch clock = Stopwatch.StartNew();
        for (int pass = 0; pass < passes; pass++)
        {
            foreach (ref readonly MarketEvent delta in _deltas.AsSpan())
            {
                _book.Apply(delta.BookDelta);
                _hook.OnBookDelta(delta.BookDelta, _book);
            }
        }

        return Rate(passes, clock);
    }

    public double DeltasToBookAhead(int passes)
    {
        Stopwatch clock = Stopwatch.StartNew();
        for (int pass = 0; pass < passes; pass++)
        {
            ApplyAhead(_deltas);
        }

        return Rate(passes, clock);
    }

    private void ApplyAhead(ReadOnlySpan<MarketEvent> deltas)
    {
        for (int i = 0; i < deltas.Length; i++)
        {
            _store.LookAhead(deltas, i);
            _book.Apply(deltas[i].BookDelta);
            _hook.OnBookDelta(deltas[i].BookDelta, _book);
        }
    }

    private double Rate(int passes, Stopwatch clock) => Messages * passes / clock.Elapsed.TotalSeconds;
}

/// <summary>A strategy's hook as the engine calls it: virtual, with the delta and the book after it.</summary>
internal abstract class BookHook
{
    public long Seen { get; set; }

    public abstract void OnBookDelta(in BookDelta delta, OrderBook book);
}

/// <summary>Keeps a running mean of the mid price whenever the touch moves, as a small strategy would.</summary>
internal sealed class TouchHook : BookHook
{
    private Price _bid;
    private Price _ask;
    private double _mean;

    public override void OnBookDelta(in BookDelta delta, OrderBook book)
    {
        if ((delta.Header.Flags & EventFlags.Partial) != 0 || !book.HasBid || !book.HasAsk || (book.BestBid == _bid && book.BestAsk == _ask)) return;
        (_bid, _ask) = (book.BestBid, book.BestAsk);
        _mean += (book.Mid.Raw - _mean) * 0.01;
        Seen++;
    }
}
