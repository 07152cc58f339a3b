using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.Risk;

/// <summary>What orders that depend on others count for, each figure worked by hand. Nothing is held where nothing is said.</summary>
public sealed class WorstCaseTests
{
    private const string NoOther = "max-order-notional=off,collar-bps=off,collar-ticks=off";

    private readonly RiskDesk _limited = Desk("max-position=100,");
    private readonly RiskDesk _cash = Desk("max-position=off,cash-account=0,");

    /// <summary>Of two purchases of 60 and 80 one can fill: 80, which leaves 20 of 100.</summary>
    [Theory]
    [InlineData(Contingency.Oco)]
    [InlineData(Contingency.Ouo)]
    public void Legs_of_which_one_ends_the_other_take_the_room_of_the_largest(Contingency contingency)
    {
        Assert.Equal(ReasonCode.None, _limited.Send(Leg(_limited, OrderSide.Buy, "60", "90", contingency)));
        OrderCommand larger = Leg(_limited, OrderSide.Buy, "80", "110", contingency);
        Assert.Equal(ReasonCode.None, _limited.Send(larger));
        Assert.Equal(ReasonCode.MaxPosition, _limited.Buy("21", "100"));
        Assert.Contains("value=101", _limited.Gate.ExplainLastDenial(), StringComparison.Ordinal);
        Assert.Equal(ReasonCode.None, _limited.Buy("20", "100"));
        Assert.Equal(ReasonCode.MaxPosition, _limited.Send(RiskDesk.Replace(larger.ClientOrderId, "81", "110")));
        Assert.Equal(ReasonCode.None, _limited.Send(RiskDesk.Replace(larger.ClientOrderId, "61", "110")));

        // The venue has not agreed: the pair still needs 80.
        Assert.Equal(ReasonCode.MaxPosition, _limited.Buy("1", "100"));
    }

    /// <summary>Legs on two sides are two worst cases: 100 bought or 100 sold.</summary>
    [Fact]
    public void Legs_of_both_sides_need_room_on_both()
    {
        Assert.Equal(ReasonCode.None, _limited.Send(Leg(_limited, OrderSide.Buy, "100", "90", Contingency.Oco)));
        Assert.Equal(ReasonCode.None, _limited.Send(Leg(_limited, OrderSide.Sell, "100", "110", Contingency.Oco)));
        Assert.Equal(ReasonCode.MaxPosition, _limited.Sell("1", "100"));
        Assert.Equal(ReasonCode.MaxPosition, _limited.Buy("1", "100"));
    }

    /// <summary>
    /// 50 are sold short. An entry of 100 with two exits: bought 50 at most, sold 50 as before, so 50 more may be bought and 50 sold. When 60 of the entry are filled, 10 are
    /// held; the exits may sell 100, of which the entry still brings 40: 60, so 50 short as before.
    /// </summary>
    [Fact]
    public void Exits_of_a_bracket_take_no_room_that_its_entry_has_not_made()
    {
        _limited.Fill(OrderSide.Sell, "50", "100");
        OrderCommand entry = Bracket(_limited, OrderSide.Buy, "100", "100");
        Assert.Equal(ReasonCode.MaxPosition, _limited.Sell("51", "100"));
        Assert.Equal(ReasonCode.MaxPosition, _limited.Buy("51", "100"));
        Assert.True(_limited.Report(entry.ClientOrderId, ReportKind.Fill, "60", "100"));
        Assert.Equal(ReasonCode.MaxPosition, _limited.Sell("51", "100"));
        Assert.Equal(ReasonCode.None, _limited.Sell("50", "100"));
        Assert.Equal(ReasonCode.MaxPosition, _limited.Sell("1", "100"));
    }

    /// <summary>
    /// An entry to sell 200 with exits to buy 100. Half of it fills and releases 50 of the exits, which can buy those before anything more is sold. With 150 bought beside them
    /// 50 are held, so that of 200 there is room for 100 more.
    /// </summary>
    [Fact]
    public void Exits_smaller_than_their_entry_count_with_what_it_has_released()
    {
        RiskDesk desk = Desk("max-position=200,");
        HalfFilledBracket(desk);
        desk.Fill(OrderSide.Buy, "150", "100");
        Assert.Equal(ReasonCode.MaxPosition, desk.Buy("101", "100"));
        Assert.Contains("value=201", desk.Gate.ExplainLastDenial(), StringComparison.Ordinal);
        Assert.Equal(ReasonCode.None, desk.Buy("100", "100"));
    }

