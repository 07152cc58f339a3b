using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>
/// What was asked for in resend requests and has not all come yet: the whole gap, and the chunk of it that the last request named. One session owns it.
/// <code>
///  Begin ─────────── ChunkEnd ─────────────────── End   trigger
///    └ the last request ┘                                  └ the message whose number was too high
/// </code>
/// </summary>
internal struct ResendRange
{
    public long Begin;
    public long ChunkEnd;
    public long End;
    public bool HasStarted;

    /// <summary>When it was asked for, or when the last of it came that was in order.</summary>
    public Timestamp LastProgress;

    public readonly bool IsOpen => End > 0;

    public readonly bool IsLastChunk => ChunkEnd >= End;
}
