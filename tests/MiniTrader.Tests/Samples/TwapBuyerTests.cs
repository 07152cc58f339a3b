using MiniTrader.Exchange;
using MiniTrader.Model;
using MiniTrader.Risk;
using MiniTrader.Samples;
using MiniTrader.Tests.Engine;
using Xunit;

namespace MiniTrader.Tests.Samples;

/// <summary>Two slices of three shares, one at the first event and one half a minute later.</summary>
public sealed class TwapBuyerTests
{
    private static readonly InstrumentId _share = new(0);

    [Fact]
    public void It_buys_in_slices_from_the_first_quote_on() =>
        Bought(new Tape().Quote(0, "10.00", "10.02").Quote(10, "10.00", "10.02").Quote(30_010, "10.00", "10.02").Quote(30_020, "10.00", "10.02").Quote(60_000, "10.00", "10.02"));

    [Fact]
    public void Without_quotes_it_begins_with_the_first_trade() =>
        Bought(new Tape().Trade(0, "10.00", 50).Trade(10, "10.00", 50).Trade(30_010, "10.00", 50).Trade(30_020, "10.00", 50).Trade(60_000, "10.00", 50));

    [Fact]
    public void A_book_begins_it_too() =>
        Bought(new Tape().Top(0, "10.00", "10.02").Top(10, "10.00", "10.02").Top(30_010, "10.00", "10.02").Top(30_020, "10.00", "10.02").Top(60_000, "10.00", "10.02"));

    private static void Bought(Tape tape)
    {
        Harness harness = new Harness(new VenueOptions(), new RiskLimits(), new TwapBuyer(_share, Quantity.FromUnits(6), minutes: 1, slices: 2)).Run(tape);
        Assert.Equal(2, harness.Engine.Counters.Orders);
        Assert.Equal(Quantity.FromUnits(6), harness.Ledger.Total[_share].Quantity);
    }
}
