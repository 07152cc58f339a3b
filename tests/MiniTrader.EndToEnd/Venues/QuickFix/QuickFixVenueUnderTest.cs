using MiniTrader.Fix;
using MiniTrader.Model;
using MiniTrader.QuickFix;
using QuickFix.Store;

namespace MiniTrader.EndToEnd.Venues;

/// <summary>QuickFIX/n and the gateway over it, on threads of their own.</summary>
internal sealed class QuickFixVenueUnderTest : WireVenueUnderTest
{
    private readonly QuickFixVenue _venue;

    public QuickFixVenueUnderTest()
    {
        string settings = $"""
            [DEFAULT]
            ConnectionType=initiator
            ReconnectInterval=1
            HeartBtInt=30
            StartTime=00:00:00
            EndTime=00:00:00
            UseDataDictionary=N
            ResetOnLogon=Y
            [SESSION]
            BeginString=FIX.4.4
            SenderCompID={Us}
            TargetCompID={Them}
            SocketConnectHost=127.0.0.1
            SocketConnectPort={ListensOn}
            """;
        QuickFixOptions options = new()
        {
            Venue = new FixVenueOptions
            {
                Dialect = FixDialects.Fix44,
                Instruments = new WireInstruments(Instruments),
                OrderPrefix = "T1",
                Orders = 64,
                Executions = 256,
                RingSlots = 64,
            },
        };
        _venue = new QuickFixVenue(options, new global::QuickFix.SessionSettings(new StringReader(settings)), new MemoryStoreFactory());
        Port = _venue.Port;
        _venue.Start();
        LogOn();
    }

    public override IVenue Port { get; }

    protected override bool IsLoggedOn => _venue.IsLoggedOn;

    public override void RequestMassCancel() => _venue.RequestMassCancel();

    public override void Dispose()
    {
        _venue.Dispose();
        base.Dispose();
    }

    /// <summary>Our side has its own threads.</summary>
    protected override void Work()
    {
    }
}
