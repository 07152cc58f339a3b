using MiniTrader.Model;

namespace MiniTrader.Simulation.Exchange;

/// <summary>The orders of the oracle tests, as the naive venue knows them and as commands for the fast one.</summary>
internal static class OracleOrders
{
    /// <summary>A market or limit order.</summary>
    public static NaiveOrder Plain(long id, bool isBuy, int? limit, int quantity, bool isPostOnly) =>
        new() { Id = id, IsBuy = isBuy, Limit = limit, Quantity = quantity, IsPostOnly = isPostOnly };

    /// <summary>A stop, touch, iceberg, hidden, reduce-only, repriced, trailing stop, pegged, self-trade prevention.</summary>
    public static NaiveOrder Special(int kind, long id, bool isBuy, int price, int quantity, int other)
    {
        int? limit = other % 3 == 0 ? price : null;
        return kind switch
        {
            0 => new() { Id = id, IsBuy = isBuy, Quantity = quantity, Limit = limit, Stop = price, IsStop = true },
            1 => new() { Id = id, IsBuy = isBuy, Quantity = quantity, Limit = limit, Stop = price, IsStop = true, IsTouch = true },
            2 => new() { Id = id, IsBuy = isBuy, Quantity = quantity, Limit = price, Display = Math.Min(quantity, 1 + (other % 4)) },
            3 => new() { Id = id, IsBuy = isBuy, Quantity = quantity, Limit = price, IsHidden = true },
            4 => new() { Id = id, IsBuy = isBuy, Quantity = quantity, Limit = price, IsReduceOnly = true },
            5 => new() { Id = id, IsBuy = isBuy, Quantity = quantity, Limit = price, IsRepriced = true },
            6 => new() { Id = id, IsBuy = isBuy, Quantity = quantity, Trail = 1 + (other % 4), IsStop = true },
            7 => new() { Id = id, IsBuy = isBuy, Quantity = quantity, Peg = "bma"[other % 3], PegOffset = (other % 5) - 2 },
            _ => new() { Id = id, IsBuy = isBuy, Quantity = quantity, Limit = other == 0 ? null : price, SelfTrade = "nobd"[other % 4] },
        };
    }

    /// <summary>A pair of which a fill of one cancels or shrinks the other, or an entry with such a pair as its children.</summary>
    public static NaiveOrder[] List(int kind, ref long next, bool isBuy, int price, int quantity, int other)
    {
        bool isOuo = kind == 1 || (kind == 2 && other % 2 == 0), isBracket = kind == 2;
        long entry = isBracket ? ++next : 0, first = ++next, second = ++next;
        bool isSale = isBracket ? isBuy : !isBuy;
        int away = 1 + (other % 4), target = isSale ? price + away : price - away, stop = isSale ? price - away : price + away;
        NaiveOrder[] pair =
        [
            new() { Id = first, IsBuy = !isSale, Quantity = quantity, Limit = target, Other = second, IsOuo = isOuo, Parent = entry, IsWhenFilled = other % 3 == 0, IsReduceOnly = isBracket && other > 8 },
            new() { Id = second, IsBuy = !isSale, Quantity = quantity, Stop = stop, IsStop = true, Other = first, IsOuo = isOuo, Parent = entry, IsWhenFilled = other % 3 == 0, IsReduceOnly = isBracket && other > 8 },
        ];
        return isBracket ? [Plain(entry, isBuy, other == 0 ? null : price, quantity, isPostOnly: false), .. pair] : pair;
    }

    /// <summary>
    /// Any sort of order with any conditions that go together: what is shown or hidden, post-only, reduce-only, self-trade prevention, an end. Each digit of
    /// <paramref name="mix"/>, in a base of its own, chooses one.
    /// </summary>
    public static NaiveOrder Any(long id, bool isBuy, int price, int quantity, int other, int mix, int now, NaiveOrder? family = null)
    {
        int Digit(int choices)
        {
            int digit = mix % choices;
            mix /= choices;
            return digit;
        }

        int sort = Digit(7), shown = Digit(4), post = Digit(4), reduce = Digit(3), self = Digit(3), ends = Digit(3);
        bool hasLimit = sort <= 3, isStop = sort is 1 or 2 or 4 or 5;
        return new()
        {
            Id = id,
            IsBuy = isBuy,
            Quantity = quantity,
            Limit = hasLimit && sort != 3 ? price : null,
            Stop = isStop ? price + (other % 3) - 1 : null,
            IsTouch = sort is 2 or 5,
            IsStop = isStop || sort == 6,
            Trail = sort == 6 ? 1 + (other % 4) : 0,
            Peg = sort == 3 ? "bma"[other % 3] : null,
            PegOffset = sort == 3 ? (other % 5) - 2 : 0,
            Display = hasLimit && shown == 1 ? Math.Min(quantity, 1 + (other % 4)) : 0,
            IsHidden = hasLimit && shown == 2,
            IsPostOnly = hasLimit && post == 1,
            IsRepriced = hasLimit && post == 2,
            IsReduceOnly = reduce == 1,
            SelfTrade = self == 1 ? "nobd"[other % 4] : null,
            ExpiresAt = ends == 1 ? now + 1 + other : null,
            Other = family?.Other ?? 0,
            IsOuo = family?.IsOuo ?? false,
            Parent = family?.Parent ?? 0,
            IsWhenFilled = family?.IsWhenFilled ?? false,
        };
    }

