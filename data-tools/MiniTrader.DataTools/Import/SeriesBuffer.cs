using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>Collects the events of one series and hands them on in blocks; checks that their time does not go back.</summary>
public sealed class SeriesBuffer(IEventSink sink, Instrument instrument, FileAccount account, int capacity = 4096)
{
    private const int FirstCapacity = 64;

    /// <summary>Clocks of different machines differ by less than a day.</summary>
    private static readonly Timestamp _tomorrow = Timestamp.FromDateTime(DateTime.UtcNow.AddDays(1));

    private MarketEvent[] _events = new MarketEvent[FirstCapacity];
    private int _count;
    private DateOnly _partition;

    public Instrument Instrument { get; } = instrument;

    /// <summary>The file whose events are counted; a series that goes on in the next file is given that file's.</summary>
    public FileAccount Account { get; set; } = account;

    /// <summary>Received time of the last event.</summary>
    public Timestamp Last { get; private set; } = Timestamp.MinValue;

    /// <summary>True when an event of this received time would go back in time.</summary>
    public bool IsBefore(Timestamp time) => time < Last;

    /// <summary>A cleared slot for the next event; fill it completely before asking again.</summary>
    public ref MarketEvent Next(DateOnly partition, EventKind kind, Timestamp venueTime, Timestamp receivedTime)
    {
        if (_count > 0 && partition != _partition) Flush();
        if (_count == _events.Length)
        {
            if (_count < capacity) Array.Resize(ref _events, _count * 2);
            else Flush();
        }

        _partition = partition;
        Last = receivedTime;
        Account.Events++;
        if (venueTime < default(Timestamp)) Account.Note("events dated before 1970; is the time's unit or format another (--time-format)?");
        else if (venueTime > _tomorrow) Account.Note("events dated in the future; is the time's unit or format another (--time-format)?");
        ref MarketEvent slot = ref _events[_count++];
        slot = default;
        slot.Header.VenueTime = venueTime;
        slot.Header.ReceivedTime = receivedTime;
        slot.Header.Kind = kind;
        slot.Header.Flags = EventFlags.ForBoth;
        return ref slot;
    }

    public void Flush()
    {
        if (_count > 0) sink.Append(Instrument, _partition, _events.AsSpan(0, _count));
        _count = 0;
    }
}
