using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>What the venue says that the account holds, by instrument: written by the FIX thread, read by any.</summary>
public sealed class FixPositions(WireInstruments instruments, InstrumentNaming naming)
{
    private readonly long[] _net = new long[instruments.Count];
    private long _reports;

    private static readonly int[] _members = [Tags.PosType, Tags.LongQty, Tags.ShortQty, 706, 539, 524, 525, 538, 804, 545, 805];

    /// <summary>Position reports taken so far.</summary>
    public long Reports => Volatile.Read(ref _reports);

    /// <summary>Long minus short, as last reported; zero before.</summary>
    public Quantity NetOf(InstrumentId id) => new(Volatile.Read(ref _net[id.Index]));

    /// <summary>Takes a PositionReport (AP); false when it names no instrument of ours.</summary>
    internal bool Apply(in FixMessage report)
    {
        FieldView fields = report.Fields;
        if (!instruments.TryFind(fields.Get(naming == InstrumentNaming.Symbol ? Tags.Symbol : Tags.SecurityID), out InstrumentId id)) return false;
        long net = 0;
        foreach (FieldView entry in fields.Group(Tags.NoPositions, _members))
        {
            if (entry.GetDecimal(Tags.LongQty, out long longQuantity) == FieldStatus.Ok) net += longQuantity;
            if (entry.GetDecimal(Tags.ShortQty, out long shortQuantity) == FieldStatus.Ok) net -= shortQuantity;
        }

        Volatile.Write(ref _net[id.Index], net);
        Volatile.Write(ref _reports, _reports + 1);
        return true;
    }
}