    /// <summary>Two orders of any sort of which a fill of one cancels or shrinks the other, or an entry of any sort with two such children.</summary>
    public static NaiveOrder[] AnyList(ref long next, bool isBuy, int price, int quantity, int other, int mix, int now)
    {
        bool isOuo = other % 2 == 0, isBracket = other % 3 != 0, isWhenFilled = other % 5 == 0;
        long entry = isBracket ? ++next : 0, first = ++next, second = ++next;
        NaiveOrder one = Any(first, !isBuy, price + 2, quantity, other, mix / 3, now, new() { Id = 0, IsBuy = isBuy, Other = second, IsOuo = isOuo, Parent = entry, IsWhenFilled = isWhenFilled });
        NaiveOrder two = Any(second, !isBuy, price - 2, quantity, other + 1, mix / 7, now, new() { Id = 0, IsBuy = isBuy, Other = first, IsOuo = isOuo, Parent = entry, IsWhenFilled = isWhenFilled });
        return isBracket ? [Any(entry, isBuy, price, quantity, other, mix, now), one, two] : [one, two];
    }

    public static OrderCommand Command(NaiveOrder order)
    {
        OrderCommand command = new()
        {
            Kind = CommandKind.New,
            ClientOrderId = Name(order.Id),
            Side = order.IsBuy ? OrderSide.Buy : OrderSide.Sell,
            Type = TypeOf(order),
            Quantity = Quantity.FromUnits(order.Quantity),
            LimitPrice = InTicks(order.Limit ?? 0),
            StopPrice = InTicks(order.Stop ?? 0),
            DisplayQuantity = Quantity.FromUnits(order.Display),
            SelfTrade = order.SelfTrade switch
            {
                'n' => SelfTradePrevention.CancelNewest,
                'o' => SelfTradePrevention.CancelOldest,
                'b' => SelfTradePrevention.CancelBoth,
                'd' => SelfTradePrevention.Decrement,
                _ => SelfTradePrevention.None,
            },
            Parent = order.Parent == 0 ? ClientOrderId.None : Name(order.Parent),
            Release = order.IsWhenFilled ? ChildRelease.WhenFilled : ChildRelease.ProRata,
            Contingency = order.Other == 0 ? Contingency.None : order.IsOuo ? Contingency.Ouo : Contingency.Oco,
            Offset = InTicks(order.Peg is null ? order.Trail : order.PegOffset),
            Peg = order.Peg switch { 'b' => PegReference.BestBid, 'm' => PegReference.Mid, 'a' => PegReference.BestAsk, _ => PegReference.None },
        };
        if (order.IsHidden) command.Flags |= OrderFlags.Hidden;
        if (order.IsReduceOnly) command.Flags |= OrderFlags.ReduceOnly;
        if (order.IsPostOnly) command.Flags |= OrderFlags.PostOnly;
        if (order.IsRepriced) command.Flags |= OrderFlags.PostOnlyReprice;
        return command;
    }

    public static ClientOrderId Name(long id) => ClientOrderId.Create(id, (int)(id % 64));

    private static OrderType TypeOf(NaiveOrder order)
    {
        if (order.Peg is not null) return OrderType.Pegged;
        if (order.Trail > 0) return OrderType.TrailingStop;
        if (order.IsStop && order.IsTouch) return order.Limit is null ? OrderType.MarketIfTouched : OrderType.LimitIfTouched;
        if (order.IsStop) return order.Limit is null ? OrderType.Stop : OrderType.StopLimit;
        return order.Limit is null ? OrderType.Market : OrderType.Limit;
    }

    private static Price InTicks(int ticks) => new(ticks * 10_000_000L);
}
