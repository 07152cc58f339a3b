using MiniTrader.Model;
using MiniTrader.Strategies;

namespace MiniTrader.Engine;

/// <summary>A strategy and the instruments whose events it gets.</summary>
/// <param name="Strategy">A strategy that belongs to no session yet.</param>
/// <param name="Instruments">Instruments in any order; empty means all.</param>
public sealed record StrategySeat(Strategy Strategy, IReadOnlyList<InstrumentId> Instruments);
