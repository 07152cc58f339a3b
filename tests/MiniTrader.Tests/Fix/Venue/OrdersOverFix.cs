using MiniTrader.Fix;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.Fix;

/// <summary>A FIX venue and the other side of its session, which says what a test says. Tests derive from it.</summary>
public abstract class OrdersOverFix : IDisposable
{
    private static readonly InstrumentTable _instruments = new([new Instrument { Symbol = "SPY", Venue = "X" }, new Instrument { Symbol = "QQQ", Venue = "X" }]);
    private readonly List<IDisposable> _owned = [];
    private long _sequence;

    protected OrdersOverFix() => Begin(FixDialects.Fix44);

    /// <summary>The venue as the engine has it.</summary>
    protected FixOrders Gateway { get; private set; } = null!;

    /// <summary>The other side.</summary>
    private protected FakeVenue Venue { get; private set; } = null!;

    public void Dispose()
    {
        foreach (IDisposable owned in _owned) owned.Dispose();
        GC.SuppressFinalize(this);
    }

    protected void Begin(FixDialect dialect)
    {
        Gateway = new FixOrders(new FixVenueOptions
        {
            Dialect = dialect,
            Instruments = new WireInstruments(_instruments),
            OrderPrefix = "R1",
            Orders = 4096,
            RingSlots = 2048,
        });
        _owned.Add(Gateway);
        Venue = new FakeVenue(Gateway, dialect);
        Venue.Connect();
        Assert.True(Venue.Ours.IsLoggedOn, Venue.Ours.LastHangUpReason);
        Venue.Asked.Clear();
    }

    protected OrderCommand Order() => new()
    {
        Kind = CommandKind.New,
        ClientOrderId = ClientOrderId.Create(++_sequence, (int)_sequence),
        Side = OrderSide.Buy,
        Type = OrderType.Limit,
        Quantity = Quantity.FromUnits(100),
        LimitPrice = Price.Parse("450.25"),
    };

    protected OrderCommand Accepted(int instrument = 0, ushort strategy = 0)
    {
        OrderCommand order = Order() with { Instrument = new InstrumentId(instrument), Strategy = new StrategyId(strategy) };
        Send(order);
        Asked();
        Say($"35=8|37=V7|17=E1|150=0|39=0|11={Name(order)}|54=1|151=100|14=0|6=0|");
        Take(ReportKind.Accepted);
        return order;
    }

    protected static string Name(OrderCommand order, int request = 0)
    {
        Span<byte> text = stackalloc byte[ClOrdIdText.BytesMax];
        return FixText.Show(text[..new ClOrdIdText("R1").Write(text, order.ClientOrderId, request)]);
    }

    protected void Send(OrderCommand command)
    {
        Assert.True(Gateway.Venue.Submit(command));
        Venue.Run();
    }

    protected void Say(string body) => Venue.Say(body);

    protected void Fill(OrderCommand order, string id, string quantity, string price, string cumulative, string more = "", int request = 0) =>
        Say($"35=8|37=V7|17={id}|150=F|39=1|11={Name(order, request)}|54=1|31={price}|32={quantity}|14={cumulative}|6={price}|151=0|{more}");

    protected string Asked() => System.Text.RegularExpressions.Regex.Replace(Venue.TakeAsked(), "\\|60=[^|]*\\|", "|60=T|");

    protected ExecutionReport Take(ReportKind kind)
    {
        Assert.Equal(Timestamp.MinValue, Gateway.Venue.NextDue);
        Assert.True(Gateway.Venue.TryTake(Venue.Now, out ExecutionReport report));
        Assert.Equal(kind, report.Kind);
        return report;
    }

    protected void Nothing()
    {
        bool isThere = Gateway.Venue.TryTake(Venue.Now, out ExecutionReport report);
        Assert.False(isThere, $"There is a report that nobody expects: {report.Kind} {report.Reason}.");
    }

    protected void Refused(OrderCommand command, ReasonCode reason)
    {
        Send(command);
        Assert.Equal(reason, Take(ReportKind.Rejected).Reason);
        Assert.Empty(Venue.Asked);
    }
}
