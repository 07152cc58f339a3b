using MiniTrader.DataTools;
using MiniTrader.Model;
using Xunit;

namespace MiniTrader.Tests.DataTools;

/// <summary>Keeps what importers hand on, and holds them to the sink's contract: one kind a call, in order of received time.</summary>
internal sealed class MemorySink : IEventSink
{
    public Dictionary<string, Instrument> Instruments { get; } = [];

    public Dictionary<(string Instrument, string Kind), List<(DateOnly Partition, MarketEvent Event)>> Series { get; } = [];

    public void Register(Instrument instrument)
    {
        Assert.True(!Instruments.TryGetValue(instrument.Name, out Instrument? known) || known == instrument);
        Instruments[instrument.Name] = instrument;
    }

    public Dictionary<string, TradingCalendar> Calendars { get; } = [];

    public void SetCalendar(Instrument instrument, TradingCalendar calendar)
    {
        Assert.Contains(instrument.Name, Instruments);
        Calendars[instrument.Name] = calendar;
    }

    public void Append(Instrument instrument, DateOnly partition, ReadOnlySpan<MarketEvent> events)
    {
        Assert.Contains(instrument.Name, Instruments);
        string kind = KindOf(events[0]);
        if (!Series.TryGetValue((instrument.Name, kind), out List<(DateOnly, MarketEvent)>? list)) Series[(instrument.Name, kind)] = list = [];
        foreach (ref readonly MarketEvent e in events)
        {
            bool isSameKind = e.Header.Kind == events[0].Header.Kind && e.Header.Detail == events[0].Header.Detail;
            bool isInOrder = list.Count == 0 || list[^1].Item1 != partition || list[^1].Item2.Header.ReceivedTime <= e.Header.ReceivedTime;
            if (!isSameKind || !isInOrder || e.Header.ReceivedTime < e.Header.VenueTime) Assert.Fail($"Event {list.Count} of {kind} breaks the sink's contract.");
            list.Add((partition, e));
        }
    }

    public MarketEvent[] Of(string instrument, string kind) => [.. Series[(instrument, kind)].Select(p => p.Event)];

    public long Events => Series.Values.Sum(s => (long)s.Count);

    private static string KindOf(in MarketEvent e) => e.Header.Kind switch
    {
        EventKind.Quote => "quotes",
        EventKind.Trade => "trades",
        EventKind.Bar => $"bars-{e.Bar.Interval}",
        _ => e.Header.Kind.ToString(),
    };
}
