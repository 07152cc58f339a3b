using CsCheck;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using Xunit;

namespace MiniTrader.Tests.Portfolio;

/// <summary>Busts, corrections and late fills, with every figure spelled out, and held against books that never saw what was taken back.</summary>
public sealed class RevisionTests
{
    private static readonly InstrumentId _share = new(0);
    private static readonly InstrumentId _future = new(1);
    private static readonly StrategyId _first = new(0);
    private static readonly StrategyId _second = new(1);

    private readonly Ledger _ledger = NewLedger();

    [Fact]
    public void A_busted_fill_gives_back_quantity_cost_cash_and_fee_and_works_again()
    {
        ClientOrderId id = Send(_ledger, _first, _share, OrderSide.Buy, 100);
        Fill(_ledger, id, 1, 40, "20.00", 1m);
        Fill(_ledger, id, 2, 30, "21.00", 0.75m);
        Assert.Equal(10_000m - 800m - 1m - 630m - 0.75m, _ledger.Account.Cash);
        Assert.Equal(Quantity.FromUnits(30), _ledger.BookOf(_first).ExposureOf(_share).Buying);

        Assert.True(Bust(_ledger, id, 1));

        foreach (Position position in Positions(_ledger, _first, _share))
        {
            Assert.Equal(Quantity.FromUnits(30), position.Quantity);
            Assert.Equal(630m, position.Cost);
            Assert.Equal(0m, position.Realised);
            Assert.Equal(0.75m, position.Fees);
            Assert.Equal(630m, position.Turnover);
            Assert.Equal(1, position.Fills);
        }

        Assert.Equal(10_000m - 630m - 0.75m, _ledger.Account.Cash);
        ref readonly OrderRecord order = ref _ledger.Orders[id.Slot];
        Assert.Equal(Quantity.FromUnits(30), order.Filled);
        Assert.Equal(Price.Parse("21.00"), order.AveragePrice);
        Assert.Equal(OrderStatus.PartiallyFilled, order.Status);
        Assert.Equal(Quantity.FromUnits(70), _ledger.BookOf(_first).ExposureOf(_share).Buying); // 30 + the 40 that came back
        Assert.Equal(Quantity.FromUnits(70), _ledger.Total.ExposureOf(_share).Buying);
        Assert.Equal(1, _ledger.Busts);
    }

    [Fact]
    public void A_bust_of_the_opening_trade_rewrites_what_the_closing_one_realised()
    {
        ClientOrderId buy = Send(_ledger, _first, _share, OrderSide.Buy, 200);
        Fill(_ledger, buy, 1, 100, "10.00");
        Fill(_ledger, buy, 2, 100, "20.00");
        ClientOrderId sell = Send(_ledger, _first, _share, OrderSide.Sell, 100);
        Fill(_ledger, sell, 3, 100, "30.00");
        Assert.Equal(1_500m, _ledger.Total[_share].Realised); // 100 × (30 − 15)
        Assert.Equal(1_500m, _ledger.Total[_share].Cost);

        Assert.True(Bust(_ledger, buy, 1));

        Assert.True(_ledger.Total[_share].IsFlat);
        Assert.Equal(0m, _ledger.Total[_share].Cost);
        Assert.Equal(1_000m, _ledger.Total[_share].Realised); // 100 × (30 − 20)
        Assert.Equal(10_000m - 2_000m + 3_000m, _ledger.Account.Cash);
        Assert.Equal(OrderStatus.Filled, _ledger.Orders[buy.Slot].Status); // done stays done
        Assert.Equal(Quantity.FromUnits(100), _ledger.Orders[buy.Slot].Filled);
        Assert.Equal(Quantity.Zero, _ledger.Total.ExposureOf(_share).Buying);
    }

    [Fact]
    public void A_busted_future_takes_back_what_it_realised_at_its_multiplier_and_rate()
    {
        ClientOrderId sell = Send(_ledger, _first, _future, OrderSide.Sell, 2);
        Fill(_ledger, sell, 1, 2, "100.00", 3m);
        ClientOrderId buy = Send(_ledger, _first, _future, OrderSide.Buy, 2);
        Fill(_ledger, buy, 2, 2, "99.00", 3m);
        Assert.Equal(10_000m + ((100m - 6m) * 1.10m), _ledger.Account.Cash); // 2 × 1 × 50 EUR

        Assert.True(Bust(_ledger, buy, 2));

        Assert.Equal(10_000m - (3m * 1.10m), _ledger.Account.Cash);
        Assert.Equal(Quantity.FromUnits(-2), _ledger.Total[_future].Quantity);
        Assert.Equal(-10_000m, _ledger.Total[_future].Cost);
        Assert.Equal(0m, _ledger.Total[_future].Realised);
    }

