using MiniTrader.Books;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Strategies;

namespace MiniTrader.Samples;

/// <summary>
/// Quotes both sides around a fair price and earns the spread, as long as it does not hold too much of either side.
/// <list type="bullet">
/// <item>The fair price is the micro price, which leans to the side that is about to give way:
/// (bid × ask size + ask × bid size) / (bid size + ask size) (Stoikov 2018). The best prices are those of the book,
/// where an instrument has none those of its quotes; without either the fair price is the last trade or close.</item>
/// <item>What it holds moves its own middle: each <c>size</c> held shifts both quotes by <c>skew</c> ticks, down when long, up when short.</item>
/// <item>A quote is replaced only when its ideal price is a tick or more away, since every change loses the place in the queue.</item>
/// <item>A side that could carry the position past <c>maxClips</c> × <c>size</c> is not quoted.</item>
/// </list>
/// Quotes are post-only: one that would trade at once on arrival is refused by the venue and written anew at the next event.
/// </summary>
/// <param name="instrument">What to quote.</param>
/// <param name="size">Quantity of each quote; a multiple of the lot.</param>
/// <param name="halfSpread">Distance of a quote from the fair price, in ticks.</param>
/// <param name="skew">Ticks by which the quotes move for each <paramref name="size"/> held.</param>
/// <param name="maxClips">Largest position, in multiples of <paramref name="size"/>.</param>
public sealed class MarketMaker(InstrumentId instrument, Quantity size, double halfSpread = 0.5, double skew = 0.25, int maxClips = 5) : Strategy
{
    private readonly Quantity _size = size.IsPositive ? size : throw new ArgumentException($"The size must be above zero, not {size}.");
    private readonly double _halfSpread = halfSpread > 0 ? halfSpread : throw new ArgumentException($"The half spread must be above zero ticks, not {halfSpread}.");
    private readonly double _skew = skew >= 0 ? skew : throw new ArgumentException($"The skew must not be negative, but is {skew} ticks.");
    private readonly Quantity _maxPosition = maxClips > 0 ? size * maxClips : throw new ArgumentException($"The largest position must be at least one clip, not {maxClips}.");

    private FinestData _data;
    private BestPrices _best;
    private Price _tick;
    private Price _distance;
    private ClientOrderId _bid;
    private ClientOrderId _ask;

    public override void OnStart()
    {
        _tick = Instruments[instrument].TickSize;
        _distance = new Price((long)(_halfSpread * _tick.Raw));
    }

    public override void OnBook(DepthBook book, in BookDelta last)
    {
        if (_best.TryTake(book, out TopOfBook top) && _data.Takes(EventKind.BookDelta)) Requote(MicroPrice(top.Bid, top.Ask, top.BidSize, top.AskSize), top.Bid, top.Ask);
    }

    public override void OnQuote(in QuoteTick quote)
    {
        if (quote.IsTwoSided && _data.Takes(EventKind.Quote)) Requote(MicroPrice(quote.Bid, quote.Ask, quote.BidSize, quote.AskSize), quote.Bid, quote.Ask);
    }

    public override void OnTrade(in TradeTick trade)
    {
        if (_data.Takes(EventKind.Trade)) Requote(trade.Price, trade.Price, trade.Price);
    }

    public override void OnBar(in Bar bar)
    {
        if (_data.Takes(EventKind.Bar)) Requote(bar.Close, bar.Close, bar.Close);
    }

    private static Price MicroPrice(Price bid, Price ask, Quantity bidSize, Quantity askSize)
    {
        double lean = bidSize.ToDouble() / (bidSize.ToDouble() + askSize.ToDouble());
        return bid + new Price((long)((ask - bid).Raw * lean));
    }

    private void Requote(Price fair, Price bestBid, Price bestAsk)
    {
        Quantity held = Portfolio[instrument].Quantity;
        double clips = (double)held.Raw / _size.Raw;
        Price middle = fair - new Price((long)(_skew * clips * _tick.Raw));

        // However far the inventory leans, a quote stays on its own side of the market.
        Price bid = new(Math.Min((middle - _distance).Raw, (bestAsk - _tick).Raw));
        Price ask = new(Math.Max((middle + _distance).Raw, (bestBid + _tick).Raw));
        Keep(ref _bid, OrderSide.Buy, bid, held + _size <= _maxPosition);
        Keep(ref _ask, OrderSide.Sell, ask, held - _size >= -_maxPosition);
    }

    /// <summary>Brings one side's quote to where it should stand.</summary>
    /// <param name="id">The side's order.</param>
    /// <param name="side">Which side.</param>
    /// <param name="ideal">The price it should have, on the grid of ticks or between.</param>
    /// <param name="isWanted">Whether the side is to be quoted at all.</param>
    private void Keep(ref ClientOrderId id, OrderSide side, Price ideal, bool isWanted)
    {
        Price limit = side == OrderSide.Buy ? ideal.FloorTo(_tick) : ideal.CeilingTo(_tick);
        if (!Orders.TryGet(id, out OrderRecord order) || !order.IsWorking)
        {
            if (!isWanted) return;
            id = Orders.Submit(new() { Instrument = instrument, Side = side, Quantity = _size, LimitPrice = limit, Flags = OrderFlags.PostOnly });
            return;
        }

        // While the venue's answer is on its way the order is left alone.
        if (order.Status is not (OrderStatus.Accepted or OrderStatus.PartiallyFilled)) return;
        if (!isWanted) Orders.Cancel(id);
        else if (Math.Abs((ideal - order.LimitPrice).Raw) >= _tick.Raw) Orders.Replace(id, order.Quantity, limit);
    }
}
