using System.Runtime.CompilerServices;
using MiniTrader.Exchange;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Risk;
using Xunit;

namespace MiniTrader.Tests.Engine;

/// <summary>A run whose books of record no longer agree stops within a minute of session time, and at its end at the latest.</summary>
public sealed class BooksOfRecordTests
{
    private static readonly InstrumentId _share = new(0);

    [Fact]
    public void A_breach_stops_the_run_with_the_number_of_the_event()
    {
        Tape tape = Quotes(count: 100, everyMilliseconds: 1_000);
        LedgerInvariantException breach = Assert.Throws<LedgerInvariantException>(() => Broken().Run(tape));

        // Bought at the second quote and broken at the tenth. Minutes of the session's clock end sixty quotes after 14:30:00.
        Assert.Equal("After event 60: strategy 0 holds 8 of AAA.XTST, but its fills and what else was booked add up to 7.", breach.Message);
        Assert.Equal(60, breach.EventNumber);
    }

    [Fact]
    public void A_breach_in_the_last_minute_is_found_at_the_end()
    {
        Harness harness = Broken();
        harness.Engine.Process(Quotes(count: 20, everyMilliseconds: 1_000).Events);
        LedgerInvariantException breach = Assert.Throws<LedgerInvariantException>(harness.Engine.Finish);
        Assert.Equal(20, breach.EventNumber);
    }

    private static Harness Broken()
    {
        ScriptedStrategy strategy = new ScriptedStrategy()
            .AtQuote(2, s => s.Desk.Buy(_share, Quantity.FromUnits(7)))
            .AtQuote(10, s => Unsafe.AsRef(in s.Book[_share]).Quantity += Quantity.FromUnits(1));
        return new Harness(new VenueOptions(), new RiskLimits(), strategy);
    }

    private static Tape Quotes(int count, double everyMilliseconds)
    {
        Tape tape = new();
        for (int i = 0; i < count; i++) tape.Quote(i * everyMilliseconds, "10.00", "10.01");
        return tape;
    }
}
