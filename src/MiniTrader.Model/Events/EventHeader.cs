using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MiniTrader.Model;

/// <summary>
/// The first 24 bytes of every market event.
/// <code>
/// 0        8        16       20  21  22    24
/// +--------+--------+--------+---+---+-----+
/// | venue  | receiv | instr  | k | f | det |   k kind, f flags, det detail of the kind
/// +--------+--------+--------+---+---+-----+
/// </code>
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = Size)]
public struct EventHeader
{
    public const int Size = 24;

    /// <summary>When it happened at the venue.</summary>
    public Timestamp VenueTime;

    /// <summary>When it reached the strategy; not before the venue time.</summary>
    public Timestamp ReceivedTime;

    public InstrumentId Instrument;
    public EventKind Kind;
    public EventFlags Flags;

    /// <summary>Of the kind: a bar's <see cref="BarInterval"/>, the feed's number otherwise.</summary>
    public ushort Detail;

    /// <summary>True for a quote that venue and strategy see at one instant: by far the most frequent event, told by one comparison.</summary>
    public readonly bool IsQuoteForBoth
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Unsafe.As<EventKind, ushort>(ref Unsafe.AsRef(in Kind)) == ((ushort)EventKind.Quote | ((ushort)EventFlags.ForBoth << 8));
    }

    /// <summary>True for a change of a book that venue and strategy see at one instant, whatever else its flags say.</summary>
    public readonly bool IsBookForBoth
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            const int Wanted = 0xFF | ((int)EventFlags.ForBoth << 8);
            return (Unsafe.As<EventKind, ushort>(ref Unsafe.AsRef(in Kind)) & Wanted) == ((ushort)EventKind.BookDelta | ((ushort)EventFlags.ForBoth << 8));
        }
    }

    /// <summary>Instrument, kind, flags and detail as one number: the same for events that differ in time and payload only.</summary>
    public readonly long Like
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Unsafe.As<InstrumentId, long>(ref Unsafe.AsRef(in Instrument));
    }

    /// <summary>When the engine handles it: the received time, or the venue time of an event that only the venue sees.</summary>
    public readonly Timestamp DueTime => (Flags & EventFlags.ForStrategy) != 0 ? ReceivedTime : VenueTime;
}
