using MiniTrader.Model;
using MiniTrader.Portfolio;

namespace MiniTrader.Risk;

/// <summary>
/// The most that the working orders of an instrument and one that is judged could take a position to one side, in raw units:
/// <list type="bullet">
/// <item>Reduce-only orders together no more than their strategy holds on the other side: they turn nothing, but the others then start from flat.</item>
/// <item>Orders of which a fill of one cancels or shrinks the others count once, as the largest.</item>
/// <item>Children of an order of the other side fill only after it has: they count with what they are more than it still works for, and in full where the
/// venue may make it smaller by itself.</item>
/// </list>
/// Not foreseen: an amendment of an order of a group that crosses a partner's fill on its way and brings back what the fill took from it.
/// Groups and children are known where they stand one after another, children behind their parent, because they were sent so; any that do not
/// count in full, which is too much and never too little. Walks the working orders, so it is asked only where counting all of them in full is too much.
/// Engine thread only.
/// </summary>
internal struct WorstCase
{
    private readonly Ledger _ledger;
    private readonly OrderSide _side;
    private Int128 _total;

    // Of the orders in hand that have one parent: who that is, what of theirs it has yet to bring, what they come to, and their latest group.
    private ClientOrderId _parent;
    private Int128 _cover;
    private Int128 _family;
    private long _group;
    private long _largest;

    private ClientOrderId _before;
    private long _beforeCovers;

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
            worst.EndFamily();
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

        // What an order brings for certain before it is done, or else its children end, is the least that it may still be for.
        long least = !IsSure(in order) ? 0 : isJudged ? Math.Min(order.Quantity.Raw, command.Quantity.Raw) : order.PendingRequests > 0 ? 0 : order.Quantity.Raw;
        Add(order.Id, order.Parent, order.GroupId, order.Side, order.Flags, most - order.Filled.Raw, Math.Max(0, least - order.Filled.Raw));
    }

    /// <summary>False for an order that the venue may make smaller by itself: with a partner's fill, or to what there is to reduce.</summary>
    private static bool IsSure(in OrderRecord order) => !order.Shrinks && (order.Flags & OrderFlags.ReduceOnly) == 0;

    private void Add(in OrderCommand command)
    {
        bool isLate = !command.Parent.IsNone && command.Parent != _parent && command.Parent != _before;
        long cover = isLate ? CoverLeft(in command) : 0;
        Add(command.ClientOrderId, command.Parent, OrderRecord.GroupOf(OrderRecord.KinOf(in command)), command.Side, command.Flags, command.Quantity.Raw, 0, cover);
    }

    /// <summary>What the parent of a judged order that comes long after it has yet to bring, and none of its other children count on.</summary>
    private readonly long CoverLeft(in OrderCommand command)
    {
        if (!_ledger.Orders.TryFind(command.Parent, out int slot)) return 0;
        ref readonly OrderRecord parent = ref _ledger.Orders[slot];
        if (!parent.IsWorking || parent.PendingRequests > 0 || !IsSure(in parent) || parent.Side == _side || parent.Instrument != command.Instrument || parent.Strategy != command.Strategy) return 0;
        long left = parent.Leaves.Raw;
        foreach (ref readonly OrderRecord order in _ledger.WorkingOf(command.Strategy, command.Instrument))
        {
            if (order.Parent == command.Parent && order.Side == _side) left -= order.Reserved.Raw - order.Filled.Raw;
        }

        return Math.Max(0, left);
    }

    private void Add(ClientOrderId id, ClientOrderId parent, long group, OrderSide side, OrderFlags flags, long most, long least, long lateCover = 0)
    {
        if (parent != _parent)
        {
            EndFamily();
            _parent = parent;
            _cover = parent == _before ? _beforeCovers : lateCover;
        }

        if (side == _side && (flags & OrderFlags.ReduceOnly) != 0)
        {
            _reducing += most;
        }
        else if (side == _side)
        {
            long counted = group != 0 && group == _group ? _largest : 0;
            _largest = Math.Max(counted, most);
            _group = group;
            _family += _largest - counted;
        }

        _before = id;
        _beforeCovers = side == _side ? 0 : least;
    }

    private void EndFamily()
    {
        _total += Int128.Max(0, _family - _cover);
        (_family, _cover, _group) = (0, 0, 0);
    }
}
