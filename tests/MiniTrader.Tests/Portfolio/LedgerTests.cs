using System.Runtime.CompilerServices;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using Xunit;

namespace MiniTrader.Tests.Portfolio;

/// <summary>What the books say after each kind of report, and what they refuse.</summary>
public sealed class LedgerTests
{
    private static readonly InstrumentId _share = new(0);
    private static readonly InstrumentId _future = new(1);
    private static readonly StrategyId _first = new(0);
    private static readonly StrategyId _second = new(1);

    private readonly Ledger _ledger = new(
        new InstrumentTable(
        [
            new Instrument { Symbol = "SHR", Venue = "X" },
            new Instrument { Symbol = "FUT", Venue = "X", AssetClass = AssetClass.Future, Multiplier = 50m, Currency = Currency.Eur },
        ]),
        2,
        new AccountOptions { InitialCash = 10_000m, Rates = new Dictionary<Currency, decimal> { [Currency.Eur] = 1.10m } },
        orderCapacity: 4);

    [Fact]
    public void A_share_moves_its_whole_value_and_equity_follows_the_mark()
    {
        ClientOrderId id = Send(_first, _share, OrderSide.Buy, 100);
        Report(id, ReportKind.Accepted);
        Fill(id, 100, "20.00", fee: 1m);
        Mark(_share, "20.40", "20.60");

        AccountSnapshot account = _ledger.Account.Snapshot();
        Assert.Equal(10_000m - 2_000m - 1m, account.Cash);
        Assert.Equal(50m, account.Unrealised); // 100 × (20.50 − 20.00)
        Assert.Equal(10_049m, account.Equity);
        Assert.Equal(account.Cash + 2_050m, account.Equity); // the same from cash and market value
        Assert.Equal(2_050m, account.GrossExposure);
    }

    [Fact]
    public void A_future_moves_only_fees_and_result_and_is_worth_its_rate()
    {
        ClientOrderId id = Send(_first, _future, OrderSide.Sell, 2);
        Fill(id, 2, "100.00", fee: 3m);
        Mark(_future, "98.00", "98.00");

        AccountSnapshot open = _ledger.Account.Snapshot();
        Assert.Equal(10_000m - (3m * 1.10m), open.Cash);
        Assert.Equal(2m * 2m * 50m * 1.10m, open.Unrealised); // short 2 × (100 − 98) × 50 EUR at 1.10
        Assert.Equal(-2m * 98m * 50m * 1.10m, open.NetExposure);

        ClientOrderId back = Send(_first, _future, OrderSide.Buy, 2);
        Fill(back, 2, "99.00", fee: 3m);
        AccountSnapshot closed = _ledger.Account.Snapshot();
        Assert.Equal((((2m * 1m * 50m) - 6m) * 1.10m) + 10_000m, closed.Equity);
        Assert.Equal(closed.Equity, closed.Cash);
        Assert.Equal(0m, closed.GrossExposure);
    }

    [Fact]
    public void Working_sums_follow_an_order_from_the_register_to_its_end()
    {
        ClientOrderId id = Send(_first, _share, OrderSide.Buy, 100);
        Assert.Equal((1, 100), Working(_first));
        Fill(id, 40, "20");
        Assert.Equal((1, 60), Working(_first));
        Report(id, ReportKind.Cancelled);
        Assert.Equal((0, 0), Working(_first));
        Assert.Equal(OrderStatus.Cancelled, _ledger.Orders[id.Slot].Status);
        Assert.Equal(Quantity.FromUnits(40), _ledger.Orders[id.Slot].Filled);
    }

