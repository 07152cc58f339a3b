namespace MiniTrader.EndToEnd.Venues;

/// <summary>The acceptance tests of venues over QuickFIX/n.</summary>
public sealed class QuickFixVenueAcceptanceTests : WireVenueAcceptanceTests
{
    protected override WireVenueUnderTest OpenWire() => new QuickFixVenueUnderTest();
}
