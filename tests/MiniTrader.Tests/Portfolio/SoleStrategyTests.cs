using CsCheck;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using Xunit;

namespace MiniTrader.Tests.Portfolio;

/// <summary>With one strategy the account's position is copied from its own; with two it is booked by itself. Both must say the same.</summary>
public sealed class SoleStrategyTests
{
    private static readonly InstrumentId _share = new(0);

    private static readonly Gen<(bool IsBuy, int Units, int Cents, int Fee, bool IsBusted)> _trades =
        Gen.Select(Gen.Bool, Gen.Int[1, 9], Gen.Int[1_000, 3_000], Gen.Int[0, 3], Gen.Frequency((4, Gen.Const(false)), (1, Gen.Const(true))));

    [Fact]
    public void The_account_of_one_strategy_is_that_of_two_of_which_one_is_idle() => _trades.Array[1, 30].Sample(trades =>
    {
        Ledger alone = NewLedger(1), together = NewLedger(2);
        for (int i = 0; i < trades.Length; i++)
        {
            Book(alone, trades[i], i + 1);
            Book(together, trades[i], i + 1);
            Assert.Equal(StateOf(together), StateOf(alone));
            alone.Verify(i);
            together.Verify(i);
        }
    });

    private static void Book(Ledger ledger, (bool IsBuy, int Units, int Cents, int Fee, bool IsBusted) trade, long execution)
    {
        Assert.True(ledger.Orders.TryReserve(out ClientOrderId id));
        OrderCommand command = default;
        command.Kind = CommandKind.New;
        command.ClientOrderId = id;
        command.Side = trade.IsBuy ? OrderSide.Buy : OrderSide.Sell;
        command.Quantity = Quantity.FromUnits(trade.Units);
        ledger.Register(in command);

        ExecutionReport report = default;
        report.Kind = ReportKind.Fill;
        report.ClientOrderId = id;
        report.ExecutionId = new(execution);
        report.Side = command.Side;
        report.LastQuantity = command.Quantity;
        report.LastPrice = new(trade.Cents * (FixedPoint.One / 100));
        report.Fee = trade.Fee;
        Assert.True(ledger.Apply(in report));
        if (!trade.IsBusted) return;
        report.Kind = ReportKind.Busted;
        Assert.True(ledger.Apply(in report));
    }

    private static (Quantity Quantity, decimal Cost, decimal Realised, decimal Fees, decimal Turnover, long Fills, decimal Cash) StateOf(Ledger ledger)
    {
        Position p = ledger.Total[_share];
        Position own = ledger.BookOf(new(0))[_share];
        Assert.Equal((own.Quantity, own.Cost, own.Realised, own.Fees, own.Turnover, own.Fills), (p.Quantity, p.Cost, p.Realised, p.Fees, p.Turnover, p.Fills));
        return (p.Quantity, p.Cost, p.Realised, p.Fees, p.Turnover, p.Fills, ledger.Account.Cash);
    }

    private static Ledger NewLedger(int strategies) => new(
        new InstrumentTable([new Instrument { Symbol = "SHR", Venue = "X" }]), strategies, new AccountOptions { InitialCash = 10_000m }, orderCapacity: 4);
}
