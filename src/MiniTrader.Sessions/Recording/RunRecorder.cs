using System.Runtime.InteropServices;
using MiniTrader.Analytics;
using MiniTrader.Engine;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Ring;

namespace MiniTrader.Sessions;

/// <summary>
/// Empties the recorder's ring: every slot into the journal, every order, fill, position and equity sample into the run folder.
/// An agent on a thread of its own; nothing here can slow the engine but a full ring.
/// </summary>
internal sealed class RunRecorder : IAgent, IDisposable
{
    /// <summary>Slots of the recorder's ring: 1 MiB.</summary>
    public const int RingSize = 16_384;

    private const int MaxFollowers = 2;

    private readonly RingConsumer<JournalSlot> _ring;
    private readonly RunFolderWriter _folder;
    private readonly JournalFile? _journal;
    private readonly Ledger _ledger;
    private readonly OrderRows _orders;
    private readonly Position[,] _positions;
    private readonly Position[] _totals;
    private readonly FillJournal _fills = new();
    private readonly JournalSlot[] _entry = new JournalSlot[1 + MaxFollowers];
    private int _have;

    /// <param name="ring">The reading end of the recorder's ring.</param>
    /// <param name="folder">Where rows go; the caller completes it.</param>
    /// <param name="journal">Where slots go; null keeps no journal. Owned from here on.</param>
    /// <param name="ledger">Only its immutable parts are read: instruments, rates, multipliers.</param>
    public RunRecorder(RingConsumer<JournalSlot> ring, RunFolderWriter folder, JournalFile? journal, Ledger ledger)
    {
        _ring = ring;
        _folder = folder;
        _orders = new OrderRows(folder, ledger.Instruments);
        _journal = journal;
        _ledger = ledger;
        _positions = new Position[ledger.StrategyCount, ledger.Instruments.Count];
        _totals = new Position[ledger.Instruments.Count];
    }

    /// <summary>Whether the engine sampled its equity at least once; asked when the thread has ended.</summary>
    public bool HasEquity { get; private set; }

    public int DoWork()
    {
        Span<JournalSlot> slots = _ring.Poll(RingSize);
        if (slots.IsEmpty)
        {
            if (!_ring.IsDrained) return 0;
            _orders.WriteOpen();
            return IAgent.Finished;
        }

        _journal?.Write(slots);
        foreach (ref readonly JournalSlot slot in slots) Take(in slot);
        int count = slots.Length;
        _ring.Release(count);
        return count;
    }

    /// <summary>Completes the journal; when the thread has ended.</summary>
    /// <exception cref="IOException">It could not be written.</exception>
    public void Complete() => _journal?.Complete();

    public void Dispose() => _journal?.Dispose();

    private void Take(in JournalSlot slot)
    {
        if (_have == 0 && slot.IsMarket) return;
        _entry[_have++] = slot;
        if (_have <= _entry[0].Followers) return;
        _have = 0;
        ref JournalSlot head = ref _entry[0];
        switch (head.Kind)
        {
            case JournalKind.Command:
                _orders.OnCommand(in Payload<OrderCommand>(), (ReasonCode)head.Code);
                break;
            case JournalKind.Denial:
                OnDenial(in Payload<DenialPayload>());
                break;
            case JournalKind.Report:
                OnReport(in Payload<ExecutionReport>());
                break;
            case JournalKind.Equity:
                OnEquity(head.Time, in Payload<EquityPayload>().Snapshot);
                break;
            case JournalKind.Entry:
                OnEntry(in Payload<LedgerEntry>());
                break;
            case JournalKind.Mark:
                _folder.Add(new PricePoint { Time = head.Time, Instrument = head.Instrument, Price = new(head.A) });
                break;
        }
    }

    private ref readonly T Payload<T>()
        where T : unmanaged => ref MemoryMarshal.Cast<JournalSlot, T>(_entry.AsSpan(1))[0];

