using MiniTrader.Feeds;
using MiniTrader.Model;

namespace MiniTrader.DataTools;

/// <summary>What a first pass learns of one stock.</summary>
internal sealed record ItchListing(ushort Locate, ItchSymbol Symbol)
{
    /// <summary>From the directory; zero without one.</summary>
    public uint RoundLot { get; set; }

    public bool TradesRoundLotsOnly { get; set; }

    public bool IsInDirectory { get; set; }

    /// <summary>Messages that make rows of the book.</summary>
    public long Orders { get; set; }

    /// <summary>Greatest common divisor of all order prices, in 1e-4; zero before the first.</summary>
    public long PriceStep { get; set; }
}

/// <summary>
/// A first pass over a file: which stocks there are, how much of each, the steps of their prices, and whether the sides of hidden
/// trades mean something. Bad messages are passed over here; the import says what is wrong with them.
/// </summary>
internal sealed class ItchProbe
{
    private ItchListing?[] _byLocate = new ItchListing?[64];
    private readonly Dictionary<ulong, ItchListing> _bySymbol = [];

    /// <summary>By locate.</summary>
    public IEnumerable<ItchListing> Listings => _byLocate.OfType<ItchListing>();

    /// <summary>False where every hidden trade says B, as the venue has it since 2014: then the side says nothing.</summary>
    public bool HasHiddenSides { get; private set; }

    /// <summary>One more than the highest locate that a stock may have.</summary>
    public int Locates => _byLocate.Length;

    public ItchListing? Find(ushort locate) => locate < _byLocate.Length ? _byLocate[locate] : null;

    public static ItchProbe Read(string path)
    {
        ItchProbe probe = new();
        Handler handler = new(probe);
        foreach (SourcePart part in SourceFile.Parts(path, new(NullSink.Instance))) new ItchFile(part).Read(ref handler);
        return probe;
    }

    private ItchListing? See(ushort locate, ItchSymbol symbol)
    {
        if (Find(locate) is { } known) return known.Symbol == symbol ? known : null;
        if (locate == 0 || !symbol.IsSound || _bySymbol.ContainsKey(symbol.Raw)) return null;
        if (locate >= _byLocate.Length) Array.Resize(ref _byLocate, (int)System.Numerics.BitOperations.RoundUpToPowerOf2(locate + 1u));
        return _byLocate[locate] = _bySymbol[symbol.Raw] = new(locate, symbol);
    }

    private static void SeePrice(ItchListing? listing, uint price)
    {
        if (listing is null || price is 0 or > ItchRules.MaxPrice) return;
        listing.Orders++;
        listing.PriceStep = Gcd(listing.PriceStep, price);
    }

    private static long Gcd(long a, long b)
    {
        if (a != 0 && b % a == 0) return a;
        while (b != 0) (a, b) = (b, a % b);
        return a;
    }

    private readonly struct Handler(ItchProbe probe) : IItchFileHandler
    {
        public void OnFault(string reason, ReadOnlySpan<byte> bytes)
        {
        }

        public void OnEndMark()
        {
        }

        public void OnSystemEvent(in ItchSystemEvent message)
        {
        }

        public void OnStockDirectory(in ItchStockDirectory message)
        {
            if (probe.See(message.Header.Locate, message.Stock) is not { } listing) return;
            listing.IsInDirectory = true;
            listing.RoundLot = message.RoundLot;
            listing.TradesRoundLotsOnly = message.RoundLotsOnly == 'Y';
        }

        public void OnTradingAction(in ItchTradingAction message) => probe.See(message.Header.Locate, message.Stock);

        public void OnAddOrder(in ItchAddOrder message) => SeePrice(probe.See(message.Header.Locate, message.Stock), message.Price);

        public void OnOrderExecuted(in ItchOrderExecuted message) => CountOrder(message.Header.Locate);

        public void OnOrderExecutedWithPrice(in ItchOrderExecutedWithPrice message) => CountOrder(message.Header.Locate);

        public void OnOrderCancel(in ItchOrderCancel message) => CountOrder(message.Header.Locate);

        public void OnOrderDelete(in ItchOrderDelete message) => CountOrder(message.Header.Locate);

        public void OnOrderReplace(in ItchOrderReplace message)
        {
            CountOrder(message.Header.Locate);
            SeePrice(probe.Find(message.Header.Locate), message.Price);
        }

        public void OnTrade(in ItchTrade message)
        {
            probe.See(message.Header.Locate, message.Stock);
            probe.HasHiddenSides |= message.Side == 'S';
        }

        public void OnCrossTrade(in ItchCrossTrade message) => probe.See(message.Header.Locate, message.Stock);

        public void OnBrokenTrade(in ItchBrokenTrade message)
        {
        }

        public void OnNetOrderImbalance(in ItchNetOrderImbalance message) => probe.See(message.Header.Locate, message.Stock);

        public void OnOther(in ItchHeader message)
        {
        }

        private void CountOrder(ushort locate)
        {
            if (probe.Find(locate) is { } listing) listing.Orders++;
        }
    }
}
