namespace MiniTrader.Simulation.Exchange;

/// <summary>
/// What the market shows and what of that is used up, in lists. Our own orders stand in the lists of a book of orders, so that what is ahead of
/// one is what comes before it.
/// </summary>
internal sealed class NaiveMarketBook
{
    private readonly SortedDictionary<int, List<NaiveEntry>> _bids = new(Comparer<int>.Create((a, b) => b.CompareTo(a)));
    private readonly SortedDictionary<int, List<NaiveEntry>> _asks = [];
    private readonly Dictionary<(bool IsBid, int Price), int> _used = [];

    public SortedDictionary<int, List<NaiveEntry>> Side(bool isBid) => isBid ? _bids : _asks;

    /// <summary>The levels that the market shows, best first: those with something of its own.</summary>
    public List<(int Price, int Size)> Shown(bool isBid) => [.. Side(isBid).Select(l => (l.Key, SizeOf(l.Value))).Where(l => l.Item2 > 0)];

    public int? Best(bool isBid) => Shown(isBid) is [(int price, _), ..] ? price : null;

    public int SizeAt(bool isBid, int price) => Side(isBid).TryGetValue(price, out List<NaiveEntry>? queue) ? SizeOf(queue) : 0;

    public List<NaiveEntry> Queue(bool isBid, int price)
    {
        if (!Side(isBid).TryGetValue(price, out List<NaiveEntry>? queue)) Side(isBid)[price] = queue = [];
        return queue;
    }

    /// <summary>What is left to be taken at a price.</summary>
    public int Left(bool isBid, int price) => SizeAt(isBid, price) - _used.GetValueOrDefault((isBid, price));

    public void Use(bool isBid, int price, int quantity) => _used[(isBid, price)] = _used.GetValueOrDefault((isBid, price)) + quantity;

    /// <summary>Makes a change; where another size is shown than before, all of it is fresh.</summary>
    public void Change(Action change)
    {
        Dictionary<(bool, int), int> before = Displayed();
        change();
        Dictionary<(bool, int), int> after = Displayed();
        foreach ((bool, int) level in before.Keys.Union(after.Keys).Where(l => before.GetValueOrDefault(l) != after.GetValueOrDefault(l))) _used.Remove(level);
    }

    public (bool IsBid, int Price, NaiveEntry Entry)? Find(long id)
    {
        foreach (bool isBid in new[] { true, false })
        {
            foreach ((int price, List<NaiveEntry> queue) in Side(isBid))
            {
                if (queue.Find(e => e.Id == id && e.Size > 0) is { } entry) return (isBid, price, entry);
            }
        }

        return null;
    }

    public void Remove(NaiveOrder order)
    {
        foreach (List<NaiveEntry> queue in _bids.Values.Concat(_asks.Values)) queue.RemoveAll(e => e.Own == order);
    }

    private static int SizeOf(List<NaiveEntry> queue) => queue.Sum(e => e.Size);

    private Dictionary<(bool, int), int> Displayed() => new[] { true, false }
        .SelectMany(s => Shown(s).Select(l => ((s, l.Price), l.Size))).ToDictionary();
}

/// <summary>One order of the market, or the place of one of ours.</summary>
internal sealed class NaiveEntry
{
    public long Id { get; init; }

    public int Size { get; set; }

    public NaiveOrder? Own { get; init; }
}