    [Fact]
    public void A_correction_takes_the_new_price_quantity_and_fee_and_may_be_corrected_again_by_its_own_name()
    {
        ClientOrderId id = Send(_ledger, _first, _share, OrderSide.Buy, 100);
        Fill(_ledger, id, 1, 100, "20.00", 1m);
        Assert.True(Correct(_ledger, id, 1, 90, "19.50", 0m, name: 7));
        Assert.Equal(Quantity.FromUnits(90), _ledger.Total[_share].Quantity);
        Assert.Equal(1_755m, _ledger.Total[_share].Cost);
        Assert.Equal(1m, _ledger.Total[_share].Fees); // none stated: as it was
        Assert.Equal(10_000m - 1_755m - 1m, _ledger.Account.Cash);
        Assert.Equal(Quantity.FromUnits(90), _ledger.Orders[id.Slot].Filled);

        Assert.True(Correct(_ledger, id, 7, 110, "19.00", 2m, name: 8));
        Assert.Equal(2_090m, _ledger.BookOf(_first)[_share].Cost);
        Assert.Equal(10_000m - 2_090m - 2m, _ledger.Account.Cash);
        Assert.Equal(Quantity.FromUnits(110), _ledger.Orders[id.Slot].Quantity); // more traded than was ordered: so be it
        Assert.Equal(2, _ledger.Corrections);

        Assert.True(Bust(_ledger, id, 1)); // by its first name
        Assert.Equal(10_000m, _ledger.Account.Cash);
        Assert.Equal(_ledger.Account.InitialCash, _ledger.Account.Snapshot().Equity);
    }

    [Fact]
    public void A_correction_up_to_the_whole_quantity_ends_a_working_order()
    {
        ClientOrderId id = Send(_ledger, _first, _share, OrderSide.Buy, 100);
        Fill(_ledger, id, 1, 60, "20");
        Assert.True(Correct(_ledger, id, 1, 100, "20", 0m, name: 2));
        Assert.Equal(OrderStatus.Filled, _ledger.Orders[id.Slot].Status);
        Assert.Equal(0, _ledger.Total.WorkingOrders);
        Assert.Equal(Quantity.Zero, _ledger.Total.ExposureOf(_share).Buying);
    }

    [Fact]
    public void One_strategys_bust_leaves_the_others_position_and_nets_the_accounts_anew()
    {
        ClientOrderId buy = Send(_ledger, _first, _share, OrderSide.Buy, 100);
        Fill(_ledger, buy, 1, 100, "20");
        ClientOrderId sell = Send(_ledger, _second, _share, OrderSide.Sell, 70);
        Fill(_ledger, sell, 2, 70, "21");
        Assert.Equal(70m, _ledger.Total[_share].Realised);

        Assert.True(Bust(_ledger, buy, 1));

        Assert.True(_ledger.BookOf(_first)[_share].IsFlat);
        Assert.Equal(-1_470m, _ledger.BookOf(_second)[_share].Cost);
        Assert.Equal((Quantity.FromUnits(-70), -1_470m, 0m), (_ledger.Total[_share].Quantity, _ledger.Total[_share].Cost, _ledger.Total[_share].Realised));
        Assert.Equal(10_000m + 1_470m, _ledger.Account.Cash);
    }

    [Fact]
    public void A_fill_after_a_cancel_is_booked_once_and_counted_even_when_the_slot_has_gone_to_another_order()
    {
        ClientOrderId id = Send(_ledger, _first, _share, OrderSide.Buy, 100);
        Report(_ledger, id, ReportKind.Cancelled, default);
        ExecutionReport late = new() { ExecutionId = new(5), LastQuantity = Quantity.FromUnits(100), LastPrice = Price.Parse("20"), Fee = 1m };
        Assert.True(Report(_ledger, id, ReportKind.Fill, late));
        Assert.False(Report(_ledger, id, ReportKind.Fill, late));
        Assert.Equal(1, _ledger.LateFills);
        Assert.Equal(Quantity.FromUnits(100), _ledger.Total[_share].Quantity);
        Assert.Equal(10_000m - 2_001m, _ledger.Account.Cash);
        Assert.Equal(OrderStatus.Cancelled, _ledger.Orders[id.Slot].Status);
        Assert.Equal(Quantity.FromUnits(100), _ledger.Orders[id.Slot].Filled);
        Assert.Equal(Quantity.Zero, _ledger.Total.ExposureOf(_share).Buying);

        for (int i = 0; i < 4; i++) Send(_ledger, _second, _share, OrderSide.Buy, 1);
        Assert.False(_ledger.Orders.TryFind(id, out _));
        Assert.True(Bust(_ledger, id, 5));
        Assert.True(_ledger.Total[_share].IsFlat);
        Assert.Equal(10_000m, _ledger.Account.Cash);
        Assert.True(Report(_ledger, id, ReportKind.Fill, late with { ExecutionId = new(6) }));
        Assert.Equal(Quantity.FromUnits(100), _ledger.BookOf(_first)[_share].Quantity);
        Assert.Equal(4, _ledger.Total.WorkingOrders);
    }

