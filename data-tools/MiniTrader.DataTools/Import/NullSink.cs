using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>Takes events and forgets them: for passes that only look.</summary>
public sealed class NullSink : IEventSink
{
    private NullSink()
    {
    }

    public static NullSink Instance { get; } = new();

    public void Register(Instrument instrument)
    {
    }

    public void SetCalendar(Instrument instrument, TradingCalendar calendar)
    {
    }

    public void Append(Instrument instrument, DateOnly partition, ReadOnlySpan<MarketEvent> events)
    {
    }
}
