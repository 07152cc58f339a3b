using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MiniTrader.Model;

namespace MiniTrader.Portfolio;

/// <summary>
/// The latest prices of one instrument, as the strategy side has received them: one cache line, whose first half is a quote's payload. What no market
/// can show (<see cref="MarketEvent.IsPossible"/>) is no price, here as at the simulated venue: those of before stay.
/// <code>
/// 0        8        16       24       32       40       48  49  50   64
/// +--------+--------+--------+--------+--------+--------+---+---+----+
/// | bid    | ask    | bidsize| asksize| last   | time   | l | n | 0  |   l a trade or bar has come, n prices may be below zero
/// +--------+--------+--------+--------+--------+--------+---+---+----+
/// </code>
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
public struct Mark
{
    /// <summary>Best bid; says nothing unless <see cref="HasBid"/>.</summary>
    public Price Bid;

    /// <summary>Best ask; says nothing unless <see cref="HasAsk"/>.</summary>
    public Price Ask;

    /// <summary>Zero when nobody bids.</summary>
    public Quantity BidSize;

    /// <summary>Zero when nobody offers.</summary>
    public Quantity AskSize;

    /// <summary>Last trade, or close of the last bar; zero when none has come.</summary>
    public Price Last;

    /// <summary>When the latest of them came.</summary>
    public Timestamp Time;

    public bool HasLast;

    internal bool MayBeNegative;

    /// <summary>Takes over a quote that is received now.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Take(in QuoteTick quote, Timestamp received)
    {
        // Bid, ask and their sizes lie side by side in both, so they move as one. All above zero are possible, and nearly always so; nothing is left to do behind
        // the rare call, so that nothing has to be kept for it.
        Vector256<long> sides = Unsafe.As<Price, Vector256<long>>(ref Unsafe.AsRef(in quote.Bid));
        if (Vector256.GreaterThanAll(sides, Vector256<long>.Zero))
        {
            Unsafe.As<Price, Vector256<long>>(ref Bid) = sides;
            Time = received;
        }
        else
        {
            TakeIfPossible(in quote, received);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void TakeIfPossible(in QuoteTick quote, Timestamp received)
    {
        if (!quote.IsPossible(MayBeNegative)) return;
        (Bid, Ask, BidSize, AskSize, Time) = (quote.Bid, quote.Ask, quote.BidSize, quote.AskSize, received);
    }

    /// <summary>Takes over the best prices of a book.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Show(in TopOfBook top, Timestamp received)
    {
        // Not as one: a vector would have to wait for the size that was written a moment before.
        Unsafe.As<Price, Vector128<long>>(ref Bid) = Unsafe.As<Price, Vector128<long>>(ref Unsafe.AsRef(in top.Bid));
        BidSize = top.BidSize;
        AskSize = top.AskSize;
        Time = received;
    }

    public readonly bool HasBid => BidSize.Raw > 0;

    public readonly bool HasAsk => AskSize.Raw > 0;

    public readonly bool IsTwoSided => HasBid && HasAsk;

    /// <summary>True when a price is known.</summary>
    public readonly bool IsKnown => HasBid || HasAsk || HasLast;

    /// <summary>The mid where both sides are quoted, else the last trade, else the one quoted side.</summary>
    public readonly Price Value
    {
        get
        {
            if (IsTwoSided) return new(Bid.Raw + ((Ask.Raw - Bid.Raw) >> 1));
            if (HasLast) return Last;
            return HasBid ? Bid : Ask;
        }
    }
}

/// <summary>The latest prices of every instrument; the engine writes them, everything on its thread may read them.</summary>
public sealed class Marks
{
    private readonly Mark[] _marks;

    internal Marks(InstrumentTable instruments)
    {
        _marks = new Mark[instruments.Count];
        for (int i = 0; i < _marks.Length; i++) _marks[i].MayBeNegative = instruments[i].MayBeNegative;
    }

    public ref readonly Mark this[InstrumentId instrument] => ref _marks[instrument.Index];

    /// <summary>Takes over the prices of an event; events without prices change nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Observe(in MarketEvent marketEvent)
    {
        ref Mark mark = ref At(marketEvent.Header.Instrument);
        if (marketEvent.Header.Kind == EventKind.Quote) mark.Take(in marketEvent.Quote, marketEvent.Header.ReceivedTime);
        else ObserveOther(ref mark, in marketEvent);
    }

    /// <summary>The mark itself: the engine finds it once for many quotes.</summary>
    internal ref Mark At(InstrumentId instrument) => ref _marks[instrument.Index];

    /// <summary>Takes over the best prices of a book; a side that nobody quotes has size zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ShowBook(InstrumentId instrument, in TopOfBook top, Timestamp time)
    {
        _marks[instrument.Index].Show(in top, time);
    }

    /// <summary>Prices of before a split become those of after it, until the market shows its own.</summary>
    internal void Split(InstrumentId instrument, long newUnits, long oldUnits)
    {
        ref Mark mark = ref _marks[instrument.Index];
        mark.Bid = Scaled(mark.Bid, oldUnits, newUnits);
        mark.Ask = Scaled(mark.Ask, oldUnits, newUnits);
        mark.Last = Scaled(mark.Last, oldUnits, newUnits);
    }

    private static Price Scaled(Price price, long times, long by) => new((long)((Int128)price.Raw * times / by));

    private static void ObserveOther(ref Mark mark, in MarketEvent marketEvent)
    {
        if (!marketEvent.IsPossible(mark.MayBeNegative)) return;
        if (marketEvent.Header.Kind == EventKind.Trade) mark.Last = marketEvent.Trade.Price;
        else if (marketEvent.Header.Kind == EventKind.Bar) mark.Last = marketEvent.Bar.Close;
        else return;
        mark.Time = marketEvent.Header.ReceivedTime;
        mark.HasLast = true;
    }
}
