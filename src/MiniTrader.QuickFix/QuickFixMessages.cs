using System.Globalization;
using System.Text;
using MiniTrader.Fix;
using QuickFix.Fields;
using Fix44 = QuickFix.FIX44;
using Message = QuickFix.Message;

namespace MiniTrader.QuickFix;

/// <summary>Carries messages between our codec and QuickFIX/n's, field by field; what they mean is decided in <c>MiniTrader.Fix</c> alone.</summary>
internal static class QuickFixMessages
{
    /// <summary>A request as QuickFIX/n sends it: its class of the type, the body's fields as we wrote them. QuickFIX/n writes the header and trailer.</summary>
    public static Message Outgoing(in FixMessage message)
    {
        Message target = message.MsgType switch
        {
            MsgTypes.NewOrderSingle => new Fix44.NewOrderSingle(),
            MsgTypes.OrderCancelRequest => new Fix44.OrderCancelRequest(),
            MsgTypes.OrderCancelReplaceRequest => new Fix44.OrderCancelReplaceRequest(),
            MsgTypes.OrderStatusRequest => new Fix44.OrderStatusRequest(),
            MsgTypes.OrderMassStatusRequest => new Fix44.OrderMassStatusRequest(),
            MsgTypes.OrderMassCancelRequest => new Fix44.OrderMassCancelRequest(),
            MsgTypes.RequestForPositions => new Fix44.RequestForPositions(),
            _ => throw new ArgumentException($"The gateway sends no messages of type {MsgTypes.Text(message.MsgType)}."),
        };
        foreach (FixField field in message.Fields)
        {
            if (StandardTags.IsHeader(field.Tag) || StandardTags.IsTrailer(field.Tag)) continue;
            target.SetField(new StringField(field.Tag, Encoding.Latin1.GetString(field.Value)));
        }

        return target;
    }

    /// <summary>A message that QuickFIX/n took, as the bytes that our parser reads; its length and checksum are those of these bytes.</summary>
    public static byte[] Incoming(Message message)
    {
        string[] parts = message.ToString().Split(Message.SOH);
        StringBuilder body = new();
        string beginString = "";
        foreach (string part in parts)
        {
            if (part.StartsWith("8=", StringComparison.Ordinal)) beginString = part;
            else if (part.Length > 0 && !part.StartsWith("9=", StringComparison.Ordinal) && !part.StartsWith("10=", StringComparison.Ordinal)) body.Append(part).Append(Message.SOH);
        }

        byte[] bytes = Encoding.Latin1.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{beginString}{Message.SOH}9={body.Length}{Message.SOH}{body}"));
        int sum = bytes.Sum(b => b) % 256;
        return [.. bytes, .. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"10={sum:D3}{Message.SOH}"))];
    }
}
