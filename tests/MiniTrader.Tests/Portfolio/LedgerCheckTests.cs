using System.Runtime.CompilerServices;
using CsCheck;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Tests.Strategies;
using Xunit;

namespace MiniTrader.Tests.Portfolio;

/// <summary>The books of record look at themselves: they agree after whatever can be booked, and a wrong figure is found and named.</summary>
public sealed class LedgerCheckTests
{
    private static readonly Gen<(int What, int Strategy, int Instrument, bool IsBuy, int Units, int Price)> _steps =
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 1], Gen.Int[0, 1], Gen.Bool, Gen.Int[1, 40], Gen.Int[1, 100_000_000]);

    private long _executions;

    [Fact]
    public void Fills_busts_corrections_splits_dividends_and_settlements_leave_books_that_agree() => _steps.Array[1, 40].Sample(steps =>
    {
        Ledger ledger = NewLedger();
        for (int i = 0; i < steps.Length; i++)
        {
            (int what, int strategy, int instrument, bool isBuy, int units, int price) = steps[i];
            switch (what)
            {
                case 0: Act(ledger, instrument, CorporateActionKind.Split, price: 0, newUnits: 1 + (units % 5), oldUnits: 1 + (units % 3)); break;
                case 1: Act(ledger, instrument, CorporateActionKind.Dividend, price); break;
                case 2 when units > 30: Act(ledger, instrument, CorporateActionKind.Settlement, price); break;
                default: Trade(ledger, strategy, instrument, isBuy, units, price, what); break;
            }

            ledger.Verify(i);
        }
    }, iter: 3_000);

    [Fact]
    public void A_split_that_leaves_nothing_of_a_future_settles_its_result()
    {
        // One contract of 50 from 20: 1,000. At 23 one becomes half of one, which is no lot: it is paid at 46, which is 0.5 × 46 × 50 = 1,150.
        Ledger ledger = NewLedger();
        Trade(ledger, 0, 1, isBuy: true, 1, 20_000_000, 9);
        MarketEvent e = default;
        e.Header.Kind = EventKind.Trade;
        e.Header.Instrument = new(1);
        (e.Trade.Price, e.Trade.Size) = (Price.Parse("23"), Quantity.FromUnits(1));
        ledger.Marks.Observe(in e);
        Act(ledger, 1, CorporateActionKind.Split, price: 0, newUnits: 1, oldUnits: 2);
        ledger.Verify(1);
        ref readonly Position position = ref ledger.Total[new(1)];
        Assert.Equal((Quantity.Zero, 0m, -1_000m, 1_150m), (position.Quantity, position.Cost, position.Realised, position.Income));
        Assert.Equal(150m, ledger.Carry.Entries[0].Amount);
        Assert.Equal(10_000m + (150m * 1.10m), ledger.Account.Snapshot().Equity);
    }

    /// <summary>30 units become 3e13, which nobody can count: the run ends, in place of a position of some other size.</summary>
    [Fact]
    public void A_split_beyond_all_measure_is_told()
    {
        Ledger ledger = NewLedger();
        Trade(ledger, 0, 0, isBuy: true, 30, 10, 9);
        Act(ledger, 0, CorporateActionKind.Split, price: 0, newUnits: 1_000_000, oldUnits: 1);
        string told = Assert.Throws<InvalidOperationException>(() => Act(ledger, 0, CorporateActionKind.Split, price: 0, newUnits: 1_000_000, oldUnits: 1)).Message;
        Assert.Contains("larger than can be counted", told, StringComparison.Ordinal);
    }

    [Fact]
    public void A_position_that_is_not_the_sum_of_its_fills_is_named()
    {
        Ledger ledger = Traded();
        Unsafe.AsRef(in ledger.BookOf(new(1))[new(0)]).Quantity += Quantity.FromUnits(1);
        LedgerInvariantException breach = Assert.Throws<LedgerInvariantException>(() => ledger.Verify(77));
        Assert.Equal("After event 77: strategy 1 holds 6 of SHR.X, but its fills and what else was booked add up to 5.", breach.Message);
        Assert.Equal(77, breach.EventNumber);
    }

    [Fact]
    public void An_account_that_is_not_the_sum_of_its_strategies_is_named()
    {
        Ledger ledger = Traded();
        Unsafe.AsRef(in ledger.Total[new(0)]).Quantity -= Quantity.FromUnits(2);
        Assert.Equal(
            "After event 5: the account holds 3 of SHR.X, but its strategies hold 5 together.",
            Assert.Throws<LedgerInvariantException>(() => ledger.Verify(5)).Message);
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(-0.00001)]
    public void Cash_that_is_not_what_was_paid_is_named_in_its_currency(double error)
    {
        // 10,000 − 5 × 20 = 9,900 in dollars; the fee of a future is paid in euros.
        Ledger ledger = Traded();
        Unsafe.AsRef(in ledger.Total[new(1)]).Fees += (decimal)error;
        string message = Assert.Throws<LedgerInvariantException>(() => ledger.Verify(5)).Message;
        Assert.StartsWith("After event 5: there is -1 EUR, but what was there at first, less what positions have cost and paid, is ", message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_looked_at_is_not_looked_at_again_before_something_is_booked()
    {
        Ledger ledger = Traded();
        ledger.Verify(1);
        Unsafe.AsRef(in ledger.Total[new(0)]).Quantity -= Quantity.FromUnits(2);
        ledger.Verify(2);
        Trade(ledger, 0, 1, isBuy: true, 1, 20_000_000, 9);
        Assert.Throws<LedgerInvariantException>(() => ledger.Verify(3));
    }

    [Fact]
    public void A_look_allocates_nothing()
    {
        Ledger ledger = Traded();
        Assert.Equal(0, Allocations.Of(() => ledger.Verify(1)));
    }

    private Ledger Traded()
    {
        Ledger ledger = NewLedger();
        Trade(ledger, 1, 0, isBuy: true, 5, 20_000_000, 9);
        Trade(ledger, 1, 1, isBuy: true, 1, 20_000_000, 9, fee: 1m);
        return ledger;
    }

    private void Trade(Ledger ledger, int strategy, int instrument, bool isBuy, int units, int price, int what, decimal fee = 0m)
    {
        Assert.True(ledger.Orders.TryReserve(out ClientOrderId id));
        OrderCommand command = default;
        command.Kind = CommandKind.New;
        command.ClientOrderId = id;
        command.Strategy = new((ushort)strategy);
        command.Instrument = new(instrument);
        command.Side = isBuy ? OrderSide.Buy : OrderSide.Sell;
        command.Quantity = Quantity.FromUnits(units);
        ledger.Register(in command);

        ExecutionReport report = default;
        report.Kind = ReportKind.Fill;
        report.ClientOrderId = id;
        report.ExecutionId = new(++_executions);
        report.Strategy = command.Strategy;
        report.Instrument = command.Instrument;
        report.Side = command.Side;
        report.LastQuantity = command.Quantity;
        report.LastPrice = new(price * 1_000L);
        report.Fee = fee + ((what == 3) ? 0.123456789m : 0m);
        Assert.True(ledger.Apply(in report));
        if (what is not (4 or 5)) return;
        report.Kind = what == 4 ? ReportKind.Busted : ReportKind.Corrected;
        report.LastQuantity = Quantity.FromUnits(units + 1);
        report.LastPrice = new(price * 1_001L);
        Assert.True(ledger.Apply(in report));
    }

    private static void Act(Ledger ledger, int instrument, CorporateActionKind kind, int price, long newUnits = 0, long oldUnits = 0)
    {
        CorporateAction action = default;
        action.Header.Instrument = new(instrument);
        action.Kind = kind;
        action.Amount = action.Price = new(price * 1_000L);
        (action.NewUnits, action.OldUnits) = (newUnits, oldUnits);
        ledger.Carry.OnAction(in action, new(1));
    }

    private static Ledger NewLedger() => new(
        new InstrumentTable(
        [
            new Instrument { Symbol = "SHR", Venue = "X" },
            new Instrument { Symbol = "FUT", Venue = "X", AssetClass = AssetClass.Future, Multiplier = 50m, Currency = Currency.Eur },
        ]),
        2,
        new AccountOptions { InitialCash = 10_000m, Rates = new Dictionary<Currency, decimal> { [Currency.Eur] = 1.10m } },
        orderCapacity: 4);
}
