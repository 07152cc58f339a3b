using System.Globalization;
using System.Text;
using MiniTrader.Model;

namespace MiniTrader.Fix;

/// <summary>
/// Writes the standard header of one session's messages: the type third, everything behind it by ascending tag. One session owns it.
/// </summary>
internal sealed class SessionHeader
{
    private readonly (int Tag, byte[] Field)[] _constant;

    public SessionHeader(SessionSettings settings)
    {
        SessionId id = settings.Id;
        (int Tag, string Value)[] fields =
        [
            (Tags.SenderCompID, id.SenderCompId), (Tags.SenderSubID, id.SenderSubId), (Tags.TargetCompID, id.TargetCompId),
            (Tags.TargetSubID, id.TargetSubId), (Tags.SenderLocationID, id.SenderLocationId), (Tags.TargetLocationID, id.TargetLocationId),
        ];

        // Before 4.2 the standard knows whole seconds only.
        bool isBefore42 = id.BeginString is "FIX.4.0" or "FIX.4.1";
        Template = new HeaderTemplate(id.BeginString, fields, isBefore42 ? TimestampPrecision.Seconds : settings.TimestampPrecision);
        _constant = [.. fields.Where(f => f.Value.Length > 0).OrderBy(f => f.Tag).Select(f => (f.Tag, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{f.Tag}={f.Value}\u0001"))))];
    }

    public HeaderTemplate Template { get; }

    public void Write(ref FixWriter writer, ulong type, long number, Timestamp sendingTime, bool isPossDup, Timestamp origSendingTime, scoped in HeaderExtras extras)
    {
        if (extras.IsNone) writer.Begin(type, number, sendingTime, isPossDup, origSendingTime);
        else WriteWithExtras(ref writer, type, number, sendingTime, isPossDup, origSendingTime, in extras);
    }

    private void WriteWithExtras(ref FixWriter writer, ulong type, long number, Timestamp sendingTime, bool isPossDup, Timestamp origSendingTime, scoped in HeaderExtras extras)
    {
        int next = 0;
        writer.BeginBare(type);
        writer.Int(Tags.MsgSeqNum, number);
        if (isPossDup) writer.Bool(Tags.PossDupFlag, true);
        ConstantBelow(ref writer, Tags.SendingTime, ref next);
        writer.Time(Tags.SendingTime, sendingTime);
        ConstantBelow(ref writer, Tags.PossResend, ref next);
        if (extras.IsPossResend) writer.Bool(Tags.PossResend, true);
        Text(ref writer, Tags.OnBehalfOfCompID, extras.OnBehalfOfCompId);
        Text(ref writer, Tags.OnBehalfOfSubID, extras.OnBehalfOfSubId);
        if (origSendingTime.Nanoseconds != 0) writer.Time(Tags.OrigSendingTime, origSendingTime);
        Text(ref writer, Tags.DeliverToCompID, extras.DeliverToCompId);
        Text(ref writer, Tags.DeliverToSubID, extras.DeliverToSubId);
        ConstantBelow(ref writer, Tags.OnBehalfOfLocationID, ref next);
        Text(ref writer, Tags.OnBehalfOfLocationID, extras.OnBehalfOfLocationId);
        Text(ref writer, Tags.DeliverToLocationID, extras.DeliverToLocationId);
        Text(ref writer, Tags.MessageEncoding, extras.MessageEncoding);
        if (extras.LastMsgSeqNumProcessed != 0) writer.Int(Tags.LastMsgSeqNumProcessed, extras.LastMsgSeqNumProcessed);
        ConstantBelow(ref writer, int.MaxValue, ref next);
    }

    /// <summary>
    /// Writes a stored message again as a possible duplicate: its own header with 43, a new 52 and the old one as 122, then its body as it was.
    /// </summary>
    public static void WriteAgain(ref FixWriter writer, in FixMessage stored, Timestamp now)
    {
        FieldView fields = stored.Fields;
        writer.BeginBare(stored.MsgType);
        bool hasFlag = false, hasOrigin = false;
        int i = 3;
        for (; i < fields.Count && StandardTags.IsHeader(fields.TagAt(i)); i++)
        {
            int tag = fields.TagAt(i);
            if (tag > Tags.PossDupFlag && !hasFlag)
            {
                writer.Bool(Tags.PossDupFlag, true);
                hasFlag = true;
            }

            if (tag > Tags.OrigSendingTime && !hasOrigin) hasOrigin = WriteOrigin(ref writer, fields);
            if (tag == Tags.SendingTime) writer.Time(Tags.SendingTime, now);
            else if (tag is not (Tags.PossDupFlag or Tags.OrigSendingTime)) writer.Raw(fields.RawAt(i));
        }

        if (!hasOrigin) WriteOrigin(ref writer, fields);
        for (; i < fields.Count - 1; i++) writer.Raw(fields.RawAt(i));
    }

    private static bool WriteOrigin(ref FixWriter writer, FieldView fields)
    {
        writer.Text(Tags.OrigSendingTime, fields.Get(fields.Has(Tags.OrigSendingTime) ? Tags.OrigSendingTime : Tags.SendingTime));
        return true;
    }

    private void ConstantBelow(ref FixWriter writer, int tag, ref int next)
    {
        while (next < _constant.Length && _constant[next].Tag < tag) writer.Raw(_constant[next++].Field);
    }

    private static void Text(ref FixWriter writer, int tag, ReadOnlySpan<byte> value)
    {
        if (!value.IsEmpty) writer.Text(tag, value);
    }
}
