namespace MiniTrader.EndToEnd.Venues;

/// <summary>The acceptance tests of venues over our own FIX session.</summary>
public sealed class FixVenueAcceptanceTests : WireVenueAcceptanceTests
{
    protected override WireVenueUnderTest OpenWire() => new FixVenueUnderTest();
}
