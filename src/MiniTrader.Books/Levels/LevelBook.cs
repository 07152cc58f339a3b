using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MiniTrader.Model;

namespace MiniTrader.Books;

/// <summary>
/// A book of price levels (L2). A delta says what a level shows now; size zero takes it away. All memory is taken in the constructor.
/// One owner, one thread.
/// </summary>
public sealed class LevelBook : DepthBook
{
    /// <param name="levelCapacity">Most prices of one side; one more is refused as <see cref="BookResult.Full"/>.</param>
    /// <param name="mayBeNegative">As <see cref="Instrument.MayBeNegative"/>; else a level at or below zero is refused as <see cref="BookResult.WrongPrice"/>.</param>
    public LevelBook(int levelCapacity = 4_096, bool mayBeNegative = true)
        : base(levelCapacity, queues: null, mayBeNegative)
    {
    }

    /// <summary>As <see cref="DepthBook.Top"/>, which has to ask what sort of book it is.</summary>
    public new ref readonly TopOfBook Top
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _top;
    }

    public override BookResult Apply(in BookDelta delta) => Apply(delta, out _);

    /// <summary>As <see cref="Apply(in BookDelta)"/>; also tells what the level showed before, zero where there was none or it does not say.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public BookResult Apply(in BookDelta delta, out long before)
    {
        if (TryResize(delta, out before)) return BookResult.Applied;
        BookResult result = ApplyOther(delta, out long other);
        before = other;
        return result;
    }

    /// <summary>Nearly every change is a new size of a price near the best one; false, and nothing done, for any other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryResize(in BookDelta delta, out long before)
    {
        before = 0;
        if (delta.OrderId != 0) return false;
        if (delta.Action is not (BookAction.Add or BookAction.Modify) || delta.Size.Raw <= 0) return false;
        Ladder ladder = LadderOf(delta.Side);
        int depth = ladder.NearDepthOf(delta.Price.Raw);
        if (depth >= ladder.Count) return false;
        Updates++;
        ref Rung best = ref ladder.Best;

        // SAFETY: the ladder has more rungs than the depth.
        ref long shown = ref Unsafe.Add(ref best, depth).Value;
        before = shown;
        shown = delta.Size.Raw;

        // Written whether it was the best one or not, and without asking for the side: neither follows a pattern. A side that has levels is buy or sell.
        Unsafe.Add(ref _top.BidSize, (int)delta.Side - (int)OrderSide.Buy) = new(best.Value);
        return true;
    }

    /// <summary>
    /// Applies a change of a level behind the best one of its side, which leaves both best prices and their sizes as they are; false, and nothing done,
    /// for any other.
    /// </summary>
    public bool TryApplyBehind(in BookDelta delta, out BookResult result, out long before)
    {
        before = 0;
        result = default;
        if (delta.Side is not (OrderSide.Buy or OrderSide.Sell) || !LadderOf(delta.Side).IsBehindBest(delta.Price.Raw)) return false;
        if (delta.Action is not (BookAction.Add or BookAction.Modify or BookAction.Delete)) return false;
        result = ApplyAny(delta, out before);
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private BookResult ApplyOther(in BookDelta delta, out long before)
    {
        BookResult result = ApplyAny(delta, out before);
        FindTop();
        return result;
    }

    private BookResult ApplyAny(in BookDelta delta, out long before)
    {
        Updates++;
        before = 0;
        if (delta.OrderId != 0) return Count(BookResult.WrongDepth);
        switch (delta.Action)
        {
            case BookAction.Add or BookAction.Modify when delta.Size.Raw > 0: return Show(delta, out before);
            case BookAction.Add or BookAction.Modify when delta.Size.Raw < 0: return Count(BookResult.NegativeSize);
            case BookAction.Add or BookAction.Modify or BookAction.Delete: return Remove(delta, out before);
            case BookAction.Clear: return ApplyClear(delta.Side);
            case BookAction.Execute: return Count(BookResult.WrongDepth);
            default: return Count(BookResult.UnknownAction);
        }
    }

    public override ReadOnlySpan<BookLevel> Bids(int most = BookOptions.ViewDepth) => Best(BidLadder, most);

    public override ReadOnlySpan<BookLevel> Asks(int most = BookOptions.ViewDepth) => Best(AskLadder, most);

    private protected override void ClearSide(OrderSide side)
    {
        LadderOf(side).Clear();
        FindTop();
    }

    // A rung of this book is a level: price, then size.
    private static ReadOnlySpan<BookLevel> Best(Ladder ladder, int most) =>
        MemoryMarshal.Cast<Rung, BookLevel>(ladder.Rungs[..Math.Min(most, ladder.Count)]);

    private BookResult Show(in BookDelta delta, out long before)
    {
        before = 0;
        if (delta.Side is not (OrderSide.Buy or OrderSide.Sell)) return Count(BookResult.WrongSide);
        Ladder ladder = LadderOf(delta.Side);
        int depth = ladder.DepthOf(delta.Price.Raw);
        if (ladder.Holds(depth, delta.Price.Raw))
        {
            ref long shown = ref ladder[depth].Value;
            before = shown;
            shown = delta.Size.Raw;
            return BookResult.Applied;
        }

        if (!IsPossible(delta.Price.Raw)) return Count(BookResult.WrongPrice);
        if (ladder.IsFull) return Count(BookResult.Full);
        ladder.Insert(depth, delta.Price.Raw, delta.Size.Raw);
        return Settle();
    }

    private BookResult Remove(in BookDelta delta, out long before)
    {
        before = 0;
        if (delta.Side is not (OrderSide.Buy or OrderSide.Sell)) return Count(BookResult.WrongSide);
        Ladder ladder = LadderOf(delta.Side);
        int depth = ladder.DepthOf(delta.Price.Raw);
        if (!ladder.Holds(depth, delta.Price.Raw)) return Count(BookResult.UnknownLevel);
        before = ladder[depth].Value;
        ladder.RemoveAt(depth);
        return Settle();
    }
}
