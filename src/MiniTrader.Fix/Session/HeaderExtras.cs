namespace MiniTrader.Fix;

/// <summary>Header fields beyond those that every message of a session has. Empty ones are not written.</summary>
public ref struct HeaderExtras
{
    /// <summary>97=Y: the business of this message may have been sent under another number before.</summary>
    public bool IsPossResend;

    /// <summary>115, 116, 144.</summary>
    public ReadOnlySpan<byte> OnBehalfOfCompId, OnBehalfOfSubId, OnBehalfOfLocationId;

    /// <summary>128, 129, 145.</summary>
    public ReadOnlySpan<byte> DeliverToCompId, DeliverToSubId, DeliverToLocationId;

    /// <summary>347: how encoded texts are encoded.</summary>
    public ReadOnlySpan<byte> MessageEncoding;

    /// <summary>369: where the session has it at all, the number to say; 0 for the last received in order.</summary>
    internal long LastMsgSeqNumProcessed;

    internal readonly bool IsNone =>
        !IsPossResend && LastMsgSeqNumProcessed == 0 && MessageEncoding.IsEmpty
        && OnBehalfOfCompId.IsEmpty && OnBehalfOfSubId.IsEmpty && OnBehalfOfLocationId.IsEmpty
        && DeliverToCompId.IsEmpty && DeliverToSubId.IsEmpty && DeliverToLocationId.IsEmpty;

    /// <summary>What a copy of a message keeps of its header.</summary>
    public static HeaderExtras Of(in FixMessage message) => new()
    {
        IsPossResend = message.IsPossResend,
        OnBehalfOfCompId = message.Fields.Get(Tags.OnBehalfOfCompID),
        OnBehalfOfSubId = message.Fields.Get(Tags.OnBehalfOfSubID),
        OnBehalfOfLocationId = message.Fields.Get(Tags.OnBehalfOfLocationID),
        DeliverToCompId = message.Fields.Get(Tags.DeliverToCompID),
        DeliverToSubId = message.Fields.Get(Tags.DeliverToSubID),
        DeliverToLocationId = message.Fields.Get(Tags.DeliverToLocationID),
        MessageEncoding = message.Fields.Get(Tags.MessageEncoding),
    };

    /// <summary>The way back: who a message came from on behalf is whom the answer is for.</summary>
    public static HeaderExtras ReverseRoute(in FixMessage message) => new()
    {
        OnBehalfOfCompId = message.Fields.Get(Tags.DeliverToCompID),
        OnBehalfOfSubId = message.Fields.Get(Tags.DeliverToSubID),
        OnBehalfOfLocationId = message.Fields.Get(Tags.DeliverToLocationID),
        DeliverToCompId = message.Fields.Get(Tags.OnBehalfOfCompID),
        DeliverToSubId = message.Fields.Get(Tags.OnBehalfOfSubID),
        DeliverToLocationId = message.Fields.Get(Tags.OnBehalfOfLocationID),
    };
}
