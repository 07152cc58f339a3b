using MiniTrader.Model;

namespace MiniTrader.Portfolio;

/// <summary>
/// The positions and working sums of one owner: a strategy, or the account as a whole. The ledger writes it; everyone on the
/// engine thread may read it.
/// </summary>
public sealed class Book
{
    private readonly Position[] _positions;
    private readonly Exposure[] _exposures;

    internal Book(int instrumentCount)
    {
        _positions = new Position[instrumentCount];
        _exposures = new Exposure[instrumentCount];
        for (int i = 0; i < instrumentCount; i++)
        {
            _positions[i].Instrument = new(i);
            _exposures[i].First = _exposures[i].Last = -1;
        }
    }

    /// <summary>Orders working on all instruments together.</summary>
    public int WorkingOrders { get; internal set; }

    public ref readonly Position this[InstrumentId instrument] => ref _positions[instrument.Index];

    public ref readonly Exposure ExposureOf(InstrumentId instrument) => ref _exposures[instrument.Index];

    internal ref Position PositionAt(int index) => ref _positions[index];

    internal ref Exposure ExposureAt(int index) => ref _exposures[index];
}
