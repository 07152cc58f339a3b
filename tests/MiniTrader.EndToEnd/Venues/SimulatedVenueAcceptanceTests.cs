namespace MiniTrader.EndToEnd.Venues;

/// <summary>The acceptance tests of venues over the simulated one.</summary>
public sealed class SimulatedVenueAcceptanceTests : VenueAcceptanceTests
{
    protected override VenueUnderTest Open() => new SimulatedVenueUnderTest();
}
