using MiniTrader.Model;
using MiniTrader.Tests.Strategies;
using Xunit;

namespace MiniTrader.Tests.Risk;

/// <summary>No verdict allocates, neither a pass nor a denial.</summary>
public sealed class RiskAllocationTests
{
    [Fact]
    public void No_verdict_allocates()
    {
        RiskDesk desk = new("max-order-quantity=100,max-order-notional=10000,max-position=500,max-daily-loss=1000,max-messages-per-second=5");
        desk.Trade(RiskDesk.Spy, "50");
        OrderCommand good = desk.Order(OrderSide.Buy, "10", "50"), large = desk.Order(OrderSide.Buy, "101", "50"), dear = desk.Order(OrderSide.Buy, "10", "60");
        OrderCommand working = desk.Order(OrderSide.Buy, "10", "50");
        desk.Send(working);
        OrderCommand cancel = RiskDesk.Cancel(working.ClientOrderId), replace = RiskDesk.Replace(working.ClientOrderId, "20", "50");
        Timestamp now = desk.Now;
        Assert.Equal(0, Allocations.Of(() =>
        {
            for (int i = 0; i < 1000; i++)
            {
                now += 50 * Timestamp.NanosecondsPerMillisecond;
                desk.Gate.OnTime(now);
                desk.Gate.Check(in good, now);
                desk.Gate.Check(in large, now);
                desk.Gate.Check(in dear, now);
                desk.Gate.Check(in cancel, now);
                desk.Gate.Check(in replace, now);
                desk.Gate.CheckLoss(now);
            }
        }));
        Assert.True(desk.Gate.DeniedFor(ReasonCode.MaxMessageRate) > 0);
    }
}
