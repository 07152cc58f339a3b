using MiniTrader.Books;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Strategies;

namespace MiniTrader.Samples;

/// <summary>
/// Bets that a price far from its rolling mean comes back to it. How far is counted in standard deviations.
/// <list type="number">
/// <item>Beyond ±<c>entry</c> it rests a limit order on the near side of the market: a buy at the bid below the mean, a sell at the ask above it.</item>
/// <item>An order that has not filled when the price is half-way back is taken away: its moment has passed.</item>
/// <item>At the mean it leaves at the market, and after <c>holdSeconds</c> it leaves wherever the price is.</item>
/// </list>
/// It follows the mid of the book's best prices; where an instrument has no book, that of its quotes, or else its trades, or the closes of its bars.
/// </summary>
/// <param name="instrument">What to trade.</param>
/// <param name="size">How much to hold at most; a multiple of the lot.</param>
/// <param name="window">Prices in the rolling mean and deviation.</param>
/// <param name="entry">Deviations from the mean at which to enter.</param>
/// <param name="holdSeconds">Longest time in a position.</param>
public sealed class MeanReversion(InstrumentId instrument, Quantity size, int window = 500, double entry = 2.5, int holdSeconds = 300) : Strategy
{
    private readonly Quantity _size = size.IsPositive ? size : throw new ArgumentException($"The size must be above zero, not {size}.");
    private readonly Zscore _score = new(window);
    private readonly double _entry = entry > 0 ? entry : throw new ArgumentException($"The entry must be above zero deviations, not {entry}.");
    private readonly long _hold = holdSeconds > 0
        ? holdSeconds * Timestamp.NanosecondsPerSecond
        : throw new ArgumentException($"The holding time must be above zero seconds, not {holdSeconds}.");

    private FinestData _data;
    private BestPrices _best;
    private Price _tick;
    private ClientOrderId _entryOrder;
    private bool _isOverdue;

    public override void OnStart() => _tick = Instruments[instrument].TickSize;

    public override void OnBook(DepthBook book, in BookDelta last)
    {
        if (_best.TryTake(book, out TopOfBook top) && _data.Takes(EventKind.BookDelta)) Follow(book.Mid, top.Bid, top.Ask);
    }

    public override void OnQuote(in QuoteTick quote)
    {
        if (quote.IsTwoSided && _data.Takes(EventKind.Quote)) Follow(quote.Mid, quote.Bid, quote.Ask);
    }

    public override void OnTrade(in TradeTick trade)
    {
        if (_data.Takes(EventKind.Trade)) Follow(trade.Price, trade.Price, trade.Price);
    }

    public override void OnBar(in Bar bar)
    {
        if (_data.Takes(EventKind.Bar)) Follow(bar.Close, bar.Close, bar.Close);
    }

    /// <summary>A window over prices of before and after a split would be a move that never was.</summary>
    public override void OnAction(in CorporateAction action)
    {
        if (action.IsSplit) _score.Reset();
    }

    /// <summary>The time stop runs from the first fill of an entry.</summary>
    public override void OnFill(in ExecutionReport fill)
    {
        ref readonly Position position = ref Portfolio[instrument];
        if (position.IsFlat)
        {
            CancelTimer();
            _isOverdue = false;
        }
        else if (fill.ClientOrderId == _entryOrder && position.Quantity.Abs() == fill.LastQuantity)
        {
            SetTimer(Now + _hold);
        }
    }

    public override void OnTimer(in TimerTick timer)
    {
        _isOverdue = true;
        Leave();
    }

    private void Follow(Price price, Price bid, Price ask)
    {
        double score = _score.Update(price);
        if (!_score.IsWarm) return;

        ref readonly Position position = ref Portfolio[instrument];
        if (!position.IsFlat)
        {
            bool isBack = position.IsLong ? score >= 0 : score <= 0;
            if (isBack || _isOverdue) Leave();
        }
        else if (Orders.HasWorking(instrument))
        {
            if (Math.Abs(score) < _entry / 2) Orders.CancelAll(instrument);
        }
        else if (score <= -_entry)
        {
            _entryOrder = Orders.BuyLimit(instrument, _size, bid.FloorTo(_tick));
        }
        else if (score >= _entry)
        {
            _entryOrder = Orders.SellLimit(instrument, _size, ask.CeilingTo(_tick));
        }
    }

    private void Leave()
    {
        // What still works of the entry goes first: it could fill after the exit and open the position again.
        if (Orders.TryGet(_entryOrder, out OrderRecord order) && order.IsWorking)
        {
            Orders.CancelAll(instrument);
            return;
        }

        ref readonly Position position = ref Portfolio[instrument];
        if (position.IsFlat || Orders.HasWorking(instrument)) return;
        if (position.IsLong) Orders.Sell(instrument, position.Quantity);
        else Orders.Buy(instrument, position.Quantity.Abs());
    }
}
