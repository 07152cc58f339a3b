using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Risk;
using Xunit;

namespace MiniTrader.Tests.Risk;

/// <summary>Which orders mend an account that was called, worked out by hand. Maintenance is 20 %, initial 25 %.</summary>
public sealed class MarginRuleTests
{
    private readonly Ledger _ledger = new(
        new InstrumentTable([new Instrument { Symbol = "A", Venue = "SIM" }, new Instrument { Symbol = "B", Venue = "SIM", LotSize = Quantity.FromUnits(10) }]),
        strategyCount: 3,
        new AccountOptions { InitialCash = 100m });

    private readonly OrderCommand[] _orders = new OrderCommand[8];

    /// <summary>
    /// −10 of the first strategy, 20 of the second: the account holds 10. At 40 it is worth 100 and holds 400, exactly the initial margin; at 20 it has lost
    /// 200 and may hold nothing, so that the 10 are sold, by the second strategy. A purchase by the first would add to what the account holds.
    /// </summary>
    [Fact]
    public void Of_strategies_that_hold_against_each_other_only_those_on_the_accounts_side_are_reduced()
    {
        Hold(0, 0, -10, "40");
        Hold(1, 0, 20, "40");
        Mark(0, "20");
        Assert.Equal([(1, OrderSide.Sell, 10L)], Plan());
    }

    [Fact]
    public void A_short_account_is_reduced_by_its_shorts()
    {
        Hold(0, 0, 15, "40");
        Hold(1, 0, -20, "40");
        Hold(2, 0, -5, "40");
        Mark(0, "60");

        // It owes 10 × 60 and has lost 200: 10 are bought, all of it by the first of the shorts.
        Assert.Equal([(1, OrderSide.Buy, 10L)], Plan());
    }

    [Fact]
    public void The_account_is_never_turned_by_positions_that_are_larger_than_its_own()
    {
        Hold(0, 0, 4, "40");
        Hold(1, 0, -30, "40");
        Hold(2, 0, 36, "40");
        Mark(0, "20");

        // 10 in all: 4 of the first, 6 of the third.
        Assert.Equal([(0, OrderSide.Sell, 4L), (2, OrderSide.Sell, 6L)], Plan());
    }

    [Fact]
    public void Strategies_that_hold_each_other_flat_need_no_margin()
    {
        Hold(0, 0, -10, "40");
        Hold(1, 0, 10, "40");
        Mark(0, "90");
        Assert.False(new MarginRule(_ledger, Options).IsCalled(out _));
        Assert.Empty(Plan());
    }

    [Fact]
    public void The_largest_position_goes_first_in_whole_lots_and_no_further_than_needed()
    {
        Hold(0, 0, 10, "10");
        Hold(0, 1, 40, "10");
        Mark(0, "10");
        Mark(1, "9");

        // Worth 60, it may hold 240 of its 460: 220 ÷ 9 = 24.4 of B, in tens 30.
        Assert.Equal([(0, OrderSide.Sell, 30L)], Plan());
    }

    private static MarginOptions Options => new() { Maintenance = 0.20m, Initial = 0.25m };

    private List<(int Strategy, OrderSide Side, long Quantity)> Plan()
    {
        int count = new MarginRule(_ledger, Options).Plan(_orders);
        return [.. _orders.Take(count).Select(o => ((int)o.Strategy.Index, o.Side, o.Quantity.Raw / FixedPoint.One))];
    }

    private void Hold(int strategy, int instrument, long units, string price)
    {
        Assert.True(_ledger.Orders.TryReserve(out ClientOrderId id));
        OrderCommand command = new()
        {
            Kind = CommandKind.New,
            ClientOrderId = id,
            Strategy = new((ushort)strategy),
            Instrument = new(instrument),
            Side = units > 0 ? OrderSide.Buy : OrderSide.Sell,
            Type = OrderType.Market,
            Quantity = Quantity.FromUnits(Math.Abs(units)),
        };
        _ledger.Register(in command);
        _ledger.OnSent(in command);
        ExecutionReport fill = new()
        {
            Kind = ReportKind.Fill,
            ClientOrderId = id,
            Strategy = command.Strategy,
            Instrument = command.Instrument,
            Side = command.Side,
            LastQuantity = command.Quantity,
            LastPrice = Price.Parse(price),
        };
        Assert.True(_ledger.Apply(in fill));
    }

    private void Mark(int instrument, string price)
    {
        MarketEvent e = default;
        e.Header.Kind = EventKind.Trade;
        e.Header.Instrument = new(instrument);
        e.Header.Flags = EventFlags.ForBoth;
        (e.Trade.Price, e.Trade.Size) = (Price.Parse(price), Quantity.FromUnits(1));
        _ledger.Marks.Observe(in e);
    }
}
