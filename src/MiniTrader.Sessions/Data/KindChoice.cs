using MiniTrader.Model;
using MiniTrader.TickStore;

namespace MiniTrader.Sessions;

/// <summary>
/// Which kinds of data a session takes, from words. <c>quotes</c>, <c>bars-1m</c> choose among the views of the market; what happens to it (<c>status</c>: halts,
/// auctions; <c>actions</c>: splits, dividends, funding, settlements) comes with every choice, because prices without it mean something else.
/// <c>no-actions</c> names a kind away. Immutable.
/// </summary>
internal sealed class KindChoice
{
    private const string Away = "no-";

    private readonly List<TickKind> _named = [];
    private readonly List<TickKind> _away = [];

    /// <exception cref="ArgumentException">A word is no kind, or names one and names it away; the sentence says which.</exception>
    public KindChoice(IReadOnlyList<string> words)
    {
        foreach (string word in words)
        {
            bool isAway = word.StartsWith(Away, StringComparison.Ordinal);
            (isAway ? _away : _named).Add(Parse(isAway ? word[Away.Length..] : word, word));
        }

        if (_away.Find(_named.Contains) is { Event: not EventKind.None } both) throw new ArgumentException($"The kinds name {both} and leave it out ({Away}{both}); choose one.");
    }

    /// <summary>Nothing was named, so that all kinds come but those that were named away.</summary>
    public bool IsOpen => _named.Count == 0;

    /// <summary>The kinds by name, of which every instrument has to have one; <c>data</c> where none is named.</summary>
    public string Wanted => IsOpen ? "data" : string.Join(" or ", _named);

    /// <summary>True for what somebody asked for.</summary>
    public bool Chooses(TickKind kind) => (IsOpen || _named.Contains(kind)) && !_away.Contains(kind);

    /// <summary>True for what comes.</summary>
    public bool Takes(TickKind kind) => Chooses(kind) || (kind.Event is EventKind.Status or EventKind.CorporateAction && !_away.Contains(kind));

    private static TickKind Parse(string text, string word) => TickKind.TryParse(text, out TickKind kind)
        ? kind
        : throw new ArgumentException(
            $"'{word}' is not a kind of data. Kinds are quotes, trades, bars-1m and other intervals, book, status, signals, actions; {Away}actions leaves a kind out.");
}
