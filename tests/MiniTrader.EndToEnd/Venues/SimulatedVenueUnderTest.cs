using MiniTrader.Exchange;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.EndToEnd.Venues;

/// <summary>The simulated venue itself, without latency.</summary>
internal sealed class SimulatedVenueUnderTest : VenueUnderTest
{
    private Timestamp _now = Timestamp.Parse("2024-01-02T14:30");

    public SimulatedVenueUnderTest() => Port = new SimulatedVenuePort(Exchange);

    public override IVenue Port { get; }

    protected override Timestamp Now => _now += Timestamp.NanosecondsPerMicrosecond;

    public override ExecutionReport Next()
    {
        Assert.True(Port.TryTake(Now, out ExecutionReport report), "No report is due.");
        return report;
    }

    public override void Dispose()
    {
    }
}
