using MiniTrader.Model;

namespace MiniTrader.TickStore;

/// <summary>One kind of events of one instrument in a catalog: a folder of files that follow each other in time.</summary>
/// <param name="Directory">The folder, as an absolute path.</param>
public sealed record TickSeries(Instrument Instrument, TickKind Kind, string Directory)
{
    public override string ToString() => $"{Kind} of {Instrument.Name}";
}
