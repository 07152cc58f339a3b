using System.IO.Hashing;
using System.Text;
using MiniTrader.Model;

namespace MiniTrader.TickStore;

/// <summary>One ordered stream of a feed: the files of a series, or those of all that are delayed together, seen from one side.</summary>
internal sealed record FeedStream(TickFile[][] Series, CursorSettings Settings)
{
    /// <summary>The windows of all mappings together stay within this.</summary>
    private const long AllWindowsBytes = 64 << 20;

    private const long MinWindowBytes = 4 << 20;

    /// <summary>What delays the stream by a varying time; null for a constant one.</summary>
    public FeedDelay? Delay { get; init; }

    /// <summary>See <see cref="FeedDelay.Draw"/>.</summary>
    public ulong DelayStream { get; init; }

    public EventCursor Open(DecodeAhead? ahead)
    {
        SeriesCursor[] cursors = [.. Series.Select(files => new SeriesCursor(files, Settings, ahead))];
        return Delay is null ? cursors[0] : new DelayedCursor(cursors, Delay, DelayStream, Settings.To);
    }

    /// <summary>
    /// The streams of a request in the order that settles ties: what the venue sees before what only the strategy sees, then by
    /// instrument index, then corporate actions, whose instant is that of the first price in new units, before quotes before trades before bars.
    /// </summary>
    public static List<FeedStream> Find(TickCatalog catalog, InstrumentTable instruments, FeedRequest request)
    {
        List<(InstrumentId Instrument, TickFile[] Files)> found = [];
        for (int i = 0; i < instruments.Count; i++)
        {
            string name = instruments[i].Name;
            TickSeries[] known = [.. catalog.Series.Where(s => s.Instrument.Name == name).OrderByDescending(s => s.Kind.Event == EventKind.CorporateAction).ThenBy(s => s.Kind)];
            TickSeries[] wanted = [.. known.Where(s => request.Kinds?.Contains(s.Kind) ?? true)];
            if (wanted.Length == 0) throw Missing(catalog, name, known, request);
            foreach (TickSeries series in wanted) found.Add((new InstrumentId(i), catalog.OpenFiles(series)));
        }

        List<FeedStream> venueSide = [], strategySide = [];
        foreach ((InstrumentId instrument, TickFile[] files) in found)
        {
            bool isApart = request.FeedLatencyNanoseconds != 0 || request.FeedDelay is not null || files.Any(f => f.HasReceivedTime);
            venueSide.Add(new FeedStream([files], SettingsOf(request, instrument, isApart ? CursorSide.Venue : CursorSide.Both, found.Count)));
            if (isApart && request.FeedDelay is null) strategySide.Add(new FeedStream([files], SettingsOf(request, instrument, CursorSide.Strategy, found.Count)));
        }

        if (request.FeedDelay is { } delay)
        {
            foreach (IGrouping<InstrumentId, TickFile[]> series in found.GroupBy(f => f.Instrument, f => f.Files))
            {
                CursorSettings settings = SettingsOf(request, series.Key, CursorSide.Strategy, found.Count);
                strategySide.AddRange(Delayed([.. series], settings, delay, StreamOf(instruments[series.Key].Name)));
            }
        }

        return [.. venueSide, .. strategySide];
    }

    /// <summary>
    /// An instrument's series with one clock are delayed together, so that none overtakes another. One that has received times in all of its files keeps
    /// them; one that has them in some is delayed in the others.
    /// </summary>
    private static IEnumerable<FeedStream> Delayed(TickFile[][] series, CursorSettings settings, FeedDelay delay, ulong stream)
    {
        TickFile[][] together = [.. series.Where(files => !files.Any(f => f.HasReceivedTime))];
        if (together.Length > 0) yield return new FeedStream(together, settings) { Delay = delay, DelayStream = stream };
        foreach (TickFile[] files in series.Where(files => files.Any(f => f.HasReceivedTime)))
            yield return new FeedStream([files], settings) { Delay = files.All(f => f.HasReceivedTime) ? null : delay, DelayStream = stream };
    }

    private static ulong StreamOf(string name) => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(name));

    public static CursorSettings SettingsOf(FeedRequest request, InstrumentId instrument, CursorSide side, int streams) => new()
    {
        Instrument = instrument,
        Side = side,
        LatencyNanoseconds = side == CursorSide.File ? 0 : request.FeedLatencyNanoseconds,
        From = request.From?.Nanoseconds ?? long.MinValue,
        To = request.To?.Nanoseconds ?? long.MaxValue,
        Verify = request.Verify,
        WindowBytes = Math.Clamp(AllWindowsBytes / streams, MinWindowBytes, CursorSettings.DefaultWindowBytes),
    };

    private static TickDataException Missing(TickCatalog catalog, string name, TickSeries[] known, FeedRequest request)
    {
        string has = known.Length == 0 ? "nothing of it" : "only " + string.Join(", ", known.Select(s => s.Kind));
        string wanted = request.Kinds is null ? "data" : string.Join(" or ", request.Kinds);
        return new TickDataException($"{catalog.Directory} has no {wanted} of {name}: it has {has}.");
    }
}
