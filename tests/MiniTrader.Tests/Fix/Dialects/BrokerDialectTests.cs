using System.Globalization;
using MiniTrader.Fix;
using MiniTrader.Model;
using MiniTrader.Tests.Fix.Brokers;
using Xunit;

namespace MiniTrader.Tests.Fix;

/// <summary>
/// Each dialect, configured from a settings file, over a socket against a broker that judges every message by the broker's public document and answers in its
/// own shapes.
/// </summary>
public sealed class BrokerDialectTests
{
    public static TheoryData<string> Names => [.. FixDialects.All.Select(dialect => dialect.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_order_that_a_dialect_claims_is_taken_and_its_fills_are_booked(string name)
    {
        using BrokerClient client = new(Broker(name));
        client.LogOn();
        client.Rules.Dialect.Check(client.Settings);
        TakeQuestions(client);
        foreach (OrderType type in client.Rules.Dialect.OrderTypes.Keys)
        {
            foreach (TimeInForce time in client.Rules.Dialect.TimesInForce.Keys.Where(time => IsSaid(client.Rules.Dialect, type, time)))
            {
                foreach (OrderSide side in (OrderSide[])[OrderSide.Buy, OrderSide.Sell]) TradeInTwoParts(client, client.Send(type, time, side));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_a_dialect_does_not_claim_is_refused_here_and_never_sent(string name)
    {
        using BrokerClient client = new(Broker(name));
        client.LogOn();
        TakeQuestions(client);
        FixDialect dialect = client.Rules.Dialect;
        foreach (OrderType type in Enum.GetValues<OrderType>())
        {
            foreach (TimeInForce time in Enum.GetValues<TimeInForce>())
            {
                if (dialect.OrderTypes.ContainsKey(type) && IsSaid(dialect, type, time)) continue;
                client.Send(type, time);
                ReasonCode reason = dialect.OrderTypes.ContainsKey(type) ? ReasonCode.UnsupportedTimeInForce : ReasonCode.UnsupportedOrderType;
                Assert.Equal(reason, client.Take(ReportKind.Rejected).Reason);
            }
        }

        Assert.Empty(client.Broker.Requests);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Post_only_reduce_only_and_iceberg_orders_are_taken_where_they_are_known(string name)
    {
        using BrokerClient client = new(Broker(name));
        client.LogOn();
        TakeQuestions(client);
        FixDialect dialect = client.Rules.Dialect;
        (bool IsKnown, OrderFlags Flags, Quantity Display)[] orders =
        [
            (dialect.PostOnly != PostOnlyStyle.None, OrderFlags.PostOnly, default), (dialect.HasReduceOnly, OrderFlags.ReduceOnly, default),
            (dialect.PostOnly != PostOnlyStyle.None && dialect.HasReduceOnly, OrderFlags.PostOnly | OrderFlags.ReduceOnly, default),
            (dialect.DisplayQuantityTag != 0, OrderFlags.None, Quantity.FromUnits(20)), (false, OrderFlags.Hidden, default),
        ];
        foreach ((bool isKnown, OrderFlags flags, Quantity display) in orders)
        {
            OrderCommand command = client.Send(OrderType.Limit, TimeInForce.Gtc, OrderSide.Sell, flags, display);
            if (isKnown) TradeInTwoParts(client, command);
            else Assert.Equal(ReasonCode.UnsupportedFlag, client.Take(ReportKind.Rejected).Reason);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Orders_are_replaced_where_they_can_be_and_cancelled_or_not(string name)
    {
        using BrokerClient client = new(Broker(name));
        client.LogOn();
        TakeQuestions(client);
        foreach (OrderType type in client.Rules.Dialect.OrderTypes.Keys.Where(type => type is OrderType.Limit or OrderType.Stop or OrderType.StopLimit))
        {
            OrderCommand command = client.Send(type, TimeInForce.Gtc);
            BrokerOrder order = client.Accepted(command);
            bool isReplaceable = client.Rules.Dialect.HasReplace && (client.Rules.Dialect.ReplaceableTypes.Count == 0 || client.Rules.Dialect.ReplaceableTypes.Contains(type));
            OrderCommand replace = command with { Kind = CommandKind.Replace, Quantity = Quantity.FromUnits(60), LimitPrice = BrokerClient.HasLimit(type) ? Price.Parse("101.25") : Price.Zero };
            client.Send(replace);
            if (isReplaceable) Replace(client, order, replace);
            else client.Take(ReportKind.ReplaceRejected);

            client.Say(client.Rules.Filled(order, 10, 100.5m));
            ExecutionReport fill = client.Take(ReportKind.Fill);
            Assert.Equal((Price.Parse("100.5"), Quantity.FromUnits(10), Quantity.FromUnits(isReplaceable ? 50 : 90)), (fill.LastPrice, fill.LastQuantity, fill.Leaves));

            client.Send(command with { Kind = CommandKind.Cancel });
            client.Say(client.Rules.Refused(order, client.TakeRequest("F")));
            client.Take(ReportKind.CancelRejected);

            client.Send(command with { Kind = CommandKind.Cancel });
            client.Say(client.Rules.Cancelled(order, client.TakeRequest("F")));
            ExecutionReport cancelled = client.Take(ReportKind.Cancelled);
            Assert.Equal((ReasonCode.UserRequested, Quantity.FromUnits(10), Quantity.Zero), (cancelled.Reason, cancelled.Filled, cancelled.Leaves));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_venue_refuses_an_order_and_ends_another_unasked(string name)
    {
        using BrokerClient client = new(Broker(name));
        client.LogOn();
        TakeQuestions(client);
        OrderCommand refused = client.Send(OrderType.Limit, TimeInForce.Gtc);
        client.Say(client.Rules.Rejected(client.TakeRequest("D")));
        Assert.Equal(refused.ClientOrderId, client.Take(ReportKind.Rejected).ClientOrderId);

        BrokerOrder order = client.Accepted(client.Send(OrderType.Limit, TimeInForce.Gtc));
        client.Say(client.Rules.Cancelled(order, request: null));
        Assert.Equal(ReasonCode.VenueDecision, client.Take(ReportKind.Cancelled).Reason);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_logon_with_a_wrong_secret_or_setting_is_refused_by_the_broker(string name)
    {
        List<(string Change, string Reason)> changes = [.. Broker(name).RefusedSettings];
        if (Broker(name).WrongSecret.Length > 0) changes.Add((BrokerClient.WrongKey, name switch { "binance" => "Signature", "coinbase" => "signature", _ => "credentials" }));
        foreach ((string change, string reason) in changes)
        {
            using BrokerClient client = new(Broker(name), change);
            string heard = client.UntilRefused();
            Assert.Contains(reason, client.Broker.Violations[0], StringComparison.Ordinal);
            Assert.Contains(reason, heard, StringComparison.Ordinal);
            Assert.Contains("logout", heard, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_the_broker_would_refuse_for_its_settings_is_said_before_anything_connects(string name)
    {
        foreach ((string change, string reason) in Broker(name).RefusedSettings)
        {
            using BrokerClient client = new(Broker(name), change);
            FixDialect dialect = client.Rules.Dialect;

            // Whether a secret is the right one only the broker knows; the standard demands nothing.
            if (change.Contains("secret:", StringComparison.Ordinal) || change is "Username=trader" or "Username=another" || name is "fix42" or "fix44") dialect.Check(client.Settings);
            else Assert.Contains(change[..change.IndexOf('=', StringComparison.Ordinal)], Assert.Throws<FixSettingsException>(() => dialect.Check(client.Settings)).Message, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_broker_refuses_each_message_that_lacks_a_field_or_has_one_too_many(string name)
    {
        BrokerRules rules = Broker(name);
        using BrokerClient client = new(rules);
        client.LogOn();
        TakeQuestions(client);
        OrderCommand command = client.Send(OrderType.Limit, rules.Dialect.TimesInForce.Keys.First(time => IsSaid(rules.Dialect, OrderType.Limit, time)));
        BrokerOrder order = client.Accepted(command);
        client.Send(command with { Kind = CommandKind.Cancel });
        foreach (BrokerMessage message in (BrokerMessage[])[client.Broker.LastLogon!, order.Request, client.TakeRequest("F")])
        {
            if (message.Type != "A") Assert.Null(rules.Judge(message));
            foreach (int tag in rules.Messages[message.Type].RequiredTags) Assert.NotNull(rules.Judge(message.Without(tag)));
            Assert.Contains("not defined", rules.Judge(message.With(21_999, "1")), StringComparison.Ordinal);
            Assert.NotNull(rules.Judge(message.With(8, "FIX.4.1")));
        }

        Assert.NotNull(rules.Judge(order.Request.With(54, "7")));
        Assert.NotNull(rules.Judge(order.Request.With(40, "Z")));
        Assert.NotNull(rules.Judge(order.Request.With(99, "1")));
        Assert.NotNull(rules.Judge(order.Request.Without(44)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void After_a_broken_connection_the_venue_is_asked_in_its_own_way(string name)
    {
        using BrokerClient client = new(Broker(name));
        client.LogOn();
        TakeQuestions(client);
        OrderCommand partly = client.Send(OrderType.Limit, TimeInForce.Gtc);
        BrokerOrder order = client.Accepted(partly);
        client.Send(partly with { Kind = CommandKind.Cancel });
        client.TakeRequest("F");
        client.Reconnect(meanwhile: () => client.Rules.Filled(order, 40, 100.25m));
        FixDialect dialect = client.Rules.Dialect;
        if (dialect.OrderStatus == OrderStatusStyle.None && !dialect.HasMassStatus) return;
        client.Say(client.Rules.Status(order, client.TakeRequest(dialect.HasMassStatus || dialect.OrderStatus == OrderStatusStyle.MassOfOne ? "AF" : "H")));

        // The cancel was lost with the connection, and a fill was not told.
        Assert.Equal(ReasonCode.TechnicalReject, client.Take(ReportKind.CancelRejected).Reason);
        ExecutionReport fill = client.Take(ReportKind.Fill);
        Assert.Equal((Price.Parse("100.25"), Quantity.FromUnits(40), Quantity.FromUnits(60)), (fill.LastPrice, fill.LastQuantity, fill.Leaves));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_order_that_the_venue_no_longer_knows_is_over(string name)
    {
        using BrokerClient client = new(Broker(name));
        client.LogOn();
        TakeQuestions(client);
        client.Accepted(client.Send(OrderType.Limit, TimeInForce.Gtc));
        client.Reconnect(meanwhile: () => { });
        FixDialect dialect = client.Rules.Dialect;
        if (dialect.HasMassStatus && name != "fix44") client.Say(client.Rules.UnknownOrder(client.TakeRequest("AF")));
        else if (name == "fix44") client.Say($"35=8|37=NONE|17=Z|150=I|39=8|55=X|54=1|38=0|151=0|14=0|6=0|584={client.TakeRequest("AF")[584]}|911=1|912=Y|");
        if (dialect.OrderStatus != OrderStatusStyle.Request) return;
        client.Say(client.Rules.UnknownOrder(client.TakeRequest("H")));
        Assert.Equal(ReasonCode.VenueUnknownOrder, client.Take(ReportKind.Cancelled).Reason);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_replace_that_was_done_while_the_connection_was_gone_is_told(string name)
    {
        using BrokerClient client = new(Broker(name));
        if (!client.Rules.Dialect.HasReplace) return;
        client.LogOn();
        TakeQuestions(client);
        OrderCommand command = client.Send(OrderType.Limit, TimeInForce.Gtc);
        BrokerOrder order = client.Accepted(command);
        client.Send(command with { Kind = CommandKind.Replace, Quantity = Quantity.FromUnits(60), LimitPrice = Price.Parse("101.25") });
        BrokerMessage request = client.TakeRequest("G");
        client.Reconnect(meanwhile: () => client.Rules.Replaced(order, request));
        if (name is not ("ctrader" or "deribit" or "fix44")) order.Name = request[41];
        client.Say(client.Rules.Status(order, client.TakeRequest(client.Rules.Dialect.HasMassStatus || client.Rules.Dialect.OrderStatus == OrderStatusStyle.MassOfOne ? "AF" : "H")));
        ExecutionReport replaced = client.Take(ReportKind.Replaced);
        Assert.Equal(Quantity.FromUnits(60), replaced.LastQuantity);
        client.AssertNoReport();
    }

    private static void Replace(BrokerClient client, BrokerOrder order, OrderCommand replace)
    {
        client.Say(client.Rules.Refused(order, client.TakeRequest("G")));
        client.Take(ReportKind.ReplaceRejected);
        client.Send(replace);
        client.Say(client.Rules.Replaced(order, client.TakeRequest("G")));
        ExecutionReport replaced = client.Take(ReportKind.Replaced);
        Price price = replace.LimitPrice.IsZero ? replace.StopPrice : replace.LimitPrice;
        Assert.Equal((Quantity.FromUnits(60), price), (replaced.LastQuantity, replaced.LastPrice));
    }

    /// <summary>40 at 100.5 and 60 at 101: a broker that states averages states 100.5 and 100.8.</summary>
    private static void TradeInTwoParts(BrokerClient client, OrderCommand command)
    {
        BrokerOrder order = client.Accepted(command);
        Assert.Equal(command.Side == OrderSide.Buy ? "1" : "2", order.Request[54]);
        Assert.Equal("100", order.Request[38]);
        client.Say(client.Rules.Filled(order, 40, 100.5m));
        client.Say(client.Rules.Filled(order, 60, 101m));
        ExecutionReport first = client.Take(ReportKind.Fill), last = client.Take(ReportKind.Fill);
        Assert.Equal((command.ClientOrderId, Price.Parse("100.5"), Quantity.FromUnits(40), Quantity.FromUnits(60)), (first.ClientOrderId, first.LastPrice, first.LastQuantity, first.Leaves));
        Assert.Equal((Price.Parse("101"), Quantity.FromUnits(60), Quantity.FromUnits(100), Quantity.Zero), (last.LastPrice, last.LastQuantity, last.Filled, last.Leaves));
        (decimal fee, LiquiditySide liquidity) = client.Rules.Dialect.Name switch
        {
            "binance" => (4.02m, LiquiditySide.Taker),
            "coinbase" => (4.02m, LiquiditySide.Maker),
            _ => (0m, LiquiditySide.None),
        };
        Assert.Equal((fee, liquidity), (first.Fee, first.Liquidity));
        client.AssertNoReport();
    }

    /// <summary>What a client asks at its logon without orders: its positions, and they are known when the answer is in.</summary>
    private static void TakeQuestions(BrokerClient client)
    {
        if (client.Rules.Dialect.Positions == PositionRequestStyle.None) return;
        client.Until(() => client.Orders.Positions.NetOf(new InstrumentId(0)) == Quantity.FromUnits(30));
    }

    private static bool IsSaid(FixDialect dialect, OrderType type, TimeInForce time) =>
        dialect.TimesOfTypes.TryGetValue(type, out IReadOnlyList<TimeInForce>? times) ? times.Contains(time) : dialect.TimesInForce.ContainsKey(time);

    private static BrokerRules Broker(string name) => name switch
    {
        "ctrader" => new CTraderBroker(),
        "lmax" => new LmaxBroker(),
        "binance" => new BinanceBroker(),
        "coinbase" => new CoinbaseBroker(),
        "deribit" => new DeribitBroker(),
        _ => new StandardBroker(FixDialects.Find(name)),
    };
}
