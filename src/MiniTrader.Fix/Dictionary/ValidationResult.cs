using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace MiniTrader.Fix;

/// <summary>
/// What validation found: nothing, or the first thing that is wrong, as a session-level Reject says it. The wording is QuickFIX's.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct ValidationResult
{
    /// <summary>Bytes of the longest text.</summary>
    public const int TextBytesMax = 128;

    private readonly bool _isRejected;
    private readonly int _detailTag;

    private ValidationResult(SessionRejectReason reason, int refTag, bool hasRefTag, int detailTag)
    {
        _isRejected = true;
        _detailTag = detailTag;
        Reason = reason;
        RefTag = refTag;
        HasRefTag = hasRefTag;
    }

    public static ValidationResult Ok => default;

    public bool IsOk => !_isRejected;

    /// <summary>Tag 373; only when <see cref="IsOk"/> is false.</summary>
    public SessionRejectReason Reason { get; }

    /// <summary>Tag 371; may be zero or negative when the offending tag is.</summary>
    public int RefTag { get; }

    /// <summary>False when the whole message is meant and tag 371 is left out.</summary>
    public bool HasRefTag { get; }

    public static ValidationResult Reject(SessionRejectReason reason) => new(reason, 0, false, 0);

    public static ValidationResult Reject(SessionRejectReason reason, int refTag) => new(reason, refTag, true, 0);

    /// <summary>The entries of a group do not start with the tag that starts each of them.</summary>
    internal static ValidationResult NoDelimiter(int countTag, int delimiterTag) => new(SessionRejectReason.Other, countTag, true, delimiterTag);

    /// <summary>Writes the text of tag 58 and returns the count of its bytes; the target holds <see cref="TextBytesMax"/>.</summary>
    public int WriteText(Span<byte> target)
    {
        if (_detailTag != 0)
        {
            Utf8.TryWrite(target, CultureInfo.InvariantCulture, $"Group {RefTag}'s first entry does not start with delimiter {_detailTag}", out int written);
            return written;
        }

        ReadOnlySpan<byte> text = Describe(Reason);
        text.CopyTo(target);
        return text.Length;
    }

    /// <summary>The text of tag 58, for people.</summary>
    public override string ToString()
    {
        if (IsOk) return "ok";
        Span<byte> text = stackalloc byte[TextBytesMax];
        return Encoding.ASCII.GetString(text[..WriteText(text)]);
    }

    /// <summary>The usual text of a reason.</summary>
    public static ReadOnlySpan<byte> Describe(SessionRejectReason reason) => reason switch
    {
        SessionRejectReason.InvalidTagNumber => "Invalid tag number"u8,
        SessionRejectReason.RequiredTagMissing => "Required tag missing"u8,
        SessionRejectReason.TagNotDefinedForThisMessageType => "Tag not defined for this message type"u8,
        SessionRejectReason.UndefinedTag => "Undefined tag"u8,
        SessionRejectReason.TagSpecifiedWithoutValue => "Tag specified without a value"u8,
        SessionRejectReason.ValueIsIncorrect => "Value is incorrect (out of range) for this tag"u8,
        SessionRejectReason.IncorrectDataFormat => "Incorrect data format for value"u8,
        SessionRejectReason.DecryptionProblem => "Decryption problem"u8,
        SessionRejectReason.SignatureProblem => "Signature problem"u8,
        SessionRejectReason.CompIdProblem => "CompID problem"u8,
        SessionRejectReason.SendingTimeAccuracyProblem => "SendingTime accuracy problem"u8,
        SessionRejectReason.InvalidMsgType => "Invalid MsgType"u8,
        SessionRejectReason.XmlValidationError => "XML validation error"u8,
        SessionRejectReason.TagAppearsMoreThanOnce => "Tag appears more than once"u8,
        SessionRejectReason.TagSpecifiedOutOfRequiredOrder => "Tag specified out of required order"u8,
        SessionRejectReason.RepeatingGroupFieldsOutOfOrder => "Repeating group fields out of order"u8,
        SessionRejectReason.IncorrectNumInGroupCount => "Incorrect NumInGroup count for repeating group"u8,
        SessionRejectReason.NonDataValueIncludesDelimiter => "Non-data value includes field delimiter"u8,
        SessionRejectReason.InvalidUnsupportedApplicationVersion => "Invalid/Unsupported Application Version"u8,
        _ => "Other"u8,
    };
}
