namespace MiniTrader.DataTools;

/// <summary>What a numbered depth update is to the book.</summary>
public enum ChainStep : byte
{
    /// <summary>The next one: apply it.</summary>
    Next,

    /// <summary>The book holds it already.</summary>
    Old,

    /// <summary>Updates are missing before it: the book is not true any more.</summary>
    Gap,
}

/// <summary>
/// Follows the numbers of Binance's depth updates: U and u are the first and last number that a message covers, pu the last of
/// the message before (futures; spot has none and numbers without holes). A snapshot says the last number that it holds; the
/// first message to apply is the one that covers it or follows it.
/// </summary>
public sealed class DepthChain
{
    private long _last;
    private bool _isJoined;

    /// <summary>True from a snapshot to the next gap.</summary>
    public bool IsFollowing { get; private set; }

    /// <summary>The number of the last update that the book holds.</summary>
    public long Last => _last;

    public void Start(long lastUpdate) => (_last, _isJoined, IsFollowing) = (lastUpdate, false, true);

    /// <summary>Follows from this message on, whatever came before it.</summary>
    public void StartAt(long lastUpdate) => (_last, _isJoined, IsFollowing) = (lastUpdate, true, true);

    /// <param name="first">U.</param>
    /// <param name="last">u.</param>
    /// <param name="previous">pu; null where the venue does not say it.</param>
    public ChainStep Next(long first, long last, long? previous)
    {
        bool isHeld = _isJoined || previous is null ? last <= _last : last < _last;
        if (isHeld) return ChainStep.Old;
        bool continues = previous is null ? (_isJoined ? first == _last + 1 : first <= _last + 1) : (_isJoined ? previous == _last : previous <= _last);
        if (!continues)
        {
            IsFollowing = false;
            return ChainStep.Gap;
        }

        (_last, _isJoined) = (last, true);
        return ChainStep.Next;
    }
}
