using MiniTrader.Model;

namespace MiniTrader.Exchange;

/// <summary>
/// The orders of a list on their way in: gathered until the last has come, then judged and taken all or none. A single order is a list
/// of one.
/// </summary>
internal sealed class ListEntry(Floor floor, OrderJudge judge)
{
    private readonly OrderCommand[] _legs = new OrderCommand[byte.MaxValue];
    private readonly ReasonCode[] _reasons = new ReasonCode[byte.MaxValue];
    private readonly int[] _generations = new int[byte.MaxValue];
    private readonly OrderPool _pool = floor.Pool;

    public int Count { get; private set; }

    public ref readonly OrderCommand this[int leg] => ref _legs[leg];

    /// <summary>Adds an order; false when the list is longer than a list can be.</summary>
    public bool TryAdd(in OrderCommand command)
    {
        if (Count == _legs.Length) return false;
        _legs[Count++] = command;
        return true;
    }

    public void Clear() => Count = 0;

    /// <summary>Judges the list; false when it is refused, and then every order of it has been told.</summary>
    public bool Judge()
    {
        bool isWhole = true;
        for (int i = 0; i < Count; i++) isWhole &= (_reasons[i] = JudgeLeg(i)) == ReasonCode.None;
        if (isWhole) return true;
        for (int i = 0; i < Count; i++)
            floor.Refuse(_legs[i], ReportKind.Rejected, _reasons[i] == ReasonCode.None ? ReasonCode.ListIncomplete : _reasons[i]);
        return false;
    }

    /// <summary>An earlier order of the list that belongs to the same group, or −1.</summary>
    public int PartnerOf(int leg)
    {
        if (_legs[leg].Contingency == Contingency.None) return -1;
        for (int i = leg - 1; i >= 0; i--)
        {
            if (IsPartner(leg, i)) return i;
        }

        return -1;
    }

    private ReasonCode JudgeLeg(int leg)
    {
        ref readonly OrderCommand command = ref _legs[leg];
        if (command.ListId != 0 && (command.ListCount != Count || _pool.Room < Count)) return command.ListCount != Count ? ReasonCode.ListIncomplete : ReasonCode.VenueCapacity;
        for (int i = 0; i < leg; i++)
        {
            if (_legs[i].ClientOrderId == command.ClientOrderId) return ReasonCode.TechnicalReject;
        }

        _generations[leg] = 0;
        if (!command.Parent.IsNone)
        {
            ReasonCode family = JudgeFamily(leg);
            if (family != ReasonCode.None) return family;
        }

        if (command.Contingency > Contingency.Ouo || (command.Contingency != Contingency.None && !HasPartner(leg))) return ReasonCode.InvalidContingency;
        return command.Release > ChildRelease.WhenFilled ? ReasonCode.InvalidContingency : judge.Judge(command, isChild: !command.Parent.IsNone);
    }

    private ReasonCode JudgeFamily(int leg)
    {
        ref readonly OrderCommand command = ref _legs[leg];
        for (int i = 0; i < leg; i++)
        {
            if (_legs[i].ClientOrderId != command.Parent) continue;
            _generations[leg] = _generations[i] + 1;
            return Fits(command, _legs[i].Instrument, _legs[i].Strategy, _generations[leg]);
        }

        int parent = _pool.Find(command.Parent);
        if (parent == OrderPool.None) return ReasonCode.ParentNotWorking;
        _generations[leg] = _pool[parent].Generation + 1;
        return Fits(command, _pool[parent].Instrument, _pool[parent].Strategy, _generations[leg]);
    }

    private static ReasonCode Fits(in OrderCommand child, InstrumentId instrument, StrategyId strategy, int generation) =>
        child.Instrument == instrument && child.Strategy == strategy && generation <= Links.MaxGenerations && child.TimeInForce <= TimeInForce.Gtd
            ? ReasonCode.None
            : ReasonCode.InvalidContingency;

    private bool HasPartner(int leg)
    {
        if (_legs[leg].ListId == 0) return false;
        for (int i = 0; i < Count; i++)
        {
            if (i != leg && IsPartner(leg, i)) return true;
        }

        return false;
    }

    private bool IsPartner(int a, int b) =>
        _legs[a].Contingency == _legs[b].Contingency && _legs[a].Parent == _legs[b].Parent && _legs[a].Instrument == _legs[b].Instrument;
}
