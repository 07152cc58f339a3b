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

/// <summary>One whose own thread, which no engine knows of, throws.</summary>
public sealed class ThreadOfItsOwn(InstrumentId instrument, int after = 100) : Strategy
{
    private int _quotes;

    public override void OnQuote(in QuoteTick quote)
    {
        if (quote.Instrument != instrument || ++_quotes != after) return;
        Thread thread = new(() => throw new InvalidOperationException("The thread lost its mind.\nTwice.")) { Name = "news reader" };
        thread.Start();
        thread.Join();
        Thread.Sleep(Timeout.Infinite);
    }
}

/// <summary>One that ends the process.</summary>
public sealed class Quitter(InstrumentId instrument, int code = 0, int after = 100) : Strategy
{
    private int _quotes;

    public override void OnQuote(in QuoteTick quote)
    {
        if (quote.Instrument == instrument && ++_quotes == after) Environment.Exit(code);
    }
}