    /// <summary>The same with an entry that is then enlarged to 1,000: of exits of which nobody knows the released part all 100 count, and there is room for 50.</summary>
    [Fact]
    public void Exits_of_an_entry_that_grew_after_a_fill_count_in_full()
    {
        RiskDesk desk = Desk("max-position=1000,");
        OrderCommand entry = HalfFilledBracket(desk);
        desk.Fill(OrderSide.Buy, "950", "100");
        Assert.Equal(ReasonCode.None, desk.Send(RiskDesk.Replace(entry.ClientOrderId, "1000", "100")));
        Assert.True(desk.Report(entry.ClientOrderId, ReportKind.Replaced, "1000", "100"));
        Assert.Equal(ReasonCode.MaxPosition, desk.Buy("51", "100"));
        Assert.Equal(ReasonCode.None, desk.Buy("50", "100"));
    }

    /// <summary>An exit of 100 that comes when half of the entry of 200 is sold waits for the other half, and counts nothing beside it.</summary>
    [Fact]
    public void What_was_filled_before_an_exit_came_releases_nothing_of_it()
    {
        RiskDesk desk = Desk("max-position=200,");
        OrderCommand entry = Leg(desk, OrderSide.Sell, "200", "100", Contingency.None);
        Assert.Equal(ReasonCode.None, desk.Send(entry));
        Assert.True(desk.Report(entry.ClientOrderId, ReportKind.Fill, "100", "100"));
        desk.Fill(OrderSide.Buy, "150", "100");
        Assert.Equal(ReasonCode.None, desk.Send(desk.Order(OrderSide.Buy, "100", "90") with { Parent = entry.ClientOrderId }));
        Assert.Equal(ReasonCode.MaxPosition, desk.Buy("151", "100"));
        Assert.Equal(ReasonCode.None, desk.Buy("150", "100"));
    }

    /// <summary>50 short and an entry of 100: cut to 49, the exits of 100 could sell 51 more than it brings, 101 short in all; cut to 50, 100.</summary>
    [Fact]
    public void An_entry_is_not_made_smaller_than_its_exits_beyond_the_limit()
    {
        _limited.Fill(OrderSide.Sell, "50", "100");
        OrderCommand entry = Bracket(_limited, OrderSide.Buy, "100", "100");
        Assert.Equal(ReasonCode.MaxPosition, _limited.Send(RiskDesk.Replace(entry.ClientOrderId, "49", "100")));
        Assert.Contains("value=101", _limited.Gate.ExplainLastDenial(), StringComparison.Ordinal);
        Assert.Equal(ReasonCode.None, _limited.Send(RiskDesk.Replace(entry.ClientOrderId, "50", "100")));

        // Until the venue has answered, nobody knows what the entry will bring: the exits count in full.
        Assert.Equal(ReasonCode.MaxPosition, _limited.Sell("1", "100"));
    }

    /// <summary>Two exits that do not end each other sell 200 for an entry of 100.</summary>
    [Fact]
    public void Exits_that_do_not_end_each_other_count_together()
    {
        OrderCommand entry = Leg(_limited, OrderSide.Buy, "100", "100", Contingency.None);
        OrderCommand exit = Leg(_limited, OrderSide.Sell, "100", "110", Contingency.None) with { Parent = entry.ClientOrderId };
        OrderCommand second = Leg(_limited, OrderSide.Sell, "101", "90", Contingency.None) with { Parent = entry.ClientOrderId };
        Assert.Equal(ReasonCode.None, _limited.Send(entry));
        Assert.Equal(ReasonCode.None, _limited.Send(exit));
        Assert.Equal(ReasonCode.MaxPosition, _limited.Send(second));
        second.Quantity = Quantity.FromUnits(100);
        Assert.Equal(ReasonCode.None, _limited.Send(second));
    }

    /// <summary>A child of the same side adds to its parent: 60 and 41 are more than 100.</summary>
    [Fact]
    public void A_child_of_the_same_side_counts_in_full()
    {
        OrderCommand entry = Leg(_limited, OrderSide.Buy, "60", "100", Contingency.None);
        Assert.Equal(ReasonCode.None, _limited.Send(entry));
        Assert.Equal(ReasonCode.MaxPosition, _limited.Send(Leg(_limited, OrderSide.Buy, "41", "90", Contingency.None) with { Parent = entry.ClientOrderId }));
        Assert.Equal(ReasonCode.None, _limited.Send(Leg(_limited, OrderSide.Buy, "40", "90", Contingency.None) with { Parent = entry.ClientOrderId }));
    }