    [Fact]
    public void A_replaced_order_works_for_its_new_quantity_less_what_was_filled()
    {
        ClientOrderId id = Send(_first, _share, OrderSide.Buy, 100, limit: "20");
        Fill(id, 40, "20");
        OrderCommand replace = new() { Kind = CommandKind.Replace, ClientOrderId = id, Instrument = _share, Quantity = Quantity.FromUnits(70), LimitPrice = Price.Parse("19") };
        _ledger.OnSent(in replace);
        Assert.Equal(OrderStatus.PendingReplace, _ledger.Orders[id.Slot].Status);
        Report(id, ReportKind.Replaced, r => r with { LastQuantity = Quantity.FromUnits(70), LastPrice = Price.Parse("19") });
        Assert.Equal((1, 30), Working(_first));
        Assert.Equal(Price.Parse("19"), _ledger.Orders[id.Slot].LimitPrice);
        Assert.Equal(OrderStatus.PartiallyFilled, _ledger.Orders[id.Slot].Status);
    }

    [Fact]
    public void A_trailing_stop_limit_has_a_stop_until_it_triggers_and_a_limit_from_then_on()
    {
        ClientOrderId id = Send(_first, _share, OrderSide.Sell, 10, limit: "0.02", OrderType.TrailingStopLimit);
        Report(id, ReportKind.Replaced, r => r with { LastQuantity = Quantity.FromUnits(8), LastPrice = Price.Parse("9.95") });
        Assert.Equal((Price.Parse("9.95"), Price.Parse("0.02")), (_ledger.Orders[id.Slot].StopPrice, _ledger.Orders[id.Slot].LimitPrice));
        Report(id, ReportKind.Triggered);
        Report(id, ReportKind.Replaced, r => r with { LastQuantity = Quantity.FromUnits(6), LastPrice = Price.Parse("9.93") });
        Assert.Equal((Price.Parse("9.95"), Price.Parse("9.93")), (_ledger.Orders[id.Slot].StopPrice, _ledger.Orders[id.Slot].LimitPrice));
    }

    [Fact]
    public void Each_strategy_has_its_own_position_and_the_account_has_their_sum()
    {
        Fill(Send(_first, _share, OrderSide.Buy, 100), 100, "20");
        Fill(Send(_second, _share, OrderSide.Sell, 70), 70, "21");
        Assert.Equal(Quantity.FromUnits(100), _ledger.BookOf(_first)[_share].Quantity);
        Assert.Equal(Quantity.FromUnits(-70), _ledger.BookOf(_second)[_share].Quantity);
        Assert.Equal(Quantity.FromUnits(30), _ledger.Total[_share].Quantity);
        Assert.Equal(70m, _ledger.Total[_share].Realised); // 70 × (21 − 20), netted in the account only
        Assert.Equal(0m, _ledger.BookOf(_second)[_share].Realised);
    }

    [Fact]
    public void A_report_of_an_order_that_is_done_or_unknown_changes_nothing()
    {
        ClientOrderId id = Send(_first, _share, OrderSide.Buy, 10);
        Fill(id, 10, "20");
        AccountSnapshot before = _ledger.Account.Snapshot();
        Assert.False(Fill(id, 10, "20"));
        Assert.False(Fill(ClientOrderId.Create(99, 1), 10, "20"));
        Assert.Equal(before, _ledger.Account.Snapshot());
    }

