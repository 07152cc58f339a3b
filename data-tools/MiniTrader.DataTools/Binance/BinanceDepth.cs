using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>
/// The book of one symbol of a capture: a snapshot, then the updates that follow it without a hole. Updates that were received
/// before the snapshot and are newer than it are applied with it. At a hole the book is cleared and waits for the next snapshot, so
/// that it never shows what may not be true; <see cref="BinanceOptions.DepthWithoutSnapshot"/> goes on from an empty book instead.
/// </summary>
public sealed class BinanceDepth(IEventSink sink, Instrument instrument, FileAccount account, BinanceOptions options, IReadOnlyList<long> snapshots)
{
    /// <summary>Most updates that wait for a snapshot; further ones are left out, and the snapshot then finds a hole.</summary>
    public const int MaxWaiting = 50_000;

    private readonly LevelWriter _writer = new(sink, instrument, account);
    private readonly DepthChain _chain = new();
    private readonly List<Waiting> _waiting = [];
    private int _snapshotsSeen;

    /// <summary>What the book shows.</summary>
    public PriceLevels Levels => _writer.Levels;

    public RowOutcome Update(BinanceMessage message, Timestamp venueTime, Timestamp receivedTime)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.FirstId < 0 || message.Id < message.FirstId) return RowOutcome.Refused("the depth update lacks U or u, or they are out of order");
        if (_writer.Deltas.IsBefore(receivedTime)) return RowOutcome.Refused("it was received before the row above");
        Waiting update = new(message.FirstId, message.Id, message.PreviousId, venueTime, [.. message.Levels]);
        if (!_chain.IsFollowing) return Wait(update, receivedTime);
        switch (_chain.Next(update.First, update.Last, update.Previous))
        {
            case ChainStep.Next:
                Apply(update, receivedTime);
                return RowOutcome.Stored;
            case ChainStep.Old:
                return RowOutcome.LeftOut("depth update that the snapshot holds already");
            default:
                Break(update, receivedTime);
                return Wait(update, receivedTime);
        }
    }

    public RowOutcome Snapshot(BinanceMessage message, Timestamp venueTime, Timestamp receivedTime)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (_writer.Deltas.IsBefore(receivedTime)) return RowOutcome.Refused("it was received before the row above");
        _snapshotsSeen++;
        if (_chain.IsFollowing && !options.DepthWithoutSnapshot) return RowOutcome.LeftOut("depth snapshot while the book is whole");
        _writer.Begin(venueTime, receivedTime, message.SnapshotId, true);
        _writer.Clear();
        foreach ((OrderSide side, long price, long size) in message.Levels) _writer.Set(side, price, size);
        _writer.End();
        _chain.Start(message.SnapshotId);
        foreach (Waiting update in _waiting)
        {
            if (!_chain.IsFollowing)
            {
                account.Note("depth updates behind a hole, received before the snapshot that it is in");
                continue;
            }

            ChainStep step = _chain.Next(update.First, update.Last, update.Previous);
            if (step == ChainStep.Next) Apply(update, receivedTime);
            else if (step == ChainStep.Gap) Break(update, receivedTime);
        }

        _waiting.Clear();
        return RowOutcome.Stored;
    }

    public void Flush() => _writer.Flush();

    /// <summary>Whether an update can be used with the next snapshot is known from the first pass.</summary>
    private RowOutcome Wait(Waiting update, Timestamp receivedTime)
    {
        if (options.DepthWithoutSnapshot)
        {
            _writer.Begin(update.VenueTime, receivedTime, update.Last, false);
            if (_writer.Levels.Count > 0 || _chain.Last == 0) _writer.Clear();
            _chain.StartAt(update.Last);
            Apply(update, receivedTime);
            account.Note("books begun empty, without a snapshot");
            return RowOutcome.Stored;
        }

        if (_snapshotsSeen >= snapshots.Count) return RowOutcome.LeftOut("depth update without a snapshot (--depth-without-snapshot begins with an empty book)");
        bool isOld = update.Previous is null ? update.Last <= snapshots[_snapshotsSeen] : update.Last < snapshots[_snapshotsSeen];
        if (isOld) return RowOutcome.LeftOut("depth update that the snapshot holds already");
        if (_waiting.Count >= MaxWaiting) return RowOutcome.LeftOut($"depth update beyond {MaxWaiting} that wait for a snapshot");
        _waiting.Add(update);
        return RowOutcome.Stored;
    }

    private void Break(in Waiting update, Timestamp receivedTime)
    {
        account.Note("holes in the numbers of depth updates; the book is cleared there");
        _writer.Begin(update.VenueTime, receivedTime, update.First, false);
        _writer.Clear();
        _writer.End();
    }

    private void Apply(in Waiting update, Timestamp receivedTime)
    {
        _writer.Begin(update.VenueTime, receivedTime, update.Last, false);
        foreach ((OrderSide side, long price, long size) in update.Levels)
        {
            if (!_writer.Set(side, price, size)) account.Note("levels taken away that the book did not show");
        }

        _writer.End();
    }

    /// <summary>An update's own copy: the message that it came in is used again.</summary>
    private readonly record struct Waiting(long First, long Last, long? Previous, Timestamp VenueTime, (OrderSide Side, long Price, long Size)[] Levels);
}