    [Fact]
    public void What_cannot_be_booked_is_left_counted_and_still_news()
    {
        ClientOrderId id = Send(_ledger, _first, _share, OrderSide.Buy, 100);
        Fill(_ledger, id, 1, 40, "20");
        AccountSnapshot before = _ledger.Account.Snapshot();
        Assert.True(Bust(_ledger, id, 99)); // never heard of
        Assert.True(Correct(_ledger, id, 1, 0, "20", 0m, name: 2)); // says no quantity
        Assert.Equal(2, _ledger.UnbookedRevisions);
        Assert.Equal(before, _ledger.Account.Snapshot());

        Assert.True(Bust(_ledger, id, 1));
        Assert.False(Bust(_ledger, id, 1)); // said twice, taken back once
        Assert.Equal((1, 2), (_ledger.Busts, _ledger.UnbookedRevisions));
    }

    [Fact]
    public void A_trade_of_before_a_split_stays()
    {
        ClientOrderId id = Send(_ledger, _first, _share, OrderSide.Buy, 100);
        Fill(_ledger, id, 1, 100, "20");
        CorporateAction split = new() { Kind = CorporateActionKind.Split, NewUnits = 2, OldUnits = 1 };
        split.Header.Instrument = _share;
        _ledger.Carry.OnAction(in split, default);
        Assert.Equal(Quantity.FromUnits(200), _ledger.Total[_share].Quantity);
        Assert.True(Bust(_ledger, id, 1));
        Assert.Equal(1, _ledger.UnbookedRevisions);
        Assert.Equal(Quantity.FromUnits(200), _ledger.Total[_share].Quantity);
    }

    [Fact]
    public void A_fill_that_the_journal_has_forgotten_stays()
    {
        Ledger ledger = NewLedger(fillCapacity: 2);
        ClientOrderId id = Send(ledger, _first, _share, OrderSide.Buy, 100);
        for (int i = 1; i <= 3; i++) Fill(ledger, id, i, 10, "20");
        Assert.True(Bust(ledger, id, 1));
        Assert.Equal(1, ledger.UnbookedRevisions);
        Assert.True(Bust(ledger, id, 2));
        Assert.Equal(Quantity.FromUnits(20), ledger.Total[_share].Quantity);
    }

    [Fact]
    public void A_ledger_that_remembers_no_fills_books_them_and_counts_what_is_taken_back()
    {
        Ledger ledger = NewLedger(fillCapacity: FillJournal.CapacityWithoutRevisions);
        ClientOrderId id = Send(ledger, _first, _share, OrderSide.Buy, 100);
        Fill(ledger, id, 1, 10, "20");
        Assert.True(Bust(ledger, id, 1));
        Assert.Equal(1, ledger.UnbookedRevisions);
        Assert.Equal(Quantity.FromUnits(10), ledger.Total[_share].Quantity);
    }

    /// <summary>The bust of the last fill is its undoing, whatever came before it.</summary>
    [Fact]
    public void A_bust_of_the_last_fill_restores_the_position_before_it() => _trades.Array[1, 12].Sample(trades =>
    {
        Ledger ledger = NewLedger();
        for (int i = 0; i < trades.Length - 1; i++) Book(ledger, trades[i], i + 1);
        Trade last = trades[^1];
        var before = States(ledger);
        ClientOrderId id = Book(ledger, last, trades.Length);
        Assert.True(Bust(ledger, id, trades.Length));
        Assert.Equal(before, States(ledger));
    });

    /// <summary>Oracle: after busts and corrections the books are those that were told the truth at once.</summary>
    [Fact]
    public void Revised_books_are_those_that_heard_the_truth_at_once() =>
        Gen.Select(_trades, _trades, Gen.Int[0, 3]).Array[1, 14].Sample(cases =>
        {
            Ledger revised = NewLedger();
            Ledger truth = NewLedger();
            var ids = new ClientOrderId[cases.Length];
            for (int i = 0; i < cases.Length; i++) ids[i] = Book(revised, cases[i].Item1, i + 1);
            for (int i = cases.Length - 1; i >= 0; i -= 2) Change(i);
            for (int i = cases.Length - 2; i >= 0; i -= 2) Change(i);
            for (int i = 0; i < cases.Length; i++)
            {
                (Trade was, Trade now, int change) = cases[i];
                if (change == 0) continue;
                Book(truth, change == 1 ? was with { Units = now.Units, Cents = now.Cents, Fee = now.Fee } : was, i + 1);
            }

            Assert.Equal(States(truth), States(revised));

            void Change(int i)
            {
                (_, Trade now, int change) = cases[i];
                if (change == 0) Assert.True(Bust(revised, ids[i], i + 1));
                if (change == 1) Assert.True(Correct(revised, ids[i], i + 1, now.Units, now.Price, now.Fee, name: 1_000 + i));
            }
        });

