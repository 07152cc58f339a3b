namespace MiniTrader.Fix;

/// <summary>
/// Which length tags announce which data tags: the value of the data field is as long as the length field before it says, and may hold the
/// delimiter. Immutable; shared by all parsers.
/// </summary>
public sealed class DataFields
{
    private const int TagsMax = 65_536;

    private readonly ushort[] _dataTags;

    /// <param name="pairs">Length tag and data tag, both 1 to 65535.</param>
    public DataFields(IEnumerable<(int LengthTag, int DataTag)> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        (int LengthTag, int DataTag)[] all = pairs.ToArray();
        foreach ((int lengthTag, int dataTag) in all)
        {
            if (lengthTag is < 1 or >= TagsMax || dataTag is < 1 or >= TagsMax)
                throw new ArgumentException($"The data field {dataTag} with length field {lengthTag} has a tag outside 1 to {TagsMax - 1}.");
        }

        _dataTags = new ushort[all.Length == 0 ? 0 : all.Max(pair => pair.LengthTag) + 1];
        foreach ((int lengthTag, int dataTag) in all) _dataTags[lengthTag] = (ushort)dataTag;
    }

    /// <summary>The pairs of FIX 4.2 to 5.0 SP2.</summary>
    public static DataFields Standard { get; } = new(
    [
        (90, 91), (93, 89), (95, 96), (212, 213), (348, 349), (350, 351), (352, 353), (354, 355), (356, 357), (358, 359), (360, 361),
        (362, 363), (364, 365), (445, 446), (618, 619), (621, 622), (1184, 1185), (1277, 1278), (1280, 1281), (1282, 1283), (1359, 1360),
        (1397, 1398), (1401, 1402), (1403, 1404), (1468, 1469), (1525, 1527), (1578, 1579), (1620, 1621), (1664, 1665), (1678, 1697),
        (1733, 1734), (1777, 1778),
    ]);

    public IEnumerable<(int LengthTag, int DataTag)> Pairs =>
        _dataTags.Select((dataTag, lengthTag) => (lengthTag, (int)dataTag)).Where(pair => pair.Item2 != 0);

    /// <summary>The data tag that a length tag announces, zero for any other tag.</summary>
    public int DataTagOf(int lengthTag) => (uint)lengthTag < (uint)_dataTags.Length ? _dataTags[lengthTag] : 0;
}
