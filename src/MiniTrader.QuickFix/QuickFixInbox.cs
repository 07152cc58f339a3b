using System.Collections.Concurrent;

namespace MiniTrader.QuickFix;

/// <summary>What QuickFIX/n told.</summary>
internal enum InboxKind
{
    Logon,
    Logout,

    /// <summary>A message that is for the application or a session-level reject.</summary>
    Message,
}

/// <summary>One thing that QuickFIX/n told; the bytes are a whole message, or empty.</summary>
internal readonly record struct InboxEntry(InboxKind Kind, byte[] Bytes);

/// <summary>
/// From QuickFIX/n's threads to ours, in order. Messages are bounded: the thread that brings one to a full inbox waits, and so does the peer on the wire; it
/// may, because QuickFIX/n holds no lock then. A logout is told under the session's lock, which a send of ours may be waiting for, so it never waits.
/// </summary>
internal sealed class QuickFixInbox(int capacity)
{
    private const int WaitMilliseconds = 1;
    private readonly ConcurrentQueue<InboxEntry> _entries = new();
    private volatile bool _isClosed;

    public void PutLogon() => _entries.Enqueue(new(InboxKind.Logon, []));

    public void PutLogout() => _entries.Enqueue(new(InboxKind.Logout, []));

    /// <summary>Waits for room, and no longer once the inbox is closed.</summary>
    public void PutMessage(byte[] bytes)
    {
        while (!_isClosed && _entries.Count >= capacity) Thread.Sleep(WaitMilliseconds);
        _entries.Enqueue(new(InboxKind.Message, bytes));
    }

    public bool TryTake(out InboxEntry entry) => _entries.TryDequeue(out entry);

    /// <summary>Nobody takes any more: whoever waits for room goes on.</summary>
    public void Close() => _isClosed = true;
}
