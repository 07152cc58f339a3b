using MiniTrader.Books;
using MiniTrader.Model;

namespace MiniTrader.Tests.Books;

/// <summary>
/// The books as slowly and plainly as they can be written: sorted dictionaries of lists. One class for both depths; a level book
/// is one of which each price holds one nameless order.
/// </summary>
internal sealed class NaiveBook(bool isByOrder, int levelCapacity = int.MaxValue, int orderCapacity = int.MaxValue, bool mayBeNegative = true)
{
    private readonly SortedDictionary<long, List<(long Id, long Size)>> _bids = new(Comparer<long>.Create((a, b) => b.CompareTo(a)));
    private readonly SortedDictionary<long, List<(long Id, long Size)>> _asks = [];
    private readonly long[] _counts = new long[16];
    private bool _isCrossed;

    public bool IsWhole { get; private set; } = true;

    public long CountOf(BookResult result) => _counts[(int)result];

    public SortedDictionary<long, List<(long Id, long Size)>> Side(OrderSide side) => side == OrderSide.Buy ? _bids : _asks;

    public IEnumerable<BookLevel> Levels(OrderSide side) => Side(side).Select(p => new BookLevel(new(p.Key), new(p.Value.Sum(o => o.Size))));

    public long AheadOf(long id) => Find(id) is ({ } queue, int at, _, _) ? queue.Take(at).Sum(o => o.Size) : -1;

    public BookResult Apply(in BookDelta delta)
    {
        BookResult result = ApplyUncounted(delta);
        bool isCrossed = _bids.Count > 0 && _asks.Count > 0 && _bids.First().Key >= _asks.First().Key;
        if (isCrossed && !_isCrossed)
        {
            if (result == BookResult.Applied) result = BookResult.Crossed;
            else throw new InvalidOperationException($"{result} crossed the book.");
        }

        _isCrossed = isCrossed;
        if (result == BookResult.Full) IsWhole = false;
        _counts[(int)result]++;
        return result;
    }

    private BookResult ApplyUncounted(in BookDelta d)
    {
        if (d.Action == BookAction.Clear && (isByOrder || d.OrderId == 0))
        {
            if ((int)d.Side > 2) return BookResult.WrongSide;
            if (d.Side != OrderSide.Sell) _bids.Clear();
            if (d.Side != OrderSide.Buy) _asks.Clear();
            if (d.Side == OrderSide.None) IsWhole = true;
            return BookResult.Applied;
        }

        if (isByOrder != (d.OrderId != 0)) return BookResult.WrongDepth;
        if (d.Action is BookAction.None or > BookAction.Clear) return BookResult.UnknownAction;
        return isByOrder ? ApplyOrder(d) : ApplyLevel(d);
    }

    private BookResult ApplyLevel(in BookDelta d)
    {
        if (d.Action == BookAction.Execute) return BookResult.WrongDepth;
        if (d.Action != BookAction.Delete && d.Size.Raw < 0) return BookResult.NegativeSize;
        if ((int)d.Side is not (1 or 2)) return BookResult.WrongSide;
        if (d.Action == BookAction.Delete || d.Size.Raw == 0) return Side(d.Side).Remove(d.Price.Raw) ? BookResult.Applied : BookResult.UnknownLevel;
        if (IsWrong(d.Price.Raw)) return BookResult.WrongPrice;
        if (!Side(d.Side).ContainsKey(d.Price.Raw) && Side(d.Side).Count == levelCapacity) return BookResult.Full;
        Side(d.Side)[d.Price.Raw] = [(0, d.Size.Raw)];
        return BookResult.Applied;
    }

    private BookResult ApplyOrder(in BookDelta d)
    {
        long id = d.OrderId;
        var found = Find(id);
        if (d.Action == BookAction.Add)
        {
            if (d.Size.Raw < 0) return BookResult.NegativeSize;
            if (d.Size.Raw == 0) return BookResult.ZeroSize;
            if ((int)d.Side is not (1 or 2)) return BookResult.WrongSide;
            if (found is not null) return BookResult.DuplicateOrder;
            if (_bids.Values.Concat(_asks.Values).Sum(q => q.Count) >= orderCapacity) return BookResult.Full;
            return Join(d.Side, d.Price.Raw, d.OrderId, d.Size.Raw, 0);
        }

        if (found is not var (queue, at, side, price)) return BookResult.UnknownOrder;
        if (d.Side != OrderSide.None && d.Side != side) return BookResult.WrongSide;
        long size = queue[at].Size;
        if (d.Action == BookAction.Delete) return Cut(size);
        if (d.Size.Raw < 0) return BookResult.NegativeSize;
        if (d.Action == BookAction.Execute)
        {
            if (d.Size.Raw == 0) return BookResult.ZeroSize;
            bool isTooMuch = d.Size.Raw > size;
            Cut(Math.Min(size, d.Size.Raw));
            return isTooMuch ? BookResult.OverExecuted : BookResult.Applied;
        }

        if (d.Size.Raw == 0) return Cut(size);
        if (price == d.Price.Raw && d.Size.Raw <= size) return Cut(size - d.Size.Raw);
        BookResult joined = Join(side, d.Price.Raw, d.OrderId, d.Size.Raw, price == d.Price.Raw ? size : 0);
        if (joined == BookResult.Applied) Cut(size);
        return joined;

        BookResult Cut(long less)
        {
            queue[at] = (id, size - less);
            if (size > less) return BookResult.Applied;
            queue.RemoveAt(at);
            if (queue.Count == 0) Side(side).Remove(price);
            return BookResult.Applied;
        }
    }

    private BookResult Join(OrderSide side, long price, long id, long size, long leaving)
    {
        var levels = Side(side);
        if (!levels.TryGetValue(price, out List<(long Id, long Size)>? queue))
        {
            if (IsWrong(price)) return BookResult.WrongPrice;
            if (levels.Count == levelCapacity) return BookResult.Full;
            levels[price] = queue = [];
        }

        if (queue.Aggregate((Int128)0, (sum, o) => sum + o.Size) - leaving + size > long.MaxValue) return BookResult.TooLarge;
        queue.Add((id, size));
        return BookResult.Applied;
    }

    private (List<(long Id, long Size)> Queue, int At, OrderSide Side, long Price)? Find(long id)
    {
        foreach (OrderSide side in (OrderSide[])[OrderSide.Buy, OrderSide.Sell])
        {
            foreach ((long price, List<(long Id, long Size)> queue) in Side(side))
            {
                int at = queue.FindIndex(o => o.Id == id);
                if (at >= 0) return (queue, at, side, price);
            }
        }

        return null;
    }

    /// <summary>Beyond a quarter of 64 bits, or not above zero where the instrument is never below it.</summary>
    private bool IsWrong(long price) => Int128.Abs(price) > long.MaxValue / 4 || (!mayBeNegative && price <= 0);
}
