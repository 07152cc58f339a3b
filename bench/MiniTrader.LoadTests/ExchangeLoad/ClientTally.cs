using MiniTrader.Fix;

namespace MiniTrader.LoadTests;

/// <summary>
/// What was heard of one client's orders, as sums: whoever heard the same reports has the same tally, in whatever order they came. The digest is a sum
/// of hashes over what tells one report from another.
/// </summary>
internal record struct ClientTally
{
    public long Reports;
    public long Fills;
    public long FilledRaw;
    public long Cancelled;
    public long Replaced;
    public long Refused;
    public ulong Digest;

    /// <summary>Adds an ExecutionReport; the answer is whether the order is done with it.</summary>
    public bool Add(in FixMessage report)
    {
        FieldView fields = report.Fields;
        Reports++;
        ulong hash = 14_695_981_039_346_656_037UL;
        foreach (int tag in _told)
        {
            foreach (byte b in fields.Get(tag)) hash = (hash ^ b) * 1_099_511_628_211UL;
            hash = (hash ^ 0x1FF) * 1_099_511_628_211UL;
        }

        Digest += hash ^ (hash >> 29);
        fields.GetChar(Tags.ExecType, out char type);
        if (type == 'F' && fields.GetDecimal(Tags.LastQty, out long quantity) == FieldStatus.Ok)
        {
            Fills++;
            FilledRaw += quantity;
        }

        if (type == '4') Cancelled++;
        if (type == '5') Replaced++;
        if (type == '8') Refused++;
        return fields.GetChar(Tags.OrdStatus, out char status) == FieldStatus.Ok && status is '2' or '4' or '8' or 'C';
    }

    public static ClientTally operator +(ClientTally a, ClientTally b) => new()
    {
        Reports = a.Reports + b.Reports,
        Fills = a.Fills + b.Fills,
        FilledRaw = a.FilledRaw + b.FilledRaw,
        Cancelled = a.Cancelled + b.Cancelled,
        Replaced = a.Replaced + b.Replaced,
        Refused = a.Refused + b.Refused,
        Digest = a.Digest + b.Digest,
    };

    private static readonly int[] _told = [Tags.Account, Tags.ExecID, Tags.OrderID, Tags.ClOrdID, Tags.ExecType, Tags.OrdStatus, Tags.CumQty, Tags.LeavesQty, Tags.LastQty, Tags.LastPx];
}