    /// <summary>100 are held and 50 more on order with exits of 50: the 100 can be sold, and no more.</summary>
    [Fact]
    public void In_a_cash_account_exits_sell_only_what_their_entry_buys()
    {
        _cash.Fill(OrderSide.Buy, "100", "100");
        OrderCommand entry = Bracket(_cash, OrderSide.Buy, "50", "100");
        Assert.Equal(ReasonCode.InsufficientFunds, _cash.Sell("101", "120"));
        Assert.Equal(ReasonCode.None, _cash.Sell("100", "120"));
        Assert.True(_cash.Report(entry.ClientOrderId, ReportKind.Fill, "50", "100"));

        // 150 are held: 100 and the larger exit of 50 are on sale.
        Assert.Equal(ReasonCode.InsufficientFunds, _cash.Sell("1", "120"));
    }

    /// <summary>An exit of 51 for an entry of 50 would sell one that nobody has; so would an entry cut to 49.</summary>
    [Fact]
    public void In_a_cash_account_exits_are_no_larger_than_their_entry()
    {
        OrderCommand entry = Leg(_cash, OrderSide.Buy, "50", "100", Contingency.None);
        Assert.Equal(ReasonCode.None, _cash.Send(entry));
        OrderCommand exit = Leg(_cash, OrderSide.Sell, "51", "110", Contingency.None) with { Parent = entry.ClientOrderId };
        Assert.Equal(ReasonCode.InsufficientFunds, _cash.Send(exit));
        exit.Quantity = Quantity.FromUnits(50);
        Assert.Equal(ReasonCode.None, _cash.Send(exit));
        Assert.Equal(ReasonCode.InsufficientFunds, _cash.Send(RiskDesk.Replace(entry.ClientOrderId, "49", "100")));
        Assert.Equal(ReasonCode.None, _cash.Send(RiskDesk.Replace(entry.ClientOrderId, "60", "100")));
    }

    /// <summary>An exit that is added later is covered by what its entry still brings, less what other exits count on.</summary>
    [Fact]
    public void An_exit_that_comes_later_is_covered_by_what_is_left_of_its_entry()
    {
        OrderCommand entry = _cash.Order(OrderSide.Buy, "50", "100");
        Assert.Equal(ReasonCode.None, _cash.Send(entry));
        Assert.Equal(ReasonCode.None, _cash.Buy("1", "80"));
        OrderCommand exit = _cash.Order(OrderSide.Sell, "30", "110") with { Parent = entry.ClientOrderId };
        Assert.Equal(ReasonCode.None, _cash.Send(exit));
        Assert.Equal(ReasonCode.None, _cash.Buy("1", "81"));

        // The first exit counts in full now, because another order stands between; nothing is held to pay for that.
        Assert.Equal(ReasonCode.InsufficientFunds, _cash.Send(_cash.Order(OrderSide.Sell, "1", "111") with { Parent = entry.ClientOrderId }));
        Assert.Equal(ReasonCode.InsufficientFunds, _cash.Send(_cash.Order(OrderSide.Sell, "1", "111") with { Parent = ClientOrderId.Create(999, 9) }));
    }

    /// <summary>A loss of 100 · 10 stops the day; a pair of sales that closes 100 held once only makes the position smaller.</summary>
    [Fact]
    public void After_the_days_loss_a_pair_may_still_close_what_is_held()
    {
        RiskDesk desk = Desk("max-position=off,max-daily-loss=500,");
        desk.Gate.OnTime(desk.Now);
        desk.Fill(OrderSide.Buy, "100", "100");
        desk.Trade(RiskDesk.Spy, "90");
        Assert.Equal(ReasonCode.None, desk.Send(Leg(desk, OrderSide.Sell, "100", "95", Contingency.Oco)));
        Assert.Equal(ReasonCode.None, desk.Send(Leg(desk, OrderSide.Sell, "100", "85", Contingency.Oco)));
        Assert.Equal(ReasonCode.MaxDailyLoss, desk.Sell("1", "90"));
    }

    /// <summary>
    /// 100 are held with a reduce-only stop of 100. Once that has filled, what else is on sale starts from flat: 100 may be, not the 200 that bring 100 held to
    /// 100 short. After 100 are, a second reduce-only order changes nothing: both together sell no more than what is held.
    /// </summary>
    [Fact]
    public void What_a_reduce_only_order_takes_away_is_no_room_for_others()
    {
        _limited.Fill(OrderSide.Buy, "100", "100");
        Assert.Equal(ReasonCode.None, _limited.Send(_limited.Order(OrderSide.Sell, "100", "90") with { Flags = OrderFlags.ReduceOnly }));
        Assert.Equal(ReasonCode.MaxPosition, _limited.Sell("101", "110"));
        Assert.Contains("value=101", _limited.Gate.ExplainLastDenial(), StringComparison.Ordinal);
        Assert.Equal(ReasonCode.None, _limited.Sell("100", "110"));
        Assert.Equal(ReasonCode.None, _limited.Send(_limited.Order(OrderSide.Sell, "100", "89") with { Flags = OrderFlags.ReduceOnly }));
    }