    private void OnReport(in ExecutionReport report)
    {
        if (report.Kind.IsRevision()) OnRevision(in report);
        if (_orders.IsOpen(report.ClientOrderId))
        {
            if (report.Kind == ReportKind.Fill) AddFill(in report, _orders.EntryLatencyOf(report.ClientOrderId));
            _orders.OnReport(in report);
        }
        else
        {
            OnLateFill(in report);
        }
    }

    private void AddFill(in ExecutionReport report, long entryLatency)
    {
        Instrument instrument = _ledger.Instruments[report.Instrument];
        _folder.Add(FillRow.From(in report, instrument, _ledger.Account.RateOf(report.Instrument), entryLatency));

        ref Position position = ref _positions[report.Strategy.Index, report.Instrument.Index];
        ref Position total = ref _totals[report.Instrument.Index];
        decimal value = report.LastPrice.Times(report.LastQuantity) * instrument.Multiplier;
        _fills.Add(in report, value, in position, in total);
        position.Apply(report.Side, report.LastQuantity, value, report.Fee);
        total.Apply(report.Side, report.LastQuantity, value, report.Fee);
        AddPosition(report.ReceivedTime, report.Strategy, report.Instrument, in position);
    }

    /// <summary>An order's row is written when it is done; a fill that comes after it stands among the fills and in the position only.</summary>
    private void OnLateFill(in ExecutionReport report)
    {
        if (report.Kind != ReportKind.Fill || report.LastQuantity.Raw <= 0) return;
        if (!_orders.WasSeen(report.ClientOrderId)) return;
        if (!_fills.TryFind(report.ClientOrderId, report.ExecutionId, out _)) AddFill(in report, 0);
    }

    /// <summary>
    /// A bust is written as the opposite of the fill that it takes back, a correction as that and the fill as it is now, so that the sum of
    /// all fills and fees stays what is held and was paid.
    /// </summary>
    private void OnRevision(in ExecutionReport report)
    {
        bool isBust = report.Kind == ReportKind.Busted;
        if (!_fills.TryFind(report.ClientOrderId, report.ExecutionId, out long number)) return;
        FillRecord before = _fills[number];
        if (before.IsBusted || (!isBust && (report.LastQuantity.Raw <= 0 || report.LastPrice.IsZero))) return;
        ref Position position = ref _positions[before.Strategy.Index, before.Instrument.Index];
        ref Position total = ref _totals[before.Instrument.Index];
        if (!_fills.CanRevise(number, in position, in total)) return;

        Instrument instrument = _ledger.Instruments[before.Instrument];
        Quantity quantity = isBust ? Quantity.Zero : report.LastQuantity;
        decimal fee = isBust ? 0m : report.Fee == 0m ? before.Fee : report.Fee;
        Price price = isBust ? before.Price : report.LastPrice;
        _fills.Revise(number, price, quantity, price.Times(quantity) * instrument.Multiplier, fee, ref position, ref total);
        if (!isBust && report.CauseId != 0) _fills.Rename(number, new ExecutionId(report.CauseId));

        ExecutionReport row = report;
        row.Kind = ReportKind.Fill;
        row.Instrument = before.Instrument;
        row.Strategy = before.Strategy;
        row.Side = before.Side == OrderSide.Buy ? OrderSide.Sell : OrderSide.Buy;
        row.LastPrice = before.Price;
        row.LastQuantity = before.Quantity;
        row.Fee = -before.Fee;
        row.Cause = isBust ? FillCause.Bust : FillCause.Correction;
        decimal rate = _ledger.Account.RateOf(before.Instrument);
        _folder.Add(FillRow.From(in row, instrument, rate));
        if (!isBust)
        {
            row.Side = before.Side;
            row.LastPrice = price;
            row.LastQuantity = quantity;
            row.Fee = fee;
            _folder.Add(FillRow.From(in row, instrument, rate));
        }

        AddPosition(report.ReceivedTime, before.Strategy, before.Instrument, in position);
        _orders.OnRevision(in before, price, quantity);
    }

