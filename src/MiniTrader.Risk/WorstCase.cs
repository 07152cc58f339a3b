using MiniTrader.Model;
using MiniTrader.Portfolio;

namespace MiniTrader.Risk;

/// <summary>
/// The most that the working orders of an instrument and one that is judged could take a position to one side, in raw units:
/// <list type="bullet">
/// <item>Reduce-only orders together no more than their strategy holds on the other side: they turn nothing, but the others then start from flat.</item>
/// <item>Orders of which a fill of one cancels or shrinks the others count once, as the largest.</item>
/// <item>Children of an order of the other side fill only after it has: see <see cref="OrderFamily"/>. In full where the venue may make it smaller by itself, and
/// where nobody knows what it has released: after it was made larger between two fills, by the venue, or a fill of it was taken back.</item>
/// </list>
/// Not foreseen: an amendment that crosses a partner's fill on its way, or the end of the order's parent, and brings back what that took from it.
/// Groups and children are known where they stand one after another, children behind their parent, because they were sent so; any that do not
/// count in full, which is too much and never too little. Walks the working orders, so it is asked only where counting all of them in full is too much.
/// Engine thread only.
/// </summary>
internal struct WorstCase
{
    private readonly Ledger _ledger;
    private readonly OrderSide _side;
    private Int128 _total;

    // The orders in hand that have one parent, and the order before the one at hand, with what it covers if that is its child.
    private ClientOrderId _parent;
    private OrderFamily _family;
    private ClientOrderId _before;
    private ParentCover _beforeCovers;

    // What the reduce-only orders of the strategy in hand come to.
    private Int128 _reducing;

    private WorstCase(Ledger ledger, OrderSide side)
    {
        _ledger = ledger;
        _side = side;
    }

    /// <param name="ledger">The books, which do not hold a judged new order yet.</param>
    /// <param name="instrument">Whose orders.</param>
    /// <param name="side">The direction in which the position would go.</param>
    /// <param name="command">The judged order or replace.</param>
    /// <param name="countsReduceOnly">False leaves reduce-only orders out, as if they all ended unfilled.</param>
    public static Int128 Of(Ledger ledger, InstrumentId instrument, OrderSide side, in OrderCommand command, bool countsReduceOnly = true)
    {
        WorstCase worst = new(ledger, side);
        for (int i = 0; i < ledger.StrategyCount; i++)
        {
            StrategyId strategy = new((ushort)i);
            foreach (ref readonly OrderRecord order in ledger.WorkingOf(strategy, instrument)) worst.Add(in order, in command);
            if (command.Kind == CommandKind.New && command.Strategy == strategy) worst.Add(in command);
            worst._total += worst._family.Close();
            if (countsReduceOnly) worst._total += Int128.Min(worst._reducing, ToReduce(ledger.BookOf(strategy)[instrument].Quantity, side));
            worst._reducing = 0;
            (worst._parent, worst._before) = (ClientOrderId.None, ClientOrderId.None);
        }

        return worst._total;
    }

    /// <summary>The most that all reduce-only orders of a side can fill now, in raw units.</summary>
    public static Int128 MostReduced(Ledger ledger, InstrumentId instrument, OrderSide side)
    {
        Int128 sum = 0;
        for (int i = 0; i < ledger.StrategyCount; i++) sum += ToReduce(ledger.BookOf(new((ushort)i))[instrument].Quantity, side);
        return sum;
    }

    private static Int128 ToReduce(Quantity held, OrderSide side) => Int128.Max(0, side == OrderSide.Sell ? held.Raw : -(Int128)held.Raw);

    private void Add(in OrderRecord order, in OrderCommand command)
    {
        bool isJudged = order.Id == command.ClientOrderId;
        long most = isJudged ? Math.Max(order.Reserved.Raw, command.Quantity.Raw) : order.Reserved.Raw;
        Begin(order.Parent, lateCover: default);
        Count(order.Side, order.Flags, order.GroupId, most - order.Filled.Raw, order.Filled.Raw, order.Release, order.ParentFilled.Raw);

        // What an order brings for certain before it is done, or else its children end, is the least that it may still be for.
        bool isSure = IsSure(in order) && order.PendingRequests == 0;
        long least = isJudged ? Math.Min(order.Quantity.Raw, command.Quantity.Raw) : order.Quantity.Raw;
        _before = order.Id;
        _beforeCovers = order.Side == _side || !isSure ? default : new(Math.Max(0, least - order.Filled.Raw), order.Filled.Raw, least);
    }

    private void Add(in OrderCommand command)
    {
        bool isLate = !command.Parent.IsNone && command.Parent != _parent && command.Parent != _before;
        ParentCover cover = isLate ? CoverLeft(in command) : default;
        Begin(command.Parent, cover);
        long parentFilled = isLate ? cover.Filled : 0;
        Count(command.Side, command.Flags, OrderRecord.GroupOf(OrderRecord.KinOf(in command)), command.Quantity.Raw, 0, command.Release, parentFilled);
    }

    /// <summary>False for an order that the venue may make smaller by itself, with a partner's fill or to what there is to reduce, or of which nobody knows what it has released.</summary>
    private static bool IsSure(in OrderRecord order) => !order.Shrinks && !order.IsUneven && (order.Flags & OrderFlags.ReduceOnly) == 0;

    /// <summary>What the parent of a judged order that comes long after it has yet to bring, and none of its other children count on.</summary>
    private readonly ParentCover CoverLeft(in OrderCommand command)
    {
        if (!_ledger.Orders.TryFind(command.Parent, out int slot)) return default;
        ref readonly OrderRecord parent = ref _ledger.Orders[slot];
        if (!parent.IsWorking || parent.PendingRequests > 0 || !IsSure(in parent) || parent.Side == _side || parent.Instrument != command.Instrument || parent.Strategy != command.Strategy) return default;
        long left = parent.Leaves.Raw;
        foreach (ref readonly OrderRecord order in _ledger.WorkingOf(command.Strategy, command.Instrument))
        {
            if (order.Parent == command.Parent && order.Side == _side) left -= order.Reserved.Raw - order.Filled.Raw;
        }

        return new(Math.Max(0, left), parent.Filled.Raw, parent.Quantity.Raw);
    }

    private void Begin(ClientOrderId parent, ParentCover lateCover)
    {
        if (parent == _parent) return;
        _total += _family.Close();
        _parent = parent;
        _family = new(parent == _before ? _beforeCovers : lateCover);
    }

    private void Count(OrderSide side, OrderFlags flags, long group, long most, long filled, ChildRelease release, long parentFilled)
    {
        if (side != _side) return;
        if ((flags & OrderFlags.ReduceOnly) != 0) _reducing += most;
        else _family.Add(group, most, filled, release, parentFilled);
    }
}
