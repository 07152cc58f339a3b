namespace MiniTrader.Fix;

/// <summary>Which tags belong to the standard header and trailer of FIX 4.0 to 5.0 SP2.</summary>
public static class StandardTags
{
    public static bool IsHeader(int tag) => tag is Tags.BeginString or Tags.BodyLength or Tags.MsgType or Tags.SenderCompID or Tags.TargetCompID
        or Tags.OnBehalfOfCompID or Tags.DeliverToCompID or Tags.SecureDataLen or Tags.SecureData or Tags.MsgSeqNum or Tags.SenderSubID
        or Tags.SenderLocationID or Tags.TargetSubID or Tags.TargetLocationID or Tags.OnBehalfOfSubID or Tags.OnBehalfOfLocationID
        or Tags.DeliverToSubID or Tags.DeliverToLocationID or Tags.PossDupFlag or Tags.PossResend or Tags.SendingTime or Tags.OrigSendingTime
        or Tags.XmlDataLen or Tags.XmlData or Tags.MessageEncoding or Tags.LastMsgSeqNumProcessed or 370 or (>= 627 and <= 630)
        or Tags.ApplVerID or 1129 or 1156;

    public static bool IsTrailer(int tag) => tag is Tags.SignatureLength or Tags.Signature or Tags.CheckSum;
}
