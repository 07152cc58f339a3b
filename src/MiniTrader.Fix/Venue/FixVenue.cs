using System.Runtime.CompilerServices;
using MiniTrader.Model;
using MiniTrader.Ring;

namespace MiniTrader.Fix;

/// <summary>
/// A venue behind a FIX session, as the engine sees it: commands go into one ring, reports come out of another; a <see cref="FixOrders"/> on the
/// FIX thread is at their other ends. Engine thread only.
/// </summary>
public sealed class FixVenue : IDisposable
{
    private readonly RingBuffer<OrderCommand> _commandRing;
    private readonly RingBuffer<ExecutionReport> _reportRing;
    private readonly RingProducer<OrderCommand> _commands;
    private readonly RingConsumer<ExecutionReport> _reports;

    internal FixVenue(int slots)
    {
        _commandRing = new RingBuffer<OrderCommand>(slots, WaitStrategy.BusySpin());
        CommandsOut = _commandRing.AddConsumer();
        _commands = _commandRing.CreateProducer();
        _reportRing = new RingBuffer<ExecutionReport>(slots, WaitStrategy.BusySpin());
        _reports = _reportRing.AddConsumer();
        ReportsIn = _reportRing.CreateProducer();
    }

    /// <summary>At once when a report waits, never otherwise.</summary>
    public Timestamp NextDue
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _reports.Poll(1).Length > 0 ? Timestamp.MinValue : Timestamp.MaxValue;
    }

    internal RingConsumer<OrderCommand> CommandsOut { get; }

    internal RingProducer<ExecutionReport> ReportsIn { get; }

    /// <summary>Puts a command on its way to the FIX thread; false when the ring is full.</summary>
    public bool Submit(in OrderCommand command)
    {
        if (!_commands.TryClaim(1, out Span<OrderCommand> slots)) return false;
        slots[0] = command;
        _commands.Publish(1);
        return true;
    }

    /// <summary>Takes the next report. It is heard now, or when it came where the caller names no time.</summary>
    public bool TryTake(Timestamp now, out ExecutionReport report)
    {
        Span<ExecutionReport> waiting = _reports.Poll(1);
        if (waiting.Length == 0)
        {
            report = default;
            return false;
        }

        report = waiting[0];
        _reports.Release(1);
        if (now != Timestamp.MaxValue) report.ReceivedTime = Timestamp.Max(report.ReceivedTime, now);
        return true;
    }

    public void Dispose()
    {
        _commandRing.Dispose();
        _reportRing.Dispose();
    }
}

/// <summary>The engine's port to a <see cref="FixVenue"/>. Engine thread only.</summary>
public readonly struct FixVenuePort(FixVenue venue) : IVenue
{
    public Timestamp NextDue => venue.NextDue;

    public bool Submit(in OrderCommand command) => venue.Submit(in command);

    public bool TryTake(Timestamp now, out ExecutionReport report) => venue.TryTake(now, out report);

    /// <summary>The real venue sees its market by itself.</summary>
    public bool OnMarket(in MarketEvent marketEvent) => false;

    /// <summary>False: events are taken in one by one. A report that has come is heard before the next batch of them, or at once when none comes.</summary>
    public bool IsIdle(InstrumentId instrument) => false;

    public void OnQuietQuotes(in MarketEvent last, int count)
    {
    }

    public bool TryQuietQuote(in MarketEvent quote) => false;

    /// <summary>False, for the same reason.</summary>
    public bool IsQuietBook(InstrumentId instrument) => false;

    public bool TryQuietBook(in BookDelta delta) => false;

    /// <summary>A real venue does not say.</summary>
    public bool TryGetQuantityAhead(ClientOrderId id, out Quantity ahead)
    {
        ahead = Quantity.Zero;
        return false;
    }

    public void OnEnd(Timestamp time)
    {
    }
}
