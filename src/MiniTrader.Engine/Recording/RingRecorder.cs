using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MiniTrader.Model;
using MiniTrader.Portfolio;
using MiniTrader.Ring;
using MiniTrader.Risk;
using MiniTrader.Strategies;

namespace MiniTrader.Engine;

/// <summary>
/// Publishes every entry into a ring that a recorder thread empties. When the ring is full the engine waits: a record is never
/// dropped. Engine thread only.
/// </summary>
/// <param name="ring">The writing end of the recorder's ring.</param>
/// <param name="recordsMarket">Whether market events go in as well, so that the journal is complete in itself.</param>
public readonly struct RingRecorder(RingProducer<JournalSlot> ring, bool recordsMarket) : IRecorder
{
    private const byte PayloadSlots = 2;

    public bool RecordsMarket => recordsMarket;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void OnMarket(in MarketEvent marketEvent) => Put(in Unsafe.As<MarketEvent, JournalSlot>(ref Unsafe.AsRef(in marketEvent)));

    public void OnCommand(in OrderCommand command, ReasonCode denial, long eventNumber)
    {
        PutHead(JournalKind.Command, command.SentTime, eventNumber, command.Instrument, (ushort)denial, 0, PayloadSlots);
        PutPayload(in command);
    }

    public void OnDenial(in Denial denial, CommandKind kind, long eventNumber)
    {
        PutHead(JournalKind.Denial, denial.Time, eventNumber, denial.Instrument, (ushort)denial.Code, 0, 1);
        DenialPayload payload = new()
        {
            Time = denial.Time,
            Order = denial.Order,
            Instrument = denial.Instrument,
            Strategy = denial.Strategy,
            Code = denial.Code,
            Kind = kind,
            Limit = denial.Limit,
            Value = denial.Value,
        };
        PutPayload(in payload);
    }

    public void OnReport(in ExecutionReport report, long eventNumber)
    {
        PutHead(JournalKind.Report, report.ReceivedTime, eventNumber, report.Instrument, (ushort)report.Reason, 0, PayloadSlots);
        PutPayload(in report);
    }

    public void OnEntry(in LedgerEntry entry, long eventNumber)
    {
        PutHead(JournalKind.Entry, entry.Time, eventNumber, entry.Instrument, (ushort)entry.Kind, 0, 1);
        PutPayload(in entry);
    }

    public void OnTimer(in TimerTick timer, StrategyId strategy, long eventNumber)
    {
        // Timers follow from the other inputs: only a journal that is complete in itself holds them.
        if (recordsMarket) PutHead(JournalKind.Timer, timer.DueTime, eventNumber, InstrumentId.None, strategy.Index, timer.Id, 0);
    }

    public void OnEquity(Timestamp time, in AccountSnapshot snapshot, long eventNumber)
    {
        PutHead(JournalKind.Equity, time, eventNumber, InstrumentId.None, 0, 0, PayloadSlots);
        EquityPayload payload = new() { Snapshot = snapshot };
        PutPayload(in payload);
    }

    public void OnMark(Timestamp time, InstrumentId instrument, Price price, long eventNumber) =>
        PutHead(JournalKind.Mark, time, eventNumber, instrument, 0, price.Raw, 0);

    private void PutHead(JournalKind kind, Timestamp time, long number, InstrumentId instrument, ushort code, long a, byte followers)
    {
        JournalSlot slot = default;
        slot.Time = time;
        slot.Number = number;
        slot.Instrument = instrument;
        slot.Kind = kind;
        slot.Followers = followers;
        slot.Code = code;
        slot.A = a;
        Put(in slot);
    }

    private void PutPayload<T>(in T payload)
        where T : unmanaged
    {
        foreach (ref readonly JournalSlot slot in MemoryMarshal.Cast<T, JournalSlot>(new ReadOnlySpan<T>(in payload))) Put(in slot);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Put(in JournalSlot slot)
    {
        if (!ring.TryClaim(1, out Span<JournalSlot> slots)) slots = WaitForRoom();
        slots[0] = slot;
        ring.Publish(1);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Span<JournalSlot> WaitForRoom()
    {
        Span<JournalSlot> slots = ring.Claim(1);
        return slots.IsEmpty
            ? throw new InvalidOperationException("The recorder stopped before the session did, so nothing more can be recorded.")
            : slots;
    }
}

/// <summary>An account snapshot, which fills two slots.</summary>
[StructLayout(LayoutKind.Sequential, Size = 2 * MarketEvent.Size)]
public struct EquityPayload
{
    public AccountSnapshot Snapshot;
}
