using System.Globalization;
using MiniTrader.Model;

namespace MiniTrader.Scenarios;

/// <summary>Turns the words of a scenario's lines into commands.</summary>
internal static class OrderReader
{
    /// <summary>
    /// <c>buy #1 100 X market</c>, <c>sell #2 100 X limit 10.02 day post-only</c>, <c>buy #3 100 X stop-limit 10.05 10.10</c>,
    /// <c>replace #1 200 limit 10.01</c>, <c>cancel #1</c>, <c>cancel-all X sells</c>.
    /// </summary>
    public static OrderCommand Read(Timestamp time, string verb, string[] words, InstrumentTable table)
    {
        OrderCommand command = default;
        command.SentTime = time;
        command.Instrument = InstrumentId.None;
        command.Kind = verb switch
        {
            "buy" or "sell" => CommandKind.New,
            "replace" => CommandKind.Replace,
            "cancel" => CommandKind.Cancel,
            _ => CommandKind.CancelAll,
        };
        int next = 0;
        if (command.Kind != CommandKind.CancelAll)
        {
            command.ClientOrderId = Id(words[next++]);
            if (command.Kind == CommandKind.Cancel) return command;
            command.Quantity = Quantity.Parse(words[next++]);
        }

        if (command.Kind == CommandKind.New)
        {
            command.Side = verb == "buy" ? OrderSide.Buy : OrderSide.Sell;
            command.Instrument = table.Find(words[next++]);
        }

        for (; next < words.Length; next++)
        {
            if (command.Kind == CommandKind.CancelAll) ApplyToCancel(ref command, words[next], table);
            else if (!TryType(ref command, words, ref next) && !TryCondition(ref command, words, ref next)) Apply(ref command, words, ref next);
        }

        return command;
    }

    private static void ApplyToCancel(ref OrderCommand command, string word, InstrumentTable table)
    {
        if (word == "buys") command.Side = OrderSide.Buy;
        else if (word == "sells") command.Side = OrderSide.Sell;
        else if (word == "kill-switch") command.Cause = CommandCause.KillSwitch;
        else if (word == "margin-call") command.Cause = CommandCause.MarginCall;
        else if (word.StartsWith("strategy=", StringComparison.Ordinal)) command.Strategy = Strategy(word);
        else command.Instrument = table.Find(word);
    }

    private static bool TryType(ref OrderCommand command, string[] words, ref int next)
    {
        switch (words[next])
        {
            case "market": command.Type = OrderType.Market; break;
            case "market-to-limit": command.Type = OrderType.MarketToLimit; break;
            case "limit": (command.Type, command.LimitPrice) = (OrderType.Limit, Price.Parse(words[++next])); break;
            case "stop": (command.Type, command.StopPrice) = (OrderType.Stop, Price.Parse(words[++next])); break;
            case "stop-limit": (command.Type, command.StopPrice, command.LimitPrice) = (OrderType.StopLimit, Price.Parse(words[++next]), Price.Parse(words[++next])); break;
            case "market-if-touched": (command.Type, command.StopPrice) = (OrderType.MarketIfTouched, Price.Parse(words[++next])); break;
            case "limit-if-touched": (command.Type, command.StopPrice, command.LimitPrice) = (OrderType.LimitIfTouched, Price.Parse(words[++next]), Price.Parse(words[++next])); break;
            case "trailing-stop":
                command.Type = OrderType.TrailingStop;
                (command.Offset, command.OffsetUnit) = Distance(words[++next]);
                break;
            case "trailing-stop-limit":
                command.Type = OrderType.TrailingStopLimit;
                (command.Offset, command.OffsetUnit) = Distance(words[++next]);
                command.LimitPrice = Distance(words[++next]).Amount;
                break;
            case "pegged":
                command.Type = OrderType.Pegged;
                command.Peg = words[++next] switch { "bid" => PegReference.BestBid, "ask" => PegReference.BestAsk, "mid" => PegReference.Mid, string w => throw new FormatException($"'{w}' is no peg.") };
                (command.Offset, command.OffsetUnit) = Distance(words[++next]);
                break;
            default: return false;
        }

        return true;
    }

