using MiniTrader.Fix;
using MiniTrader.Model;

namespace MiniTrader.EndToEnd.Venues;

/// <summary>Our own FIX session and <see cref="FixVenue"/>, driven by the test's thread.</summary>
internal sealed class FixVenueUnderTest : WireVenueUnderTest
{
    private readonly FixOrders _orders;
    private readonly FixEngine _initiator;

    public FixVenueUnderTest()
    {
        _orders = new FixOrders(new FixVenueOptions
        {
            Dialect = FixDialects.Fix44 with { Positions = PositionRequestStyle.None },
            Instruments = new WireInstruments(Instruments),
            OrderPrefix = "T1",
            Orders = 64,
            Executions = 256,
            RingSlots = 64,
        });
        SessionSettings settings = new()
        {
            Id = new SessionId { BeginString = "FIX.4.4", SenderCompId = Us, TargetCompId = Them },
            ConnectionType = ConnectionType.Initiator,
            ResetOnLogon = true,
            Transport = new TransportSettings { Connect = [new FixEndPoint("127.0.0.1", ListensOn)], ReconnectInterval = 1 },
        };
        _initiator = new FixEngine([settings], _orders) { BusySpin = true };
        Port = new FixVenuePort(_orders.Venue);
        LogOn();
    }

    public override IVenue Port { get; }

    protected override bool IsLoggedOn => _initiator.Sessions[0].IsLoggedOn;

    public override void RequestMassCancel() => _orders.RequestMassCancel();

    public override void Dispose()
    {
        _initiator.Dispose();
        _orders.Dispose();
        base.Dispose();
    }

    protected override void Work() => _initiator.DoWork();
}