    private readonly record struct Trade(int Strategy, int Instrument, bool IsBuy, int Units, int Cents, int Fee)
    {
        public string Price => $"{Cents / 100}.{Cents % 100:00}";
    }

    private static readonly Gen<Trade> _trades =
        Gen.Select(Gen.Int[0, 1], Gen.Int[0, 1], Gen.Bool, Gen.Int[1, 9], Gen.Int[1_000, 3_000], Gen.Int[1, 5])
            .Select((strategy, instrument, isBuy, units, cents, fee) => new Trade(strategy, instrument, isBuy, units, cents, fee));

    private static Ledger NewLedger(int fillCapacity = 64) => new(
        new InstrumentTable(
        [
            new Instrument { Symbol = "SHR", Venue = "X" },
            new Instrument { Symbol = "FUT", Venue = "X", AssetClass = AssetClass.Future, Multiplier = 50m, Currency = Currency.Eur },
        ]),
        2,
        new AccountOptions { InitialCash = 10_000m, Rates = new Dictionary<Currency, decimal> { [Currency.Eur] = 1.10m } },
        orderCapacity: 4,
        fillCapacity);

    private static ClientOrderId Book(Ledger ledger, Trade trade, long execution)
    {
        ClientOrderId id = Send(ledger, new((ushort)trade.Strategy), new(trade.Instrument), trade.IsBuy ? OrderSide.Buy : OrderSide.Sell, trade.Units);
        Fill(ledger, id, execution, trade.Units, trade.Price, trade.Fee);
        return id;
    }

    private static List<(Quantity, decimal, decimal, decimal, decimal, long, decimal)> States(Ledger ledger)
    {
        List<(Quantity, decimal, decimal, decimal, decimal, long, decimal)> states = [];
        foreach (InstrumentId instrument in new[] { _share, _future })
        {
            foreach (Position p in new[] { ledger.BookOf(_first)[instrument], ledger.BookOf(_second)[instrument], ledger.Total[instrument] })
                states.Add((p.Quantity, p.Cost, p.Realised, p.Fees, p.Turnover, p.Fills, ledger.Account.Cash));
        }

        return states;
    }

    private static Position[] Positions(Ledger ledger, StrategyId strategy, InstrumentId instrument) => [ledger.BookOf(strategy)[instrument], ledger.Total[instrument]];

    private static ClientOrderId Send(Ledger ledger, StrategyId strategy, InstrumentId instrument, OrderSide side, long units)
    {
        Assert.True(ledger.Orders.TryReserve(out ClientOrderId id));
        OrderCommand command = new() { Kind = CommandKind.New, ClientOrderId = id, Strategy = strategy, Instrument = instrument, Side = side, Quantity = Quantity.FromUnits(units), Type = OrderType.Market };
        ledger.Register(in command);
        ledger.OnSent(in command);
        return id;
    }

    private static void Fill(Ledger ledger, ClientOrderId id, long execution, long units, string price, decimal fee = 0m) =>
        Assert.True(Report(ledger, id, ReportKind.Fill, new() { ExecutionId = new(execution), LastQuantity = Quantity.FromUnits(units), LastPrice = Price.Parse(price), Fee = fee }));

    private static bool Bust(Ledger ledger, ClientOrderId id, long execution) => Report(ledger, id, ReportKind.Busted, new() { ExecutionId = new(execution) });

    private static bool Correct(Ledger ledger, ClientOrderId id, long execution, long units, string price, decimal fee, long name) => Report(
        ledger, id, ReportKind.Corrected, new() { ExecutionId = new(execution), LastQuantity = Quantity.FromUnits(units), LastPrice = Price.Parse(price), Fee = fee, CauseId = name });

    private static bool Report(Ledger ledger, ClientOrderId id, ReportKind kind, ExecutionReport report)
    {
        // What the venue echoes of the order; a slot that has gone to a later order no longer says it.
        bool isKnown = ledger.Orders.TryFind(id, out int slot);
        report.Kind = kind;
        report.ClientOrderId = id;
        report.Instrument = isKnown ? ledger.Orders[slot].Instrument : _share;
        report.Strategy = isKnown ? ledger.Orders[slot].Strategy : _first;
        report.Side = isKnown ? ledger.Orders[slot].Side : OrderSide.Buy;
        return ledger.Apply(in report);
    }
}
