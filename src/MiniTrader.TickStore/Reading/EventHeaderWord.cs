using MiniTrader.Model;

namespace MiniTrader.TickStore;

/// <summary>The third word of an event's header: instrument (32 bits), kind (8), flags (8), detail (16), from the lowest bit.</summary>
internal static class EventHeaderWord
{
    public const int KindShift = 32;
    public const int FlagsShift = 40;
    public const int DetailShift = 48;

    public static long Of(InstrumentId instrument, TickKind kind, EventFlags flags) =>
        (uint)instrument.Index | ((long)kind.Event << KindShift) | ((long)flags << FlagsShift) | ((long)kind.Interval.Packed << DetailShift);
}