    /// <summary>The same the other way round: 100 held and 150 on sale leave room for 50 that only reduce.</summary>
    [Fact]
    public void A_reduce_only_order_leaves_others_their_room()
    {
        _limited.Fill(OrderSide.Buy, "100", "100");
        Assert.Equal(ReasonCode.None, _limited.Sell("150", "110"));
        Assert.Equal(ReasonCode.MaxPosition, _limited.Send(_limited.Order(OrderSide.Sell, "51", "90") with { Flags = OrderFlags.ReduceOnly }));
        Assert.Equal(ReasonCode.None, _limited.Send(_limited.Order(OrderSide.Sell, "50", "90") with { Flags = OrderFlags.ReduceOnly }));
    }

    /// <summary>100 are held and on sale by a reduce-only stop: another sale would be of shares that nobody has, unless it only reduces as well.</summary>
    [Fact]
    public void In_a_cash_account_nothing_is_sold_beside_what_reduces()
    {
        _cash.Fill(OrderSide.Buy, "100", "100");
        Assert.Equal(ReasonCode.None, _cash.Send(_cash.Order(OrderSide.Sell, "60", "90") with { Flags = OrderFlags.ReduceOnly }));
        Assert.Equal(ReasonCode.InsufficientFunds, _cash.Sell("41", "110"));
        Assert.Equal(ReasonCode.None, _cash.Sell("40", "110"));
        Assert.Equal(ReasonCode.InsufficientFunds, _cash.Send(_cash.Order(OrderSide.Sell, "1", "90") with { Flags = OrderFlags.ReduceOnly }));
    }

    /// <summary>After the day's loss what is held may be closed without first cancelling the exits that would do the same.</summary>
    [Fact]
    public void After_the_days_loss_exits_do_not_hinder_who_closes()
    {
        RiskDesk desk = Desk("max-position=off,max-daily-loss=500,");
        desk.Gate.OnTime(desk.Now);
        desk.Fill(OrderSide.Buy, "100", "100");
        Assert.Equal(ReasonCode.None, desk.Send(desk.Order(OrderSide.Sell, "100", "80") with { Flags = OrderFlags.ReduceOnly }));
        desk.Trade(RiskDesk.Spy, "90");
        Assert.Equal(ReasonCode.None, desk.Sell("100", "90"));
        Assert.Equal(ReasonCode.MaxDailyLoss, desk.Sell("1", "90"));
    }

    private static RiskDesk Desk(string limits)
    {
        RiskDesk desk = new(limits + NoOther);
        desk.Trade(RiskDesk.Spy, "100");
        return desk;
    }

    private static OrderCommand Leg(RiskDesk desk, OrderSide side, string quantity, string limit, Contingency contingency) =>
        desk.Order(side, quantity, limit) with { Contingency = contingency, ListId = 7, ListCount = 3 };

    /// <summary>Sends an entry to sell 200 and two exits to buy 100, and fills half of the entry.</summary>
    private static OrderCommand HalfFilledBracket(RiskDesk desk)
    {
        OrderCommand entry = Leg(desk, OrderSide.Sell, "200", "100", Contingency.None);
        Assert.Equal(ReasonCode.None, desk.Send(entry));
        Assert.Equal(ReasonCode.None, desk.Send(Leg(desk, OrderSide.Buy, "100", "90", Contingency.Ouo) with { Parent = entry.ClientOrderId }));
        Assert.Equal(ReasonCode.None, desk.Send(Leg(desk, OrderSide.Buy, "100", "110", Contingency.Ouo) with { Parent = entry.ClientOrderId }));
        Assert.True(desk.Report(entry.ClientOrderId, ReportKind.Fill, "100", "100"));
        return entry;
    }

    /// <summary>Sends an entry and two exits of its quantity, all of which must pass.</summary>
    private static OrderCommand Bracket(RiskDesk desk, OrderSide side, string quantity, string limit)
    {
        OrderCommand entry = Leg(desk, side, quantity, limit, Contingency.None);
        Assert.Equal(ReasonCode.None, desk.Send(entry));
        Assert.Equal(ReasonCode.None, desk.Send(Leg(desk, side.Opposite(), quantity, "110", Contingency.Ouo) with { Parent = entry.ClientOrderId }));
        Assert.Equal(ReasonCode.None, desk.Send(Leg(desk, side.Opposite(), quantity, "90", Contingency.Ouo) with { Parent = entry.ClientOrderId }));
        return entry;
    }
}
