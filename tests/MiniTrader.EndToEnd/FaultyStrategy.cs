using MiniTrader.Model;
using MiniTrader.Strategies;

namespace MiniTrader.EndToEnd;

/// <summary>A user's strategy with a bug, in a library of the user's own: these tests' assembly.</summary>
public sealed class FaultyStrategy(InstrumentId instrument, int after = 100) : Strategy
{
    private int _quotes;

    public override void OnQuote(in QuoteTick quote)
    {
        if (quote.Instrument == instrument && ++_quotes == after) throw new InvalidOperationException("The strategy lost its mind.");
    }
}
