using MiniTrader.Model;

namespace MiniTrader.Sessions;

/// <summary>Instruments of which the data shows the same kinds of prices, so that the venue matches their orders in the same way.</summary>
/// <param name="Kinds">Kinds of events that show prices or books.</param>
/// <param name="Instruments">Their names.</param>
internal sealed record KindGroup(IReadOnlyList<EventKind> Kinds, List<string> Instruments);
