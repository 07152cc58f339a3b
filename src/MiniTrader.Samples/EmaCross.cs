using System.Runtime.CompilerServices;
using MiniTrader.Books;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Strategies;

namespace MiniTrader.Samples;

/// <summary>
/// Long while the fast average of the price is above the slow one, flat otherwise. The price is the mid of the book's best
/// prices; where an instrument has no book, that of its quotes, or else its trades, or the closes of its bars.
/// </summary>
/// <param name="instrument">What to trade.</param>
/// <param name="size">How much to buy at a time; a multiple of the lot.</param>
/// <param name="fast">Period of the fast average, in prices.</param>
/// <param name="slow">Period of the slow average; above <paramref name="fast"/>.</param>
public sealed class EmaCross(InstrumentId instrument, Quantity size, int fast = 12, int slow = 26) : Strategy
{
    private readonly Quantity _size = size.IsPositive ? size : throw new ArgumentException($"The size must be above zero, not {size}.");
    private Ema _fast = fast < slow ? new(fast) : throw new ArgumentException($"The fast period ({fast}) must be below the slow one ({slow}).");
    private Ema _slow = new(slow);
    private FinestData _data;
    private bool _isLong;
    private BestPrices _best;

    public override void OnQuote(in QuoteTick quote)
    {
        if (quote.IsTwoSided && _data.Takes(EventKind.Quote)) Follow(quote.Mid);
    }

    public override void OnBook(DepthBook book, in BookDelta last)
    {
        if (_best.TryTake(book, out _) && _data.Takes(EventKind.BookDelta)) Follow(book.Mid);
    }

    public override void OnTrade(in TradeTick trade)
    {
        if (_data.Takes(EventKind.Trade)) Follow(trade.Price);
    }

    public override void OnBar(in Bar bar)
    {
        if (_data.Takes(EventKind.Bar)) Follow(bar.Close);
    }

    /// <summary>A fill changes the position, or a bust: noted here, it need not be looked up at every price.</summary>
    public override void OnReport(in ExecutionReport report) => _isLong = Portfolio[instrument].IsLong;

    /// <summary>So does a settlement, or a split that leaves no whole lot. Averages over prices of before and after a split would be a fall that never was.</summary>
    public override void OnAction(in CorporateAction action)
    {
        _isLong = Portfolio[instrument].IsLong;
        if (!action.IsSplit) return;
        _fast.Reset();
        _slow.Reset();
    }

    private void Follow(Price price)
    {
        bool above = _fast.Update(price) > _slow.Update(price);

        // Nearly always the position already is what it should be: asked first, and in this form, that is one branch that can be foreseen.
        if (above != _isLong) Turn(above);
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // Rare: apart, it takes no registers from what happens with every price.
    private void Turn(bool above)
    {
        if (!_slow.IsWarm || Orders.HasWorking(instrument)) return;
        ref readonly Position position = ref Portfolio[instrument];
        _isLong = position.IsLong; // Nobody is told when a contract expires.
        if (!above && _isLong) Orders.Sell(instrument, position.Quantity);
        else if (above && position.IsFlat) Orders.Buy(instrument, _size);
    }
}
