using MiniTrader.Engine;
using MiniTrader.Exchange;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Risk;
using MiniTrader.Strategies;

namespace MiniTrader.Tests.Engine;

/// <summary>Puts a whole engine together around a few strategies and the simulated venue.</summary>
internal sealed class Harness
{
    public Harness(VenueOptions venue, RiskLimits limits, params Strategy[] strategies)
        : this(TwoShares(), venue, limits, strategies)
    {
    }

    public Harness(InstrumentTable instruments, VenueOptions venue, RiskLimits limits, params Strategy[] strategies)
    {
        Ledger = new Ledger(instruments, strategies.Length, new AccountOptions { InitialCash = 100_000m });
        Risk = new RiskGate(Ledger, limits);
        Engine = new(
            new EngineOptions { EquityInterval = 0 },
            Ledger,
            Risk,
            strategies.Select(s => new StrategySeat(s, [])).ToList(),
            new SimulatedVenuePort(new SimulatedVenue(instruments, venue)),
            default);
    }

    public Ledger Ledger { get; }

    public RiskGate Risk { get; }

    public TradingEngine<SimulatedVenuePort, NoRecorder> Engine { get; }

    public static InstrumentTable TwoShares() => new(
    [
        new Instrument { Symbol = "AAA", Venue = "XTST" },
        new Instrument { Symbol = "BBB", Venue = "XTST" },
    ]);

    public Harness Run(Tape tape)
    {
        Engine.Process(tape.Events);
        Engine.Finish();
        return this;
    }
}
