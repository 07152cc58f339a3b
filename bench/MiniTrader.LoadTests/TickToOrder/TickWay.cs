using System.Diagnostics;
using HdrHistogram;
using MiniTrader.Fix;
using MiniTrader.Model;

namespace MiniTrader.LoadTests;

/// <summary>One way from the bytes of a market data message to the bytes of an order, and how long it takes: the same messages for each.</summary>
internal abstract class TickWay : IDisposable
{
    private long _round;

    /// <summary>The time that the messages state; the first is of an instant later than this.</summary>
    protected Timestamp Now { get; private set; } = Timestamp.Parse("2026-11-23T10:00:00Z");

    /// <summary>Room for one message, or for what is on its way.</summary>
    protected byte[] Wire { get; } = new byte[1 << 16];

    public int TickBytes { get; private set; }

    public int OrderBytes { get; private set; }

    public void Run(int rounds, LongHistogram? histogram)
    {
        double perTick = 1e9 / Stopwatch.Frequency;
        for (int i = 0; i < rounds; i++)
        {
            Now += 20_000_000;
            _round++;
            int length = WriteTick();
            long start = Stopwatch.GetTimestamp();
            int sent = Answer(length);
            long end = Stopwatch.GetTimestamp();
            if (sent == 0) throw new InvalidOperationException($"Tick {_round} was not answered with an order: {WhyNot()}");
            histogram?.RecordValue(Math.Max(1, (long)((end - start) * perTick)));
            (TickBytes, OrderBytes) = (length, sent);
            Settle();
        }
    }

    public abstract void Dispose();

    /// <summary>Puts the next message on the wire and answers its length.</summary>
    protected abstract int WriteTick();

    /// <summary>The way itself: the message on the wire to the order's bytes, of which it answers how many there are.</summary>
    protected abstract int Answer(int length);

    /// <summary>Everything that is on its way arrives, outside of the measured time.</summary>
    protected abstract void Settle();

    protected abstract string WhyNot();

    /// <summary>The body of an increment of two entries, new best bid and ask.</summary>
    protected void WriteEntries(ref FixWriter tick)
    {
        long size = 100 + (_round % 900);
        tick.Time(Tags.TransactTime, Now);
        tick.Int(Tags.NoMDEntries, 2);
        for (int side = 0; side < 2; side++)
        {
            tick.Char(Tags.MDUpdateAction, '1');
            tick.Char(Tags.MDEntryType, (char)('0' + side));
            tick.Text(Tags.Symbol, "MSFT"u8);
            tick.Decimal(Tags.MDEntryPx, new Price((101_240_000_000 + (side * 20_000_000L)) + (_round % 2 * 10_000_000L)));
            tick.Decimal(Tags.MDEntrySize, Quantity.FromUnits(size));
            tick.Int(Tags.RptSeq, (_round * 2) - 1 + side);
        }
    }
}