    private static bool TryCondition(ref OrderCommand command, string[] words, ref int next)
    {
        string word = words[next];
        if (word.StartsWith("strategy=", StringComparison.Ordinal)) command.Strategy = Strategy(word);
        else if (word.StartsWith("list=", StringComparison.Ordinal)) (command.ListId, command.ListCount) = List(word);
        else if (word.StartsWith("child-of=#", StringComparison.Ordinal)) command.Parent = Id(word["child-of=".Length..]);
        else if (word.StartsWith("self-trade=", StringComparison.Ordinal))
            command.SelfTrade = Enum.Parse<SelfTradePrevention>(word["self-trade=".Length..].Replace("-", "", StringComparison.Ordinal), true);
        else if (word.StartsWith("protection=", StringComparison.Ordinal)) (command.Protection, command.ProtectionUnit) = Distance(word["protection=".Length..]);
        else if (word.StartsWith("activation=", StringComparison.Ordinal)) command.ActivationPrice = Price.Parse(word.AsSpan("activation=".Length));
        else if (word.StartsWith("first=", StringComparison.Ordinal)) command.StopPrice = Price.Parse(word.AsSpan("first=".Length));
        else if (word.StartsWith("cap=", StringComparison.Ordinal)) command.LimitPrice = Price.Parse(word.AsSpan("cap=".Length));
        else if (word == "oco") command.Contingency = Contingency.Oco;
        else if (word == "ouo") command.Contingency = Contingency.Ouo;
        else if (word == "when-filled") command.Release = ChildRelease.WhenFilled;
        else return false;
        return true;
    }

    private static void Apply(ref OrderCommand command, string[] words, ref int next)
    {
        switch (words[next])
        {
            case "gtc": command.TimeInForce = TimeInForce.Gtc; break;
            case "day": command.TimeInForce = TimeInForce.Day; break;
            case "ioc": command.TimeInForce = TimeInForce.Ioc; break;
            case "fok": command.TimeInForce = TimeInForce.Fok; break;
            case "at-open": command.TimeInForce = TimeInForce.AtOpen; break;
            case "at-close": command.TimeInForce = TimeInForce.AtClose; break;
            case "gtd": (command.TimeInForce, command.ExpireTime) = (TimeInForce.Gtd, ScenarioClock.Parse(words[++next])); break;
            case "post-only": command.Flags |= OrderFlags.PostOnly; break;
            case "post-only-reprice": command.Flags |= OrderFlags.PostOnlyReprice; break;
            case "reduce-only": command.Flags |= OrderFlags.ReduceOnly; break;
            case "hidden": command.Flags |= OrderFlags.Hidden; break;
            case "offset": (command.Offset, command.OffsetUnit) = Distance(words[++next]); break;
            case "display": command.DisplayQuantity = Quantity.Parse(words[++next]); break;
            case "on-bid-ask": command.Trigger = TriggerSource.BidAsk; break;
            case "on-last": command.Trigger = TriggerSource.Last; break;
            case "on-double-last": command.Trigger = TriggerSource.DoubleLast; break;
            case "on-mid": command.Trigger = TriggerSource.Mid; break;
            case "on-mark": command.Trigger = TriggerSource.Mark; break;
            default: throw new FormatException($"'{words[next]}' is nothing that an order has.");
        }
    }

    /// <summary><c>0.05</c>, <c>3ticks</c> or <c>25bps</c>.</summary>
    private static (Price Amount, OffsetUnit Unit) Distance(string word)
    {
        if (word.EndsWith("ticks", StringComparison.Ordinal)) return (Price.Parse(word.AsSpan(0, word.Length - "ticks".Length)), OffsetUnit.Ticks);
        return word.EndsWith("bps", StringComparison.Ordinal)
            ? (Price.Parse(word.AsSpan(0, word.Length - "bps".Length)), OffsetUnit.BasisPoints)
            : (Price.Parse(word), OffsetUnit.Price);
    }

    /// <summary><c>list=7/3</c>: of list 7, which has three orders.</summary>
    private static (long Id, byte Count) List(string word)
    {
        string[] parts = word["list=".Length..].Split('/');
        return (long.Parse(parts[0], CultureInfo.InvariantCulture), byte.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    private static StrategyId Strategy(string word) => new(ushort.Parse(word.AsSpan("strategy=".Length), CultureInfo.InvariantCulture));

    private static ClientOrderId Id(string word)
    {
        long sequence = long.Parse(word.AsSpan(1), CultureInfo.InvariantCulture);
        return ClientOrderId.Create(sequence, (int)sequence);
    }
}