    [Fact]
    public void A_fill_beyond_the_ordered_quantity_is_a_bug_of_the_venue_and_says_so()
    {
        ClientOrderId id = Send(_first, _share, OrderSide.Buy, 10);
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => Fill(id, 11, "20"));
        Assert.Contains("filled more than was ordered", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_order_table_refuses_the_order_beyond_its_capacity_and_takes_one_again_when_a_slot_is_free()
    {
        ClientOrderId[] ids = Enumerable.Range(0, 4).Select(_ => Send(_first, _share, OrderSide.Buy, 1)).ToArray();
        Assert.False(_ledger.Orders.TryReserve(out _));
        Report(ids[2], ReportKind.Cancelled);
        Assert.True(_ledger.Orders.TryFind(ids[2], out _), "A finished order stays readable until its slot is used again.");
        Assert.True(_ledger.Orders.TryReserve(out ClientOrderId next));
        Assert.Equal(ids[2].Slot, next.Slot);
        Assert.Equal(5, next.Sequence);
        Assert.False(_ledger.Orders.TryFind(ids[2], out _));
    }

    [Fact]
    public void Working_orders_are_walked_oldest_first()
    {
        ClientOrderId[] ids = Enumerable.Range(0, 4).Select(_ => Send(_first, _share, OrderSide.Buy, 1)).ToArray();
        Report(ids[1], ReportKind.Cancelled);
        List<long> walked = [];
        foreach (ref readonly OrderRecord order in _ledger.WorkingOf(_first, _share)) walked.Add(order.Id.Sequence);
        Assert.Equal([1, 3, 4], walked);
    }

    [Fact]
    public void A_mark_has_the_layout_that_a_quote_is_copied_into()
    {
        Mark mark = default;
        Assert.Equal(64, Unsafe.SizeOf<Mark>());
        Assert.Equal(24, Unsafe.ByteOffset(ref Unsafe.As<Price, byte>(ref mark.Bid), ref Unsafe.As<Quantity, byte>(ref mark.AskSize)));
        Mark(_share, "20.40", "20.60");
        ref readonly Mark seen = ref _ledger.Marks[_share];
        Assert.Equal((Price.Parse("20.40"), Price.Parse("20.60"), Quantity.FromUnits(1), Quantity.FromUnits(1)), (seen.Bid, seen.Ask, seen.BidSize, seen.AskSize));
        Assert.Equal(Price.Parse("20.50"), seen.Value);
    }

    [Fact]
    public void An_instrument_in_a_currency_without_a_rate_is_refused_with_what_to_do()
    {
        InstrumentTable table = new([new Instrument { Symbol = "A", Venue = "X", Currency = Currency.Parse("JPY") }]);
        ArgumentException error = Assert.Throws<ArgumentException>(() => new Ledger(table, 1, new AccountOptions()));
        Assert.Contains("Add a rate for JPY", error.Message, StringComparison.Ordinal);
    }

    private ClientOrderId Send(StrategyId strategy, InstrumentId instrument, OrderSide side, long units, string? limit = null, OrderType? type = null)
    {
        Assert.True(_ledger.Orders.TryReserve(out ClientOrderId id));
        OrderCommand command = new()
        {
            Kind = CommandKind.New,
            ClientOrderId = id,
            Strategy = strategy,
            Instrument = instrument,
            Side = side,
            Quantity = Quantity.FromUnits(units),
            Type = type ?? (limit is null ? OrderType.Market : OrderType.Limit),
            LimitPrice = limit is null ? default : Price.Parse(limit),
        };
        _ledger.Register(in command);
        _ledger.OnSent(in command);
        return id;
    }

    private bool Fill(ClientOrderId id, long units, string price, decimal fee = 0m) => Report(
        id, ReportKind.Fill, r => r with { LastQuantity = Quantity.FromUnits(units), LastPrice = Price.Parse(price), Fee = fee });

    private bool Report(ClientOrderId id, ReportKind kind, Func<ExecutionReport, ExecutionReport>? more = null)
    {
        ref readonly OrderRecord order = ref _ledger.Orders[id.Slot];
        ExecutionReport report = new() { Kind = kind, ClientOrderId = id, Instrument = order.Instrument, Strategy = order.Strategy, Side = order.Side };
        if (more is not null) report = more(report);
        return _ledger.Apply(in report);
    }

    private void Mark(InstrumentId instrument, string bid, string ask)
    {
        MarketEvent e = default;
        e.Header.Instrument = instrument;
        e.Header.Kind = EventKind.Quote;
        e.Quote.Bid = Price.Parse(bid);
        e.Quote.Ask = Price.Parse(ask);
        e.Quote.BidSize = e.Quote.AskSize = Quantity.FromUnits(1);
        _ledger.Marks.Observe(in e);
    }

    private (int Orders, long Buying) Working(StrategyId strategy)
    {
        ref readonly Exposure exposure = ref _ledger.BookOf(strategy).ExposureOf(_share);
        Assert.Equal(exposure.Orders, _ledger.BookOf(strategy).WorkingOrders);
        return (exposure.Orders, exposure.Buying.Raw / FixedPoint.One);
    }
}
