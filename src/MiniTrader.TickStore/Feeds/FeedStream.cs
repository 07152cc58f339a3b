using MiniTrader.Model;

namespace MiniTrader.TickStore;

/// <summary>One ordered stream of a feed: the files of a series, seen from one side.</summary>
internal sealed record FeedStream(TickFile[] Files, CursorSettings Settings)
{
    /// <summary>The windows of all mappings together stay within this.</summary>
    private const long AllWindowsBytes = 64 << 20;

    private const long MinWindowBytes = 4 << 20;

    /// <summary>
    /// The streams of a request in the order that settles ties: what the venue sees before what only the strategy sees, then by
    /// instrument index, then quotes before trades before bars.
    /// </summary>
    public static List<FeedStream> Find(TickCatalog catalog, InstrumentTable instruments, FeedRequest request)
    {
        List<(InstrumentId Instrument, TickFile[] Files)> found = [];
        for (int i = 0; i < instruments.Count; i++)
        {
            string name = instruments[i].Name;
            TickSeries[] known = [.. catalog.Series.Where(s => s.Instrument.Name == name).OrderBy(s => s.Kind)];
            TickSeries[] wanted = [.. known.Where(s => request.Kinds?.Contains(s.Kind) ?? true)];
            if (wanted.Length == 0) throw Missing(catalog, name, known, request);
            foreach (TickSeries series in wanted) found.Add((new InstrumentId(i), catalog.OpenFiles(series)));
        }

        List<FeedStream> venueSide = [], strategySide = [];
        foreach ((InstrumentId instrument, TickFile[] files) in found)
        {
            bool isApart = request.FeedLatencyNanoseconds != 0 || files.Any(f => f.HasReceivedTime);
            venueSide.Add(new FeedStream(files, SettingsOf(request, instrument, isApart ? CursorSide.Venue : CursorSide.Both, found.Count)));
            if (isApart) strategySide.Add(new FeedStream(files, SettingsOf(request, instrument, CursorSide.Strategy, found.Count)));
        }

        return [.. venueSide, .. strategySide];
    }

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
