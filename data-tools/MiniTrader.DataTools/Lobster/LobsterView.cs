using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>
/// The orderbook file, held against the book row by row. A level that the row ahead did not show may differ, because messages beyond
/// the file's depth are not in it: it came into view. Any other difference is a mismatch. Both are corrected, so that one does not show
/// again in every later row. One thread.
/// </summary>
internal sealed class LobsterView(int levels)
{
    /// <summary>Prices that stand where there is no level.</summary>
    private const long NoLevel = 9_999_999_999;

    private readonly long[] _numbers = new long[4 * levels];
    private readonly List<long> _prices = [];
    private readonly long?[] _seenTo = new long?[2];

    public long Rows { get; private set; }

    public long Mismatches { get; private set; }

    public long CameIntoView { get; private set; }

    /// <summary>True when the last row's best bid is not below its best ask.</summary>
    public bool IsCrossed => !IsEmpty(0, 0) && !IsEmpty(1, 0) && PriceAt(0, 0) <= PriceAt(1, 0);

    /// <summary>The first mismatch of the last row, or null.</summary>
    public string? Mismatch { get; private set; }

    /// <summary>Null, or what is wrong with a row: ask price and size, bid price and size, level by level.</summary>
    public string? Read(ReadOnlySpan<byte> line)
    {
        if (!LobsterNumbers.TryRead(line, _numbers, isFirstDecimal: false)) return "its row of the orderbook does not have four whole numbers a level";
        for (int side = 0; side < 2; side++)
        {
            long last = 0;
            for (int i = 0; i < levels && !IsEmpty(side, i); i++)
            {
                (long price, long size) = (PriceAt(side, i), SizeAt(side, i));
                bool isOrdered = i == 0 || (side == 0 ? price > last : price < last);
                if (price is <= 0 or > ItchRules.MaxPrice || size is <= 0 or > int.MaxValue || !isOrdered) return "its row of the orderbook has a price or size that cannot be";
                last = price;
            }
        }

        return null;
    }

    /// <summary>Makes the first row the book: a made-up order a level, less what the first message added, which follows as itself.</summary>
    public void Snapshot(LobsterBook book, in LobsterRow first)
    {
        book.Clear();
        for (int side = 0; side < 2; side++)
        {
            for (int i = 0; i < levels && !IsEmpty(side, i); i++)
            {
                bool isAdded = first.Type == LobsterType.Submission && first.Side == SideOf(side) && first.Price == PriceAt(side, i) && first.Size <= SizeAt(side, i);
                long before = SizeAt(side, i) - (isAdded ? first.Size : 0);
                if (before > 0) book.AddMadeUp(SideOf(side), PriceAt(side, i), before);
                if (isAdded) book.Add(first.Side, first.Price, first.OrderId, first.Size);
            }
        }

        Rows++;
        Remember();
    }

    /// <summary>Compares and corrects.</summary>
    public void Check(LobsterBook book)
    {
        Rows++;
        Mismatch = null;
        for (int side = 0; side < 2; side++) Check(book, side);
        Remember();
    }

    private void Check(LobsterBook book, int side)
    {
        LobsterSide ours = book[SideOf(side)];
        bool isFull = !IsEmpty(side, levels - 1);
        ours.CopyPrices(isFull ? PriceAt(side, levels - 1) : null, _prices);
        int row = 0;
        foreach (long price in _prices)
        {
            for (; row < levels && !IsEmpty(side, row) && ours.IsBehind(price, PriceAt(side, row)); row++) Settle(book, ours, PriceAt(side, row), SizeAt(side, row), side);
            bool isShown = row < levels && !IsEmpty(side, row) && PriceAt(side, row) == price;
            Settle(book, ours, price, isShown ? SizeAt(side, row++) : 0, side);
        }

        for (; row < levels && !IsEmpty(side, row); row++) Settle(book, ours, PriceAt(side, row), SizeAt(side, row), side);
    }

    private void Settle(LobsterBook book, LobsterSide ours, long price, long shown, int side)
    {
        long made = ours.SizeAt(price);
        if (made == shown) return;
        bool wasInView = _seenTo[side] is not { } seen || !ours.IsBehind(price, seen);
        if (wasInView)
        {
            Mismatches++;
            Mismatch ??= $"the orderbook shows {shown} at {ItchRules.PriceOf((uint)price)} ({(side == 0 ? "ask" : "bid")}), the messages make {made}";
        }
        else CameIntoView++;
        book.Correct(ours.Side, price, shown);
    }

    /// <summary>Keeps how far this row's view went; null when it showed a whole side.</summary>
    private void Remember()
    {
        for (int side = 0; side < 2; side++) _seenTo[side] = IsEmpty(side, levels - 1) ? null : PriceAt(side, levels - 1);
    }

    private static OrderSide SideOf(int side) => side == 0 ? OrderSide.Sell : OrderSide.Buy;

    private long PriceAt(int side, int level) => _numbers[(4 * level) + (2 * side)];

    private long SizeAt(int side, int level) => _numbers[(4 * level) + (2 * side) + 1];

    private bool IsEmpty(int side, int level) => Math.Abs(PriceAt(side, level)) == NoLevel && SizeAt(side, level) == 0;
}
