using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Strategies;
using Xunit;

namespace MiniTrader.Tests.Strategies;

/// <summary>What a strategy writes arrives in its commands as it was meant.</summary>
public sealed class OrderDeskTests
{
    private static readonly InstrumentId _x = new(0);
    private readonly Ledger _ledger = new(new InstrumentTable([new Instrument { Symbol = "X", Venue = "SIM" }]), 1, new AccountOptions(), orderCapacity: 8);
    private readonly OrderDesk _desk;

    public OrderDeskTests() => _desk = new OrderDesk(_ledger, new(0));

    [Fact]
    public void Every_word_of_a_request_reaches_its_command()
    {
        _desk.Submit(new()
        {
            Instrument = _x,
            Side = OrderSide.Sell,
            Quantity = Quantity.FromUnits(5),
            Type = OrderType.TrailingStopLimit,
            StopPrice = Price.Parse("9.5"),
            Offset = Price.Parse("3"),
            LimitOffset = Price.Parse("2"),
            OffsetUnit = OffsetUnit.Ticks,
            ActivationPrice = Price.Parse("11"),
            Trigger = TriggerSource.Mid,
            Flags = OrderFlags.ReduceOnly,
            SelfTrade = SelfTradePrevention.CancelBoth,
            Parent = ClientOrderId.Create(7, 7),
            Release = ChildRelease.WhenFilled,
            Protection = Price.Parse("25"),
            ProtectionUnit = OffsetUnit.BasisPoints,
            DisplayQuantity = Quantity.FromUnits(1),
            Peg = PegReference.BestAsk,
            Tag = 4,
        });
        OrderCommand c = _desk.Commands[0];
        Assert.Equal((OrderType.TrailingStopLimit, Price.Parse("9.5"), Price.Parse("3"), Price.Parse("2")), (c.Type, c.StopPrice, c.Offset, c.LimitPrice));
        Assert.Equal((OffsetUnit.Ticks, Price.Parse("11"), TriggerSource.Mid, OrderFlags.ReduceOnly), (c.OffsetUnit, c.ActivationPrice, c.Trigger, c.Flags));
        Assert.Equal((SelfTradePrevention.CancelBoth, 7, ChildRelease.WhenFilled, 4), (c.SelfTrade, c.Parent.Slot, c.Release, c.Tag));
        Assert.Equal((Price.Parse("25"), OffsetUnit.BasisPoints, Quantity.FromUnits(1), PegReference.BestAsk), (c.Protection, c.ProtectionUnit, c.DisplayQuantity, c.Peg));
        Assert.Equal((0L, (byte)0, Contingency.None), (c.ListId, c.ListCount, c.Contingency));
    }

    [Fact]
    public void A_list_names_itself_and_its_parents()
    {
        Span<ClientOrderId> ids = stackalloc ClientOrderId[3];
        OrderRequest entry = new() { Instrument = _x, Side = OrderSide.Buy, Quantity = Quantity.FromUnits(10), LimitPrice = Price.Parse("10") };
        OrderRequest target = new()
        {
            Instrument = _x,
            Side = OrderSide.Sell,
            Quantity = Quantity.FromUnits(10),
            LimitPrice = Price.Parse("11"),
            ParentLeg = 0,
            Contingency = Contingency.Ouo,
        };
        OrderRequest stop = new()
        {
            Instrument = _x,
            Side = OrderSide.Sell,
            Quantity = Quantity.FromUnits(10),
            StopPrice = Price.Parse("9"),
            ParentLeg = 0,
            Contingency = Contingency.Ouo,
        };
        Assert.True(_desk.SubmitList([entry, target, stop], ids));
        for (int i = 0; i < 3; i++)
        {
            OrderCommand c = _desk.Commands[i];
            Assert.Equal((ids[i], ids[0].Value, (byte)3), (c.ClientOrderId, c.ListId, c.ListCount));
            Assert.Equal(i == 0 ? ClientOrderId.None : ids[0], c.Parent);
        }
    }

    [Fact]
    public void A_list_that_does_not_fit_is_not_written_at_all()
    {
        OrderRequest one = new() { Instrument = _x, Side = OrderSide.Buy, Quantity = Quantity.FromUnits(1) };
        ClientOrderId[] ids = new ClientOrderId[9];
        Assert.False(_desk.SubmitList([one, one, one, one, one, one, one, one, one], ids));
        Assert.Equal((0, 9L), (_desk.Count, _desk.Overflowed));
        Assert.True(_desk.SubmitList([one, one, one, one, one, one, one, one], ids));
        Assert.Equal(8, _desk.Count);
    }

    [Fact]
    public void A_list_that_makes_no_sense_is_refused_with_a_sentence()
    {
        OrderRequest one = new() { Instrument = _x, Side = OrderSide.Buy, Quantity = Quantity.FromUnits(1) };
        OrderRequest child = new() { Instrument = _x, Side = OrderSide.Buy, Quantity = Quantity.FromUnits(1), ParentLeg = 1 };
        Assert.Contains("names", Assert.Throws<ArgumentException>(() => _desk.SubmitList([one, one], new ClientOrderId[1])).Message, StringComparison.Ordinal);
        Assert.Contains("names", Assert.Throws<ArgumentException>(() => _desk.SubmitList([], new ClientOrderId[1])).Message, StringComparison.Ordinal);
        Assert.Contains("parent", Assert.Throws<ArgumentException>(() => _desk.SubmitList([one, child], new ClientOrderId[2])).Message, StringComparison.Ordinal);
        Assert.Contains("SubmitList", Assert.Throws<ArgumentException>(() => _desk.Submit(child)).Message, StringComparison.Ordinal);
        Assert.Contains("SubmitList", Assert.Throws<ArgumentException>(() => _desk.Submit(one with { Contingency = Contingency.Oco })).Message, StringComparison.Ordinal);
        Assert.Equal(0, _desk.Count);
    }

