using System.Runtime.InteropServices;
using MiniTrader.Model;
using MiniTrader.TickStore;
using Xunit;

namespace MiniTrader.Tests.TickStore;

/// <summary>Seeded events of every kind, and the ways the tests write, read and compare them.</summary>
internal static class TickData
{
    public static readonly Timestamp Start = Timestamp.Parse("2024-03-04T14:30:00Z");

    public static readonly TickKind[] AllKinds =
    [
        TickKind.Quotes, TickKind.Trades, TickKind.Book, TickKind.Status, TickKind.Actions, TickKind.Signals,
        TickKind.Bars(BarInterval.Create(1, BarUnit.Minute)), TickKind.Bars(BarInterval.Create(1, BarUnit.Day, BarSource.Bid)),
    ];

    /// <summary>What optional columns the events of a series need.</summary>
    [Flags]
    public enum Shape
    {
        Plain = 0,
        TwoClocks = 1,
        Extras = 2,
    }

    public static MarketEvent[] Events(TickKind kind, int count, ulong seed, Shape shape = Shape.Plain, int instrument = 0, long meanGap = 1_000)
    {
        SeededRandom random = new(seed);
        MarketEvent[] events = new MarketEvent[count];
        long received = Start.Nanoseconds;
        for (int i = 0; i < count; i++)
        {
            received += random.NextInt64(3) == 0 ? 0 : random.NextInt64(2 * meanGap);
            long venue = received - ((shape & Shape.TwoClocks) != 0 ? random.NextInt64(5 * meanGap) : 0);
            events[i] = Event(kind, ref random, new Timestamp(venue), new Timestamp(received), (shape & Shape.Extras) != 0);
            events[i].Header.Instrument = new InstrumentId(instrument);
        }

        return events;
    }

    public static MarketEvent Event(TickKind kind, ref SeededRandom random, Timestamp venue, Timestamp received, bool extras)
    {
        MarketEvent e = default;
        e.Header = new EventHeader
        {
            VenueTime = venue,
            ReceivedTime = received,
            Kind = kind.Event,
            Flags = EventFlags.ForBoth,
            Detail = kind.Interval.Packed,
        };
        switch (kind.Event)
        {
            case EventKind.Quote:
                e.Quote.Bid = AnyPrice(ref random);
                e.Quote.Ask = AnyPrice(ref random);
                e.Quote.BidSize = AnySize(ref random);
                e.Quote.AskSize = AnySize(ref random);
                if (extras) e.Quote.Sequence = (long)random.NextUInt64();
                break;
            case EventKind.Trade:
                e.Trade.Price = AnyPrice(ref random);
                e.Trade.Size = AnySize(ref random);
                e.Trade.Aggressor = (AggressorSide)random.NextInt64(3);
                if (extras) e.Trade.TradeId = (long)random.NextUInt64();
                if (extras) e.Trade.Sequence = (long)random.NextUInt64();
                if (extras) e.Trade.Condition = (TradeCondition)random.NextInt64(6);
                break;
            case EventKind.Bar:
                e.Bar.Open = AnyPrice(ref random);
                e.Bar.High = AnyPrice(ref random);
                e.Bar.Low = AnyPrice(ref random);
                e.Bar.Close = AnyPrice(ref random);
                e.Bar.Volume = AnySize(ref random);
                break;
            case EventKind.BookDelta:
                e.BookDelta.Price = AnyPrice(ref random);
                e.BookDelta.Size = AnySize(ref random);
                e.BookDelta.OrderId = (long)random.NextUInt64();
                e.BookDelta.Action = (BookAction)random.NextInt64(6);
                e.BookDelta.Side = (OrderSide)random.NextInt64(2);
                if (extras) e.BookDelta.Sequence = (long)random.NextUInt64();
                if (extras) e.Header.Flags |= (EventFlags)(random.NextInt64(4) << 2);
                break;
            case EventKind.Status:
                e.Status.Status = (MarketStatus)random.NextInt64(7);
                break;
            case EventKind.CorporateAction:
                e.Action.Kind = (CorporateActionKind)random.NextInt64(5);
                e.Action.Amount = AnyPrice(ref random);
                e.Action.Price = AnyPrice(ref random);
                e.Action.NewUnits = random.NextInt64(100);
                e.Action.OldUnits = random.NextInt64(100);
                break;
            default:
                e.Signal.Value = random.NextDouble() - 0.5;
                e.Signal.Channel = random.NextInt64(10);
                break;
        }

        return e;
    }

    public static TickFileInfo Info(TickKind kind) => new() { Instrument = "TEST.SIM", Kind = kind };

    public static void Write(string path, TickKind kind, ReadOnlySpan<MarketEvent> events, TickFileOptions options, int chunk = int.MaxValue)
    {
        using TickFileWriter writer = TickFileWriter.Create(path, Info(kind), options);
        while (!events.IsEmpty)
        {
            int count = Math.Min(chunk, events.Length);
            writer.Append(events[..count]);
            events = events[count..];
        }

        writer.Complete();
    }

    public static MarketEvent[] ReadFile(string path, TickKind kind, int chunk = 1024)
    {
        using MappedFeed feed = MappedFeed.OverFile(TickFile.Open(path, kind));
        return Drain(feed, chunk);
    }

    public static MarketEvent[] Drain(CatalogFeed feed, int chunk = 1024)
    {
        List<MarketEvent> events = [];
        MarketEvent[] slots = new MarketEvent[chunk];
        while (true)
        {
            slots.AsSpan().Fill(Poison);
            int count = feed.Fill(slots);
            if (count == 0) break;
            events.AddRange(slots.AsSpan(0, count));
        }

        Assert.True(feed.IsFinished);
        return [.. events];
    }

    public static void AssertSame(ReadOnlySpan<MarketEvent> expected, ReadOnlySpan<MarketEvent> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            if (Bytes(expected, i).SequenceEqual(Bytes(actual, i))) continue;
            Assert.Fail($"Event {i}: expected {Convert.ToHexString(Bytes(expected, i))}, got {Convert.ToHexString(Bytes(actual, i))}.");
        }
    }

    /// <summary>Slots that are handed out hold these bytes, so that a byte that is not written shows.</summary>
    private static MarketEvent Poison
    {
        get
        {
            MarketEvent poison = default;
            MemoryMarshal.AsBytes(new Span<MarketEvent>(ref poison)).Fill(0xA5);
            return poison;
        }
    }

    private static ReadOnlySpan<byte> Bytes(ReadOnlySpan<MarketEvent> events, int index) => MemoryMarshal.AsBytes(events.Slice(index, 1));

    private static Price AnyPrice(ref SeededRandom random) => new((random.NextInt64(20_000) - 100) * 10_000_000);

    private static Quantity AnySize(ref SeededRandom random) => random.NextInt64(50) == 0 ? new((long)random.NextUInt64()) : Quantity.FromUnits(random.NextInt64(100));
}
