using MiniTrader.Model;
using MiniTrader.Strategies;

namespace MiniTrader.Engine;

/// <summary>For each instrument, the strategies that overrode a hook and want the instrument's events. Built once, then read-only.</summary>
internal sealed class Subscribers
{
    private readonly Seat[][] _byInstrument;

    internal Subscribers(IReadOnlyList<StrategySeat> seats, OrderDesk[] desks, int instrumentCount, StrategyHooks hook)
    {
        _byInstrument = new Seat[instrumentCount][];
        for (int instrument = 0; instrument < instrumentCount; instrument++)
        {
            List<Seat> found = [];
            for (int s = 0; s < seats.Count; s++)
            {
                if ((seats[s].Strategy.OverriddenHooks() & hook) == 0) continue;
                if (seats[s].Instruments.Count > 0 && !seats[s].Instruments.Contains(new InstrumentId(instrument))) continue;
                found.Add(new Seat(seats[s].Strategy, desks[s]));
            }

            _byInstrument[instrument] = [.. found];
        }
    }

    internal Seat[] Of(InstrumentId instrument) => _byInstrument[instrument.Index];

    /// <summary>A strategy and its desk, side by side so that one array read finds both.</summary>
    internal readonly record struct Seat(Strategy Strategy, OrderDesk Desk);
}
