using MiniTrader.Model;

namespace MiniTrader.Simulation.Exchange;

/// <summary>Random orders of every type and condition, sensible or not; ids count up from one.</summary>
internal static class OrderMaker
{
    /// <summary>A new order, a replace, a cancel or a mass cancel.</summary>
    public static OrderCommand Next(ref SeededRandom random, Timestamp now, ref long sequence)
    {
        long kind = random.NextInt64(100);
        if (kind < 70 || sequence == 0) return New(ref random, now, ref sequence);
        OrderCommand command = Plain(ref random, now);
        command.Strategy = new((ushort)random.NextInt64(2));
        if (kind == 99)
        {
            command.Kind = CommandKind.CancelAll;
            command.Side = (OrderSide)random.NextInt64(3);
            return command;
        }

        command.Kind = kind < 90 ? CommandKind.Replace : CommandKind.Cancel;
        long target = Math.Max(1, sequence - random.NextInt64(30));
        command.ClientOrderId = ClientOrderId.Create(target, (int)(target % 4_000));
        return command;
    }

    /// <summary>An entry with two children, or a pair, of which one fill cancels or shrinks the other.</summary>
    public static OrderCommand[] NextList(ref SeededRandom random, Timestamp now, ref long sequence)
    {
        bool isBracket = random.NextInt64(3) != 0;
        OrderCommand entry = isBracket ? New(ref random, now, ref sequence) : Plain(ref random, now);
        entry.Type = random.NextInt64(2) == 0 ? OrderType.Market : OrderType.Limit;
        Clean(ref entry);
        OrderCommand target = New(ref random, now, ref sequence), stop = New(ref random, now, ref sequence);
        (target.Type, stop.Type) = (OrderType.Limit, random.NextInt64(2) == 0 ? OrderType.Stop : OrderType.TrailingStop);
        Contingency contingency = random.NextInt64(2) == 0 ? Contingency.Oco : Contingency.Ouo;
        Clean(ref target);
        Clean(ref stop);
        if (stop.Type == OrderType.TrailingStop) stop.Offset = Ticks(3);
        OrderCommand[] legs = isBracket ? [entry, target, stop] : [target, stop];
        for (int i = 0; i < legs.Length; i++)
        {
            ref OrderCommand leg = ref legs[i];
            leg.Instrument = entry.Instrument;
            leg.Strategy = entry.Strategy;
            leg.ListId = legs[0].ClientOrderId.Value;
            leg.ListCount = (byte)legs.Length;
            if (isBracket && i == 0) continue;
            leg.Contingency = contingency;
            leg.Side = entry.Side.Opposite();
            if (!isBracket) continue;
            leg.Quantity = entry.Quantity;
            leg.Parent = entry.ClientOrderId;
            leg.Release = random.NextInt64(3) == 0 ? ChildRelease.WhenFilled : ChildRelease.ProRata;
            if (random.NextInt64(2) == 0) leg.Flags = OrderFlags.ReduceOnly;
        }

        return legs;
    }

    private static OrderCommand New(ref SeededRandom random, Timestamp now, ref long sequence)
    {
        OrderCommand command = Plain(ref random, now);
        command.Kind = CommandKind.New;
        sequence++;
        command.ClientOrderId = ClientOrderId.Create(sequence, (int)(sequence % 4_000));
        command.Strategy = new((ushort)random.NextInt64(2));
        command.TimeInForce = (TimeInForce)random.NextInt64(random.NextInt64(8) == 0 ? 7 : 5);
        OrderTraits traits = command.Type.Traits();
        if (random.NextInt64(6) == 0) command.Trigger = (TriggerSource)random.NextInt64(6);
        if (random.NextInt64(6) == 0) command.Flags = (OrderFlags)(1 << (int)random.NextInt64(4));
        if (random.NextInt64(6) == 0) command.SelfTrade = (SelfTradePrevention)random.NextInt64(5);
        if (random.NextInt64(8) == 0 && command.Type.HasLimit()) command.DisplayQuantity = Quantity.FromUnits(1 + random.NextInt64(10));
        if (random.NextInt64(8) == 0 && !command.Type.HasLimit()) command.Protection = Ticks(random.NextInt64(4));
        if ((traits & OrderTraits.Pegs) != 0)
        {
            command.Peg = (PegReference)(1 + random.NextInt64(3));
            command.Offset = Ticks(random.NextInt64(5) - 2);
        }

        if ((traits & OrderTraits.Trails) == 0) return command;
        command.LimitPrice = (traits & OrderTraits.Limit) != 0 ? Ticks(random.NextInt64(3)) : default;
        if (random.NextInt64(2) == 0) command.StopPrice = default;
        if (random.NextInt64(3) == 0) command.ActivationPrice = Ticks(98 + random.NextInt64(15));
        return command;
    }

    private static OrderCommand Plain(ref SeededRandom random, Timestamp now)
    {
        OrderCommand command = default;
        command.SentTime = now;
        command.Instrument = new((int)random.NextInt64(2));
        command.Side = random.NextInt64(2) == 0 ? OrderSide.Buy : OrderSide.Sell;
        command.Type = (OrderType)random.NextInt64(10);
        command.ExpireTime = now + random.NextInt64(2_000_000_000);
        command.Quantity = Quantity.FromUnits(1 + random.NextInt64(40));
        command.LimitPrice = Ticks(98 + random.NextInt64(15));
        command.StopPrice = Ticks(98 + random.NextInt64(15));
        if (command.Type.Follows()) command.Offset = Ticks(1 + random.NextInt64(4));
        return command;
    }

    private static void Clean(ref OrderCommand command)
    {
        command = command with
        {
            TimeInForce = TimeInForce.Gtc,
            Flags = OrderFlags.None,
            Trigger = TriggerSource.Default,
            DisplayQuantity = default,
            Protection = default,
            Peg = PegReference.None,
            Offset = default,
            ActivationPrice = default,
        };
        if (command.LimitPrice < Ticks(50)) command.LimitPrice = Ticks(105);
        if (command.StopPrice < Ticks(50)) command.StopPrice = Ticks(103);
    }

    private static Price Ticks(long ticks) => new(ticks * 10_000_000);
}
