using System.Runtime.CompilerServices;
using MiniTrader.Model;

namespace MiniTrader.Portfolio;

/// <summary>The latest prices of one instrument, as the strategy side has received them.</summary>
public struct Mark
{
    /// <summary>Best bid; zero when that side is not quoted or no quote has come.</summary>
    public Price Bid;

    /// <summary>Best ask; zero when that side is not quoted or no quote has come.</summary>
    public Price Ask;

    /// <summary>Last trade, or close of the last bar; zero when none has come.</summary>
    public Price Last;

    /// <summary>When the latest of them came.</summary>
    public Timestamp Time;

    public readonly bool IsTwoSided => HasBid && HasAsk;

    public readonly bool HasBid => (Sides & 1) != 0;

    public readonly bool HasAsk => (Sides & 2) != 0;

    public readonly bool HasLast => (Sides & 4) != 0;

    internal byte Sides;

    /// <summary>True when a price is known.</summary>
    public readonly bool IsKnown => Sides != 0;

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
public sealed class Marks(int instrumentCount)
{
    private readonly Mark[] _marks = new Mark[instrumentCount];

    public ref readonly Mark this[InstrumentId instrument] => ref _marks[instrument.Index];

    /// <summary>Takes over the prices of an event; events without prices change nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Observe(in MarketEvent marketEvent)
    {
        ref Mark mark = ref _marks[marketEvent.Header.Instrument.Index];
        if (marketEvent.Header.Kind == EventKind.Quote)
        {
            mark.Bid = marketEvent.Quote.Bid;
            mark.Ask = marketEvent.Quote.Ask;
            mark.Time = marketEvent.Header.ReceivedTime;
            int sides = (marketEvent.Quote.BidSize.Raw > 0 ? 1 : 0) | (marketEvent.Quote.AskSize.Raw > 0 ? 2 : 0);
            mark.Sides = (byte)((mark.Sides & 4) | sides);
        }
        else
        {
            ObserveOther(ref mark, in marketEvent);
        }
    }

    private static void ObserveOther(ref Mark mark, in MarketEvent marketEvent)
    {
        if (marketEvent.Header.Kind == EventKind.Trade) mark.Last = marketEvent.Trade.Price;
        else if (marketEvent.Header.Kind == EventKind.Bar) mark.Last = marketEvent.Bar.Close;
        else return;
        mark.Time = marketEvent.Header.ReceivedTime;
        mark.Sides |= 4;
    }
}