    [Fact]
    public void A_word_that_does_not_exist_is_named()
    {
        OrderRequest plain = new() { Instrument = _x, Side = OrderSide.Buy, Quantity = Quantity.FromUnits(1) };
        (OrderRequest Request, string Word)[] wrong =
        [
            (plain with { Side = (OrderSide)7 }, "OrderSide 7"),
            (plain with { Type = (OrderType)99 }, "OrderType 99"),
            (plain with { TimeInForce = (TimeInForce)77 }, "TimeInForce 77"),
            (plain with { Flags = OrderFlags.Hidden | (OrderFlags)64 }, "OrderFlags 68"),
            (plain with { Trigger = (TriggerSource)9 }, "TriggerSource 9"),
            (plain with { SelfTrade = (SelfTradePrevention)9 }, "SelfTradePrevention 9"),
            (plain with { Peg = (PegReference)9 }, "PegReference 9"),
            (plain with { OffsetUnit = (OffsetUnit)3 }, "OffsetUnit 3"),
            (plain with { ProtectionUnit = (OffsetUnit)3 }, "OffsetUnit 3"),
            (plain with { Contingency = (Contingency)3 }, "Contingency 3"),
            (plain with { Release = (ChildRelease)2 }, "ChildRelease 2"),
        ];
        foreach ((OrderRequest request, string word) in wrong)
            Assert.Contains($"the {word}, which does not exist", Assert.Throws<ArgumentOutOfRangeException>(() => _desk.Submit(request)).Message, StringComparison.Ordinal);
        Assert.Contains("TimeInForce 77", Assert.Throws<ArgumentOutOfRangeException>(() => _desk.BuyLimit(_x, plain.Quantity, Price.Parse("1"), (TimeInForce)77)).Message, StringComparison.Ordinal);
        Assert.Equal(0, _desk.Count);
    }

    [Fact]
    public void A_mass_cancel_is_one_message()
    {
        Assert.True(_desk.MassCancel(_x, OrderSide.Sell));
        Assert.True(_desk.MassCancel());
        Assert.Equal((CommandKind.CancelAll, _x, OrderSide.Sell, CommandCause.Strategy), (_desk.Commands[0].Kind, _desk.Commands[0].Instrument, _desk.Commands[0].Side, _desk.Commands[0].Cause));
        Assert.Equal((InstrumentId.None, OrderSide.None), (_desk.Commands[1].Instrument, _desk.Commands[1].Side));
    }

    [Fact]
    public void An_order_that_is_being_cancelled_is_not_cancelled_again()
    {
        ClientOrderId id = Sent(new() { Instrument = _x, Side = OrderSide.Buy, Quantity = Quantity.FromUnits(1), LimitPrice = Price.Parse("9") });
        Assert.True(_desk.Cancel(id));
        Assert.False(_desk.Cancel(id));
        OrderCommand cancel = Assert.Single(_desk.Commands.ToArray());
        _ledger.OnSent(in cancel);
        _desk.Clear();
        Assert.False(_desk.Cancel(id));
        Assert.Equal(0, _desk.Count);

        // The venue has answered that it could not: a new request says something again.
        Heard(id, ReportKind.CancelRejected);
        Assert.True(_desk.Cancel(id));
    }

    [Fact]
    public void A_replace_changes_the_one_price_that_the_order_has()
    {
        ClientOrderId trailing = Sent(new() { Instrument = _x, Side = OrderSide.Sell, Quantity = Quantity.FromUnits(1), Type = OrderType.TrailingStopLimit, Offset = Price.Parse("1"), LimitOffset = Price.Parse("0.2") });
        Assert.True(_desk.Replace(trailing, Quantity.FromUnits(2), Price.Parse("3")));
        Assert.Equal((Price.Parse("3"), Price.Parse("0.2")), (_desk.Commands[0].Offset, _desk.Commands[0].LimitPrice));
        _desk.Clear();

        // Once it has triggered it is a limit order, and the price is its limit.
        Heard(trailing, ReportKind.Triggered);
        Assert.True(_desk.Replace(trailing, Quantity.FromUnits(2), Price.Parse("10")));
        Assert.Equal((OrderType.Limit, Price.Zero, Price.Parse("10")), (_desk.Commands[0].Type, _desk.Commands[0].Offset, _desk.Commands[0].LimitPrice));
        _desk.Clear();

        ClientOrderId touched = Sent(new() { Instrument = _x, Side = OrderSide.Buy, Quantity = Quantity.FromUnits(1), Type = OrderType.MarketIfTouched, StopPrice = Price.Parse("9") });
        Assert.True(_desk.Replace(touched, Quantity.FromUnits(1), Price.Parse("8")));
        Assert.Equal(Price.Parse("8"), _desk.Commands[0].StopPrice);
    }

    private ClientOrderId Sent(in OrderRequest request)
    {
        ClientOrderId id = _desk.Submit(in request);
        OrderCommand command = _desk.Commands[^1];
        _ledger.Register(in command);
        _ledger.OnSent(in command);
        _desk.Clear();
        Heard(id, ReportKind.Accepted);
        return id;
    }

    private void Heard(ClientOrderId id, ReportKind kind) => _ledger.Apply(new ExecutionReport { ClientOrderId = id, Instrument = _x, Kind = kind });
}
