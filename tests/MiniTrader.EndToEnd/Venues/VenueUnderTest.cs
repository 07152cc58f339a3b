using MiniTrader.Exchange;
using MiniTrader.Model;

namespace MiniTrader.EndToEnd.Venues;

/// <summary>
/// A venue behind the port that the engine uses, and the market it trades on: always a <see cref="SimulatedVenue"/> at the far end, so that what it
/// does is known, with nothing or with a real wire in between. The test's thread only.
/// </summary>
public abstract class VenueUnderTest : IDisposable
{
    /// <summary>How long a report may take before the test fails; far more than any needs.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);


    protected VenueUnderTest() => Exchange = new SimulatedVenue(Instruments, VenueOptions.Instant);

    public static InstrumentTable Instruments { get; } = new([new Instrument { Symbol = "SPY", Venue = "X" }, new Instrument { Symbol = "QQQ", Venue = "X" }]);

    public abstract IVenue Port { get; }

    protected SimulatedVenue Exchange { get; }

    /// <summary>The time of both ends; it never stands still, so that no two things happen at one instant.</summary>
    protected abstract Timestamp Now { get; }

    public Timestamp Time => Now;

    /// <summary>Shows a quote to the far end and lets what follows happen there.</summary>
    public void Quote(string bid, long bidSize, string ask, long askSize, int instrument = 0)
    {
        MarketEvent e = default;
        e.Header.Kind = EventKind.Quote;
        e.Header.Instrument = new(instrument);
        e.Header.VenueTime = e.Header.ReceivedTime = Now;
        e.Header.Flags = EventFlags.ForBoth;
        (e.Quote.Bid, e.Quote.BidSize) = (Price.Parse(bid), Quantity.FromUnits(bidSize));
        (e.Quote.Ask, e.Quote.AskSize) = (Price.Parse(ask), Quantity.FromUnits(askSize));
        Exchange.OnMarket(e);
        AfterMarket();
    }

    /// <summary>The next report that the port gives; fails when none comes.</summary>
    public abstract ExecutionReport Next();

    public abstract void Dispose();

    /// <summary>Lets a counterparty tell what followed.</summary>
    protected virtual void AfterMarket()
    {
    }
}
