using MiniTrader.Model;
using MiniTrader.TickStore;

namespace MiniTrader.Tests.TickStore;

/// <summary>What a feed must emit, said in the plainest way: lift, flag, and sort.</summary>
internal static class SeriesOracle
{
    /// <summary>One side of one series whose data has received times, or one clock and a latency.</summary>
    public static MarketEvent[] Emit(IReadOnlyList<MarketEvent> events, CursorSettings settings)
    {
        bool hasTwoClocks = events.Any(e => e.Header.ReceivedTime != e.Header.VenueTime);
        MarketEvent[] emitted = [.. events];
        Timestamp latestVenue = Timestamp.MinValue;
        for (int i = 0; i < emitted.Length; i++)
        {
            ref EventHeader header = ref emitted[i].Header;
            if (settings.Side != CursorSide.File)
            {
                latestVenue = Timestamp.Max(latestVenue, header.VenueTime);
                header.VenueTime = latestVenue;
            }

            if (!hasTwoClocks) header.ReceivedTime += settings.LatencyNanoseconds;
            header.Flags = (header.Flags & ~EventFlags.ForBoth) | settings.Flags;
            header.Instrument = settings.Instrument;
        }

        return emitted;
    }

    /// <summary>Every series of a session by due time; ties: venue side, instrument, corporate actions, kind, file order.</summary>
    public static MarketEvent[] Merge(IEnumerable<(InstrumentId Instrument, TickKind Kind, MarketEvent[] Events)> series, long latency)
    {
        List<(MarketEvent Event, TickKind Kind)> all = [];
        foreach ((InstrumentId instrument, TickKind kind, MarketEvent[] events) in series)
        {
            bool isApart = latency != 0 || events.Any(e => e.Header.ReceivedTime != e.Header.VenueTime);
            CursorSide[] sides = isApart ? [CursorSide.Venue, CursorSide.Strategy] : [CursorSide.Both];
            foreach (CursorSide side in sides)
            {
                CursorSettings settings = new() { Instrument = instrument, Side = side, LatencyNanoseconds = latency };
                all.AddRange(Emit(events, settings).Select(e => (e, kind)));
            }
        }

        return [.. all
            .OrderBy(x => x.Event.Header.DueTime)
            .ThenBy(x => (x.Event.Header.Flags & EventFlags.ForVenue) != 0 ? 0 : 1)
            .ThenBy(x => x.Event.Header.Instrument.Index)
            .ThenBy(x => x.Kind.Event == EventKind.CorporateAction ? 0 : 1)
            .ThenBy(x => x.Kind)
            .Select(x => x.Event)];
    }
}
