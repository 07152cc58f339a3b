using MiniTrader.Exchange;
using MiniTrader.Model;

namespace MiniTrader.Tests.Exchange;

/// <summary>A venue with one instrument (tick 0.01, lot 1) and short ways to speak to it; the same clock for both sides.</summary>
internal sealed class VenueDesk
{
    private long _sequence;

    public VenueDesk(VenueOptions? options = null, params Instrument[] instruments)
    {
        Table = new InstrumentTable(instruments.Length > 0 ? instruments : [new Instrument { Symbol = "X", Venue = "SIM" }]);
        Venue = new SimulatedVenue(Table, options ?? VenueOptions.Instant);
    }

    public InstrumentTable Table { get; }

    public SimulatedVenue Venue { get; }

    public Timestamp Now { get; private set; } = Timestamp.Parse("2024-01-02T14:30");

    public void Pass(long nanoseconds) => Now += nanoseconds;

    public void Quote(string bid, long bidSize, string ask, long askSize, int instrument = 0)
    {
        MarketEvent e = Event(EventKind.Quote, instrument);
        (e.Quote.Bid, e.Quote.BidSize) = (Price.Parse(bid), Quantity.FromUnits(bidSize));
        (e.Quote.Ask, e.Quote.AskSize) = (Price.Parse(ask), Quantity.FromUnits(askSize));
        Venue.OnMarket(e);
    }

    public void Trade(string price, long size, AggressorSide aggressor = AggressorSide.Unknown, long id = 0, int instrument = 0)
    {
        MarketEvent e = Event(EventKind.Trade, instrument);
        (e.Trade.Price, e.Trade.Size) = (Price.Parse(price), Quantity.FromUnits(size));
        (e.Trade.Aggressor, e.Trade.TradeId) = (aggressor, id);
        Venue.OnMarket(e);
    }

    public ClientOrderId Market(OrderSide side, long quantity, TimeInForce timeInForce = TimeInForce.Gtc) =>
        New(new OrderCommand { Side = side, Type = OrderType.Market, Quantity = Quantity.FromUnits(quantity), TimeInForce = timeInForce });

    public ClientOrderId Limit(OrderSide side, long quantity, string price, TimeInForce timeInForce = TimeInForce.Gtc) => New(new OrderCommand
    {
        Side = side,
        Type = OrderType.Limit,
        Quantity = Quantity.FromUnits(quantity),
        LimitPrice = Price.Parse(price),
        TimeInForce = timeInForce,
    });

    public ClientOrderId New(OrderCommand command)
    {
        _sequence++;
        command.Kind = CommandKind.New;
        command.ClientOrderId = ClientOrderId.Create(_sequence, (int)(_sequence & 0xFFF));
        command.SentTime = Now;
        if (!Venue.Submit(command)) throw new InvalidOperationException("The venue refused a command.");
        return command.ClientOrderId;
    }

    public bool Cancel(ClientOrderId id) => Venue.Submit(new OrderCommand { Kind = CommandKind.Cancel, ClientOrderId = id, SentTime = Now });

    /// <summary>Everything that is heard by now, or by a later time.</summary>
    public List<ExecutionReport> Take(Timestamp? until = null)
    {
        List<ExecutionReport> reports = [];
        while (Venue.TryTake(until ?? Now, out ExecutionReport report)) reports.Add(report);
        return reports;
    }

    private MarketEvent Event(EventKind kind, int instrument)
    {
        MarketEvent e = default;
        e.Header.Kind = kind;
        e.Header.Instrument = new(instrument);
        e.Header.VenueTime = e.Header.ReceivedTime = Now;
        e.Header.Flags = EventFlags.ForBoth;
        return e;
    }
}
