using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>
/// What the venue says that the account holds, by instrument: written by the FIX thread, read by any. The reports that answer one request are added up, because
/// a venue may report each position of an instrument by itself, or those of several instruments at once.
/// </summary>
public sealed class FixPositions(WireInstruments instruments, InstrumentNaming naming)
{
    private const long Unasked = -1;

    private static readonly int[] _members = [Tags.PosType, Tags.LongQty, Tags.ShortQty, Tags.Symbol, Tags.SecurityID, 706, 539, 524, 525, 538, 804, 545, 805, 854, 231, 883, 54, 730, 96, 100088, 100089];

    private readonly long[] _net = new long[instruments.Count];
    private readonly int _nameTag = naming == InstrumentNaming.Symbol ? Tags.Symbol : Tags.SecurityID;
    private long _request = Unasked;
    private long _reports;

    /// <summary>Position reports taken so far.</summary>
    public long Reports => Volatile.Read(ref _reports);

    /// <summary>Long minus short, as last reported; zero before, and where the last answer had none.</summary>
    public Quantity NetOf(InstrumentId id) => new(Volatile.Read(ref _net[id.Index]));

    /// <summary>Takes a PositionReport (AP); false when it names no instrument of ours.</summary>
    internal bool Apply(in FixMessage report)
    {
        FieldView fields = report.Fields;
        bool isAsked = fields.GetInt(Tags.PosReqID, out long request) == FieldStatus.Ok;
        if (isAsked && request != _request)
        {
            _request = request;
            for (int i = 0; i < _net.Length; i++) Volatile.Write(ref _net[i], 0);
        }

        bool isOurs = instruments.TryFind(fields.Get(_nameTag), out InstrumentId outer);
        if (isOurs && !isAsked) Volatile.Write(ref _net[outer.Index], 0);
        GroupView group = fields.Group(Tags.NoPositions, _members);
        while (group.MoveNext()) isOurs |= Add(group.Current, outer);

        // A position by itself may come without its type, which is what an entry begins with.
        if (group.Taken == 0) isOurs |= Add(fields, outer);
        if (isOurs) Volatile.Write(ref _reports, _reports + 1);
        return isOurs;
    }

    private bool Add(FieldView entry, InstrumentId outer)
    {
        InstrumentId id = entry.Has(_nameTag) && instruments.TryFind(entry.Get(_nameTag), out InstrumentId own) ? own : outer;
        if (id.Index < 0) return false;
        long net = _net[id.Index];
        if (entry.GetDecimal(Tags.LongQty, out long longQuantity) == FieldStatus.Ok) net += longQuantity;
        if (entry.GetDecimal(Tags.ShortQty, out long shortQuantity) == FieldStatus.Ok) net -= shortQuantity;
        Volatile.Write(ref _net[id.Index], net);
        return true;
    }
}