    private void OnDenial(in DenialPayload denial) => _folder.Add(new DenialRow
    {
        Time = denial.Time,
        ClientOrderId = denial.Order,
        Strategy = denial.Strategy,
        Instrument = _ledger.Instruments.Has(denial.Instrument) ? denial.Instrument : InstrumentId.None,
        Command = denial.Kind,
        Reason = denial.Code,
        Limit = denial.Limit,
        Value = denial.Value,
    });

    private void OnEntry(in LedgerEntry entry)
    {
        Instrument? instrument = entry.Instrument.IsNone ? null : _ledger.Instruments[entry.Instrument];
        _folder.Add(new EntryRow
        {
            Time = entry.Time,
            Strategy = entry.Strategy,
            Instrument = entry.Instrument,
            Kind = entry.Kind,
            QuantityBefore = entry.QuantityBefore,
            QuantityAfter = entry.QuantityAfter,
            Price = entry.Price,
            Amount = entry.Amount,
            Currency = instrument?.Currency ?? _ledger.Account.BaseCurrency,
        });
        if (instrument is null) return;
        ref Position position = ref _positions[entry.Strategy.Index, entry.Instrument.Index];
        if (entry.IsTrade)
        {
            decimal value = entry.Price.Times(entry.Traded) * instrument.Multiplier;
            position.ApplyWithoutTrade(entry.Side, entry.Traded, value);
            _totals[entry.Instrument.Index].ApplyWithoutTrade(entry.Side, entry.Traded, value);
            _folder.Add(SettlementFill(in entry, instrument));
        }
        else if (entry.Kind == LedgerEntryKind.Split)
        {
            position.Split(entry.QuantityAfter);
            _totals[entry.Instrument.Index].Split(_totals[entry.Instrument.Index].Quantity - entry.QuantityBefore + entry.QuantityAfter);
            _folder.AddSplit(entry.Strategy, entry.Instrument, entry.QuantityBefore, entry.QuantityAfter);
        }
        else
        {
            return;
        }

        AddPosition(entry.Time, entry.Strategy, entry.Instrument, in position);
    }

    /// <summary>A position that ended without an order stands among the fills too, so that their sum is the position.</summary>
    private FillRow SettlementFill(in LedgerEntry entry, Instrument instrument) => new()
    {
        VenueTime = entry.Time,
        ReceivedTime = entry.Time,
        ClientOrderId = ClientOrderId.None,
        Strategy = entry.Strategy,
        Instrument = entry.Instrument,
        Side = entry.Side,
        Price = entry.Price,
        Quantity = entry.Traded,
        Filled = entry.Traded,
        Currency = instrument.Currency,
        Multiplier = instrument.Multiplier,
        BaseRate = _ledger.Account.RateOf(entry.Instrument),
        Cause = FillCause.Settlement,
    };

    private void AddPosition(Timestamp time, StrategyId strategy, InstrumentId id, in Position position)
    {
        Instrument instrument = _ledger.Instruments[id];
        _folder.Add(new PositionRow
        {
            Time = time,
            Strategy = strategy,
            Instrument = id,
            Quantity = position.Quantity,
            AveragePrice = position.AveragePrice(instrument.Multiplier).ToDecimal(),
            Realised = position.Realised,
            Fees = position.Fees,
        });
    }

    public static EquityPoint PointOf(Timestamp time, in AccountSnapshot snapshot) => new()
    {
        Time = time,
        Equity = snapshot.Equity,
        Cash = snapshot.Cash,
        Unrealised = snapshot.Unrealised,
        Realised = snapshot.Realised,
        Fees = snapshot.Fees,
        GrossExposure = snapshot.GrossExposure,
        NetExposure = snapshot.NetExposure,
        Income = snapshot.Income,
    };

    private void OnEquity(Timestamp time, in AccountSnapshot snapshot)
    {
        HasEquity = true;
        _folder.Add(PointOf(time, in snapshot));
    }
}
