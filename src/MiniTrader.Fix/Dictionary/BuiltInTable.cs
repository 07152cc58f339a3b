using System.Globalization;
using System.Text;

namespace MiniTrader.Fix;

/// <summary>
/// The built-in dictionary: the types of the tags that this engine reads and the tags without which its messages say nothing. It holds no
/// enumerations and no groups, because those differ from venue to venue; whoever wants them checked names the venue's dictionary.
/// </summary>
internal static class BuiltInTable
{
    private static readonly (FieldType Type, int[] Tags)[] _types =
    [
        (FieldType.Int, [7, 16, 34, 36, 45, 98, 102, 103, 108, 281, 371, 373, 380, 264, 265, 530, 531, 533, 559, 560, 585, 789, 83, 323, 724, 728, 729, 1021]),
        (FieldType.Length, [9, 90, 93, 95, 212, 348, 350, 352, 354, 356, 358, 360, 362, 364, 445]),
        (FieldType.Data, [89, 91, 96, 213, 349, 351, 353, 355, 357, 359, 361, 363, 365, 446]),
        (FieldType.Decimal, [6, 12, 14, 31, 32, 38, 44, 53, 99, 111, 151, 211, 231, 270, 271, 561, 562, 704, 705, 730, 969, 1102, 1138]),
        (FieldType.Bool, [43, 97, 123, 141, 893, 912]),
        (FieldType.Char, [39, 54, 59, 150, 263, 269, 279, 434]),
        (FieldType.UtcTimestamp, [42, 52, 60, 122, 126]),
        (FieldType.Text, [8, 10, 11, 15, 17, 19, 35, 37, 41, 48, 49, 50, 55, 56, 57, 58, 112, 115, 116, 128, 129, 142, 143, 144, 145, 262, 320, 322, 372, 379, 553, 554, 584, 710, 1128, 1137]),
        (FieldType.NumInGroup, [146, 267, 268, 384, 386, 453, 702]),
    ];

    private static readonly int[] _header = [8, 9, 35, 49, 56, 34, 52];

    /// <summary>Message type, then the tags that it must hold in every version from 4.2 on.</summary>
    private static readonly string[] _messages =
    [
        "0", "1 112", "2 7 16", "3 45", "4 36", "5", "A 98 108",
        "D 11 54", "F 11 54", "G 11 54", "H 11", "q 11 530", "AF 584 585", "8 39 150", "9 11 39 434", "r 530 531", "j 372 380",
        "V 262 263", "W 268", "X 268", "Y 262", "x 320 559", "y", "d", "f", "g 335", "h 340", "AN 710", "AO", "AP",
    ];

    public static FixDictionary Build()
    {
        Dictionary<int, FieldDefinition> fields = [];
        foreach ((FieldType type, int[] tags) in _types)
        {
            foreach (int tag in tags) fields.Add(tag, new FieldDefinition(tag, tag.ToString(CultureInfo.InvariantCulture), type, fields.Count, []));
        }

        FieldDefinition[] header = _header.Select(tag => fields[tag]).ToArray();
        FieldDefinition[] trailer = [fields[Tags.CheckSum]];
        Dictionary<ulong, FieldSet> messages = [];
        foreach (string line in _messages)
        {
            string[] words = line.Split(' ');
            FieldDefinition[] required = words[1..].Select(word => Find(fields, int.Parse(word, CultureInfo.InvariantCulture))).ToArray();
            messages.Add(MsgTypes.Pack(Encoding.ASCII.GetBytes(words[0])), new FieldSet(required, [], required));
        }

        return new FixDictionary("FIX", fields.Values, new FieldSet(header, [], header), new FieldSet(trailer, [], trailer), messages, isPartial: true);
    }

    private static FieldDefinition Find(Dictionary<int, FieldDefinition> fields, int tag)
    {
        if (fields.TryGetValue(tag, out FieldDefinition? field)) return field;
        field = new FieldDefinition(tag, tag.ToString(CultureInfo.InvariantCulture), FieldType.Text, fields.Count, []);
        fields.Add(tag, field);
        return field;
    }
}
