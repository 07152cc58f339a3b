namespace MiniTrader.Sessions;

/// <summary>How much of a session its journal keeps.</summary>
public enum JournalLevel
{
    None,

    /// <summary>Orders, reports, bookings, marks and equity. The market events are named by the config: data, times, instruments.</summary>
    Orders,

    /// <summary>Every market event and timer too: the journal is complete in itself.</summary>
    Full,
}
