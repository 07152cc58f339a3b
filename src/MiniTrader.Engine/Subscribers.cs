using System.Runtime.CompilerServices;
using MiniTrader.Model;
using MiniTrader.Strategies;

namespace MiniTrader.Engine;

/// <summary>For each instrument, the strategies that overrode a hook and want the instrument's events. Built once, then read-only.</summary>
internal sealed class Subscribers
{
    private readonly Seat[][] _byInstrument;
    private readonly Seat[] _alone;

    internal Subscribers(IReadOnlyList<StrategySeat> seats, StrategyHooks[] overridden, OrderDesk[] desks, int instrumentCount, StrategyHooks hook)
    {
        _byInstrument = new Seat[instrumentCount][];
        _alone = new Seat[instrumentCount];
        for (int instrument = 0; instrument < instrumentCount; instrument++)
        {
            List<Seat> found = [];
            for (int s = 0; s < seats.Count; s++)
            {
                if ((overridden[s] & hook) == 0) continue;
                if (seats[s].Instruments.Count > 0 && !seats[s].Instruments.Contains(new InstrumentId(instrument))) continue;
                found.Add(new Seat(seats[s].Strategy, desks[s], s));
            }

            _byInstrument[instrument] = [.. found];
            if (found.Count == 1) _alone[instrument] = found[0];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Seat[] Of(InstrumentId instrument) => _byInstrument[instrument.Index];

    /// <summary>By instrument the seat of its only strategy; without a strategy where an instrument has none or several.</summary>
    internal Seat[] Alone => _alone;

    /// <summary>A strategy, its desk and its index, side by side so that one array read finds all.</summary>
    internal readonly record struct Seat(Strategy Strategy, OrderDesk Desk, int Index);
}
