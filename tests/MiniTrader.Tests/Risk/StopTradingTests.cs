using MiniTrader.Model;
using MiniTrader.Risk;
using Xunit;

namespace MiniTrader.Tests.Risk;

/// <summary>The day's loss and the kill switch.</summary>
public sealed class StopTradingTests
{
    [Fact]
    public void A_loss_equal_to_the_limit_is_allowed_and_a_cent_more_is_not()
    {
        RiskDesk desk = Holding("max-daily-loss=500");        // long 100 at 50
        desk.Trade(RiskDesk.Spy, "45");                       // 100 · (45 − 50) = −500
        Assert.Equal(ReasonCode.None, desk.Buy("1", "45"));
        Assert.False(desk.Gate.CheckLoss(desk.Now));
        desk.Trade(RiskDesk.Spy, "44.99");                    // −501
        Assert.Equal(ReasonCode.MaxDailyLoss, desk.Buy("1", "44.99"));
        Assert.Equal((500m, 501m), (desk.Gate.LastDenial.Limit, desk.Gate.LastDenial.Value));
        Assert.True(desk.Gate.IsLossStopped);
    }

    [Fact]
    public void A_stopped_day_stays_stopped_and_lets_only_reductions_pass()
    {
        RiskDesk desk = Holding("max-daily-loss=500");
        desk.Trade(RiskDesk.Spy, "40");
        Assert.True(desk.Gate.CheckLoss(desk.Now));
        desk.Trade(RiskDesk.Spy, "60");                       // a gain by now
        Assert.Equal(ReasonCode.MaxDailyLoss, desk.Buy("1", "60"));
        Assert.Equal(ReasonCode.None, desk.Sell("70", "60"));
        Assert.Equal(ReasonCode.MaxDailyLoss, desk.Sell("31", "60"));   // 70 + 31 would turn the position
        Assert.Equal(ReasonCode.None, desk.Sell("30", "60"));
        Assert.Equal(ReasonCode.MaxDailyLoss, desk.Sell("1", "60"));
        Assert.False(desk.Gate.KillSwitch.IsEngaged);
    }

    [Fact]
    public void A_new_day_counts_its_loss_from_zero()
    {
        RiskDesk desk = Holding("max-daily-loss=500,day-starts-at=22:00");
        desk.Trade(RiskDesk.Spy, "40");
        Assert.Equal(ReasonCode.MaxDailyLoss, desk.Buy("1", "40"));
        desk.Now = Timestamp.Parse("2024-01-02T21:59:59.999999999");
        Assert.Equal(ReasonCode.MaxDailyLoss, desk.Buy("1", "40"));
        desk.Now = Timestamp.Parse("2024-01-02T22:00");
        Assert.Equal(ReasonCode.None, desk.Buy("1", "40"));
        desk.Trade(RiskDesk.Spy, "35");                       // 500 below the equity at 22:00
        Assert.Equal(ReasonCode.None, desk.Buy("1", "35"));
        desk.Trade(RiskDesk.Spy, "34.99");
        Assert.Equal(ReasonCode.MaxDailyLoss, desk.Buy("1", "34.99"));
    }

    [Fact]
    public void What_is_closed_and_what_fees_cost_are_part_of_the_loss()
    {
        RiskDesk desk = Holding("max-daily-loss=500");
        desk.Fill(OrderSide.Sell, "100", "45");               // −500, all of it closed
        Assert.False(desk.Gate.CheckLoss(desk.Now));
        OrderCommand order = desk.Order(OrderSide.Buy, "1", "45");
        desk.Send(order);
        ExecutionReport fill = new()
        {
            ClientOrderId = order.ClientOrderId,
            Instrument = RiskDesk.Spy,
            Side = OrderSide.Buy,
            Kind = ReportKind.Fill,
            LastQuantity = Quantity.Parse("1"),
            LastPrice = Price.Parse("45"),
            Fee = 0.01m,
        };
        desk.Trade(RiskDesk.Spy, "45");
        desk.Ledger.Apply(in fill);
        Assert.True(desk.Gate.CheckLoss(desk.Now));
    }

    [Fact]
    public void A_day_of_the_loss_may_engage_the_kill_switch()
    {
        RiskDesk desk = Holding("max-daily-loss=500,daily-loss-action=kill");
        desk.Trade(RiskDesk.Spy, "40");
        Assert.Equal(ReasonCode.MaxDailyLoss, desk.Buy("1", "40"));
        Assert.Equal(KillCause.DailyLoss, desk.Gate.KillSwitch.Cause);
        Assert.Equal(ReasonCode.KillSwitch, desk.Sell("1", "40"));
        desk.Now += Timestamp.NanosecondsPerDay;
        Assert.Equal(ReasonCode.KillSwitch, desk.Buy("1", "40"));        // not a new day's business: a person releases it
        desk.Gate.KillSwitch.Release();
        Assert.Equal(ReasonCode.None, desk.Buy("1", "40"));
    }

    [Fact]
    public void The_kill_switch_lets_only_cancels_pass_whoever_engaged_it()
    {
        KillSwitch kill = new();
        RiskDesk desk = new("", kill);
        desk.Trade(RiskDesk.Spy, "50");
        OrderCommand order = desk.Order(OrderSide.Buy, "1", "50");
        Assert.Equal(ReasonCode.None, desk.Send(order));

        Thread other = new(() => kill.Engage(KillCause.Watchdog));
        other.Start();
        other.Join();
        Assert.False(kill.Engage(KillCause.Operator));
        Assert.Equal(KillCause.Watchdog, kill.Cause);
        Assert.Equal(ReasonCode.KillSwitch, desk.Sell("1", "50"));
        Assert.Equal(ReasonCode.KillSwitch, desk.Send(RiskDesk.Replace(order.ClientOrderId, "1", "49")));
        Assert.Equal(ReasonCode.None, desk.Send(RiskDesk.Cancel(order.ClientOrderId)));
        kill.Release();
        Assert.Equal(ReasonCode.None, desk.Sell("1", "50"));
        Assert.Throws<ArgumentException>(() => kill.Engage(KillCause.None));
    }

    private static RiskDesk Holding(string limits)
    {
        RiskDesk desk = new(limits);
        desk.Trade(RiskDesk.Spy, "50");
        desk.Gate.OnTime(desk.Now);
        desk.Fill(OrderSide.Buy, "100", "50");
        return desk;
    }
}
