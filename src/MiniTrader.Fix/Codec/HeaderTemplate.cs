using System.Globalization;
using System.Text;

namespace MiniTrader.Fix;

/// <summary>
/// The part of the standard header that is the same in every message of a session, as bytes, together with the text of its time stamps.
/// A session owns one and its thread uses it.
/// </summary>
public sealed class HeaderTemplate
{
    private const int ValueBytesMax = 256;

    /// <param name="beginString">Such as <c>FIX.4.4</c> or <c>FIXT.1.1</c>.</param>
    /// <param name="fields">
    /// The constant header fields in any order: 49 and 56, and where they are used 50, 57, 115, 116, 128, 129, 142 to 145, 1128. Empty values
    /// are left out. Not 8, 9, 34, 35, 43, 52, 97 or 122, which every message sets.
    /// </param>
    public HeaderTemplate(string beginString, IEnumerable<(int Tag, string Value)> fields, TimestampPrecision precision = TimestampPrecision.Milliseconds)
    {
        ArgumentNullException.ThrowIfNull(beginString);
        ArgumentNullException.ThrowIfNull(fields);
        if (!beginString.StartsWith("FIX", StringComparison.Ordinal) || beginString.Length > 16)
            throw new ArgumentException($"'{beginString}' is no BeginString; it is like FIX.4.4 or FIXT.1.1.");

        (int Tag, string Value)[] sorted = fields.Where(field => field.Value.Length > 0).OrderBy(field => field.Tag).ToArray();
        for (int i = 0; i < sorted.Length; i++)
        {
            (int tag, string value) = sorted[i];
            if (tag is Tags.BeginString or Tags.BodyLength or Tags.MsgType or Tags.MsgSeqNum or Tags.SendingTime or Tags.PossDupFlag
                or Tags.PossResend or Tags.OrigSendingTime or Tags.CheckSum or <= 0)
                throw new ArgumentException($"Tag {tag} cannot stand in a header template: every message sets it.");
            if (i > 0 && sorted[i - 1].Tag == tag) throw new ArgumentException($"Header field {tag} is given twice.");
            if (value.Contains('\u0001', StringComparison.Ordinal)) throw new ArgumentException($"Header field {tag} holds the FIX delimiter.");
            if (Encoding.UTF8.GetByteCount(value) > ValueBytesMax) throw new ArgumentException($"Header field {tag} is longer than {ValueBytesMax} bytes.");
        }

        BeginString = beginString;
        Prefix = Encoding.ASCII.GetBytes($"8={beginString}\u00019=");
        BeforeSendingTime = Join(sorted.Where(field => field.Tag < Tags.SendingTime));
        AfterSendingTime = Join(sorted.Where(field => field.Tag is > Tags.SendingTime and < Tags.OrigSendingTime));
        Last = Join(sorted.Where(field => field.Tag > Tags.OrigSendingTime));
        Times = new TimestampText(precision);
        FixedBytes = Prefix.Length + BeforeSendingTime.Length + AfterSendingTime.Length + Last.Length;
    }

    public string BeginString { get; }

    /// <summary>The session's time stamps; also for TransactTime and the like.</summary>
    public TimestampText Times { get; }

    internal byte[] Prefix { get; }

    internal byte[] BeforeSendingTime { get; }

    internal byte[] AfterSendingTime { get; }

    internal byte[] Last { get; }

    internal int FixedBytes { get; }

    private static byte[] Join(IEnumerable<(int Tag, string Value)> fields) =>
        Encoding.UTF8.GetBytes(string.Concat(fields.Select(field => string.Create(CultureInfo.InvariantCulture, $"{field.Tag}={field.Value}\u0001"))));
}
