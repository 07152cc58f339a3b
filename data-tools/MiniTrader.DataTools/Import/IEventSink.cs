using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>Where importers put what they read: a catalog, or a list in a test. One thread.</summary>
public interface IEventSink
{
    /// <summary>Makes an instrument known; the same instrument may be named again.</summary>
    void Register(Instrument instrument);

    /// <summary>Says when a registered instrument trades; its sessions are those of the time that its prices cover.</summary>
    void SetCalendar(Instrument instrument, TradingCalendar calendar);

    /// <summary>
    /// Takes events of one kind and interval in the order of their received time. The partition names the file they go to.
    /// The span is free again when the call returns.
    /// </summary>
    void Append(Instrument instrument, DateOnly partition, ReadOnlySpan<MarketEvent> events);
}
